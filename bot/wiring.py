"""Builds the program from its settings. The only clock, the only dice and the only engine are made here."""

import asyncio
import gc
import logging
import random
import signal
import tempfile
import warnings
import webbrowser
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from telegram import Bot
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

from bot.app.desk import Desk
from bot.bank import load
from bot.config import Settings, read_settings
from bot.playground.page_api import create_chat_app
from bot.playground.serving import serve
from bot.playground.world import World
from bot.store.database import open_database
from bot.tg.edge import Edge
from bot.tg.greeting import greet
from bot.tg.limits import Limits
from bot.tg.transport import AiohttpRequest

log = logging.getLogger(__name__)

PLAY_TOKEN = "1:playground"  # noqa: S105 - known to everybody, and good for nothing but the playground
PLAY_HOST = "127.0.0.1"
# People of the playground as (first name, language); the group's first member owns it.
PLAY_PEOPLE = (("Mrs Kim", "en"), ("Aida", "en"), ("Данияр", "ru"), ("Айгерім", "kk"))
PLAY_GROUP = "Class 9A"


def clock() -> datetime:
    """Give the moment."""
    return datetime.now(UTC)


async def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or Ctrl+C.

    Raises:
        BankError, StoreError, StartRefusedError: it cannot start; each says why.
    """
    # The hot way calls the API without python-telegram-bot's own methods, which cost twice the time.
    warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)
    bank = load(settings.bank)
    async with AsyncExitStack() as stack:
        database = open_database(settings.database_url)
        stack.callback(database.close)
        desk = Desk(database, bank, clock, ZoneInfo(settings.time_zone))
        requests = (AiohttpRequest(connections=1), AiohttpRequest())
        for request in requests:
            await stack.enter_async_context(request)
        bot = make_bot(settings, *requests)
        edge = Edge(bot, desk, Limits(settings.sends_per_second))
        await until_signal(_greet_and_run(bot, edge))


def make_bot(settings: Settings, updates: BaseRequest, others: BaseRequest) -> Bot:
    """Make the way to Telegram: python-telegram-bot's types over requests of our own, one of them for updates."""
    return Bot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=others,
        get_updates_request=updates,
    )


async def _greet_and_run(bot: Bot, edge: Edge) -> None:
    await greet(bot)
    # What was made at start stays for good: the collector need not look at it again.
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    await edge.run()


async def until_signal(work: object) -> None:
    """Run a coroutine until it ends, or until SIGTERM or SIGINT cancels it."""
    task = asyncio.ensure_future(work)  # type: ignore[call-overload]
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        log.info("Ended; nothing is lost.")


async def play(bank: Path, port: int, *, open_page: bool) -> None:
    """Run the bot in a playground, with a chat page on this computer, until Ctrl+C. Raises what ``run`` raises."""
    world = make_world()
    app = create_chat_app(world, PLAY_TOKEN)
    async with AsyncExitStack() as stack:
        server = await serve(app, PLAY_HOST, port)
        stack.push_async_callback(server.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-play-"))
        settings = read_settings(
            token=PLAY_TOKEN,
            api_url=server.origin,
            bank=bank,
            database_url=f"sqlite:///{folder}/play.sqlite3",
            sends_per_second=0,
        )
        print(f"Open {server.origin} to chat with the bot. Ctrl+C ends.", flush=True)  # noqa: T201 - the command's output
        if open_page:
            webbrowser.open(server.origin)
        await run(settings)


def make_world() -> World:
    """Make a small world: a class with its teacher, and the group they share."""
    now = clock()
    world = World(clock, random.Random(), first_update_id=int(now.timestamp()) * 1000)  # noqa: S311 - no secrets here
    people = [world.add_person(name, language_code=language) for name, language in PLAY_PEOPLE]
    world.create_group(PLAY_GROUP, [person.id for person in people])
    return world
