"""Minimal python-telegram-bot quiz bot for comparison: stores each answer durably, then sends the next question.

Written as in the library's examples: run_polling, the default httpx transport, handlers that await the send.
The quiz of choice questions is endless: no scores, no results, no restart.
"""

from answers import QUESTIONS, RIGHT, Answers, command_line, settings
from telegram import Bot, Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes, PollAnswerHandler

Context = ContextTypes.DEFAULT_TYPE


class Quiz:
    """The handlers."""

    def __init__(self, answers: Answers, *, asks: bool) -> None:
        self._answers = answers
        self._asks = asks

    async def start(self, update: Update, context: Context) -> None:
        """Send the first question to a person who sent /quiz."""
        assert update.effective_chat is not None
        await self._ask(context.bot, update.effective_chat.id)

    async def take_answer(self, update: Update, context: Context) -> None:
        """Store a vote, then send the next question; a private chat has the same id as its person."""
        vote = update.poll_answer
        assert vote is not None
        assert vote.user is not None
        await self._answers.store(vote.poll_id, vote.user.id, vote.option_ids)
        if self._asks:
            await self._ask(context.bot, vote.user.id)

    async def _ask(self, bot: Bot, chat: int) -> None:
        stem, options = next(QUESTIONS)
        await bot.send_poll(chat, stem, options, type="quiz", is_anonymous=False, correct_option_ids=[RIGHT])


def main() -> None:
    """Run until SIGTERM."""
    arguments = command_line(__doc__)
    token, origin, file = settings()
    quiz = Quiz(Answers(file, shared=arguments.shared), asks=not arguments.store_only)
    builder = ApplicationBuilder().token(token).base_url(f"{origin}/bot")
    builder = (
        builder.concurrent_updates(arguments.concurrent or False).pool_timeout(60).read_timeout(60).connect_timeout(60)
    )
    application = builder.build()
    application.add_handler(CommandHandler("quiz", quiz.start))
    application.add_handler(PollAnswerHandler(quiz.take_answer))
    application.run_polling(allowed_updates=[Update.MESSAGE, Update.POLL_ANSWER])


if __name__ == "__main__":
    main()
