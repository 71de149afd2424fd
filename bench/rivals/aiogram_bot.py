# /// script
# requires-python = ">=3.11"
# dependencies = ["aiogram>=3.31,<4"]
# ///
"""Minimal aiogram quiz bot for comparison: stores each answer durably, then sends the next question.

Written as in the library's examples: a Router with filters, start_polling, handlers that await the send.
"""

import asyncio

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import Message, PollAnswer
from answers import QUESTIONS, RIGHT, Answers, command_line, settings


async def ask(bot: Bot, chat: int) -> None:
    """Send the next question."""
    stem, options = next(QUESTIONS)
    await bot.send_poll(
        chat, stem, list(options), type="quiz", is_anonymous=False, correct_option_ids=[RIGHT], request_timeout=60
    )


def make_router(answers: Answers, *, asks: bool) -> Router:
    """Create the router with the handlers."""
    router = Router()

    @router.message(Command("quiz"))
    async def start(message: Message, bot: Bot) -> None:
        await ask(bot, message.chat.id)

    @router.poll_answer()
    async def take_answer(vote: PollAnswer, bot: Bot) -> None:
        assert vote.user is not None
        await answers.store(vote.poll_id, vote.user.id, vote.option_ids)
        if asks:
            await ask(bot, vote.user.id)

    return router


async def main() -> None:
    """Run until SIGTERM."""
    arguments = command_line(__doc__)
    token, origin, file = settings()
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(origin)))
    dispatcher = Dispatcher()
    dispatcher.include_router(make_router(Answers(file, shared=arguments.shared), asks=not arguments.store_only))
    # Without a limit a burst starts a task for each update; the library's documentation recommends a limit.
    limit = arguments.concurrent or None
    await dispatcher.start_polling(bot, tasks_concurrency_limit=limit, allowed_updates=["message", "poll_answer"])


if __name__ == "__main__":
    asyncio.run(main())
