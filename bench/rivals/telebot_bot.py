# /// script
# requires-python = ">=3.11"
# dependencies = ["pyTelegramBotAPI>=4.37,<5", "aiohttp>=3.14,<4"]
# ///
"""Minimal pyTelegramBotAPI quiz bot for comparison: stores each answer durably, then sends the next question.

Written as in the library's examples: AsyncTeleBot, decorated handlers that await the send, infinity_polling.
"""

import asyncio

from answers import QUESTIONS, RIGHT, Answers, command_line, settings
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import InputPollOption, Message, PollAnswer


async def ask(bot: AsyncTeleBot, chat: int) -> None:
    """Send the next question."""
    stem, options = next(QUESTIONS)
    choices = [InputPollOption(option) for option in options]
    await bot.send_poll(chat, stem, choices, type="quiz", is_anonymous=False, correct_option_ids=[RIGHT])


def add_handlers(bot: AsyncTeleBot, answers: Answers, *, asks: bool) -> None:
    """Register the handlers."""

    @bot.message_handler(commands=["quiz"])
    async def start(message: Message) -> None:
        await ask(bot, message.chat.id)

    @bot.poll_answer_handler(func=lambda _vote: True)
    async def take_answer(vote: PollAnswer) -> None:
        await answers.store(vote.poll_id, vote.user.id, vote.option_ids)
        if asks:
            await ask(bot, vote.user.id)


async def main() -> None:
    """Run until SIGTERM."""
    arguments = command_line(__doc__)
    token, origin, file = settings()
    asyncio_helper.API_URL = origin + "/bot{0}/{1}"
    asyncio_helper.REQUEST_TIMEOUT = 60
    bot = AsyncTeleBot(token)
    add_handlers(bot, Answers(file, shared=arguments.shared), asks=not arguments.store_only)
    await bot.infinity_polling(timeout=20, request_timeout=60, allowed_updates=["message", "poll_answer"])


if __name__ == "__main__":
    asyncio.run(main())
