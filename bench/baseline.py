"""The smallest honest python-telegram-bot quiz: stores each answer durably, then sends the next question.

The library as its examples use it: run_polling, its default httpx transport, handlers that await the send.
An endless quiz of choice questions; no scores, no results, no restart. It is what our bot is compared with.
"""

import argparse
import os
import sqlite3
from itertools import cycle
from typing import Final

from telegram import Bot, Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes, PollAnswerHandler

QUESTIONS = cycle(
    (f"Which of these numbers is {number} times three?", (str(number), str(number * 2), str(number * 3)))
    for number in range(1, 21)
)
RIGHT: Final = 2
TABLE = """CREATE TABLE IF NOT EXISTS answers (
    poll TEXT NOT NULL, person INTEGER NOT NULL, correct INTEGER NOT NULL, PRIMARY KEY (poll, person)
)"""

Context = ContextTypes.DEFAULT_TYPE


class Quiz:
    """The handlers, on one database connection whose every statement is a durable commit of its own."""

    def __init__(self, file: str, *, asks: bool) -> None:
        self._asks = asks
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(TABLE)

    async def start(self, update: Update, context: Context) -> None:
        """Ask the first question of somebody who sent /quiz."""
        assert update.effective_chat is not None
        await self._ask(context.bot, update.effective_chat.id)

    async def take_answer(self, update: Update, context: Context) -> None:
        """Store a vote, then ask the next question; in a private chat the voter's id is the chat's."""
        vote = update.poll_answer
        assert vote is not None
        assert vote.user is not None
        row = (vote.poll_id, vote.user.id, vote.option_ids == (RIGHT,))
        self._database.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", row)
        if self._asks:
            await self._ask(context.bot, vote.user.id)

    async def _ask(self, bot: Bot, chat: int) -> None:
        stem, options = next(QUESTIONS)
        await bot.send_poll(chat, stem, options, type="quiz", is_anonymous=False, correct_option_ids=[RIGHT])


def main() -> None:
    """Run until SIGTERM. Reads BOT_TOKEN, BOT_API_URL and BOT_DATABASE_URL as our bot does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concurrent", type=int, default=0, help="concurrent_updates; 0: one after another")
    parser.add_argument("--store-only", action="store_true", help="store votes and send nothing after them")
    arguments = parser.parse_args()
    quiz = Quiz(os.environ["BOT_DATABASE_URL"].removeprefix("sqlite:///"), asks=not arguments.store_only)
    builder = ApplicationBuilder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API_URL']}/bot")
    builder = (
        builder.concurrent_updates(arguments.concurrent or False).pool_timeout(60).read_timeout(60).connect_timeout(60)
    )
    application = builder.build()
    application.add_handler(CommandHandler("quiz", quiz.start))
    application.add_handler(PollAnswerHandler(quiz.take_answer))
    application.run_polling(allowed_updates=[Update.MESSAGE, Update.POLL_ANSWER])


if __name__ == "__main__":
    main()
