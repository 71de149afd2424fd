"""Builds the playground around the bot: a small world, its Bot API and the chat page, all on this computer.

With a class to rehearse with, simulated pupils live in that world, and Telegram's limits hold.
"""

import asyncio
import random
import socket
import tempfile
import webbrowser
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from starlette.applications import Starlette

from bot.bank import load
from bot.config import Settings, read_settings
from bot.files import raise_limit
from bot.playground.page.app import create_chat_app
from bot.playground.world import World
from bot.rehearsal.rehearsal import Rehearsal
from bot.serving import Server, serve
from bot.tg.startup import StartRefusedError
from bot.wiring import clock, refused_nicknames, run

TOKEN = "1:playground"  # noqa: S105 - known to everybody, and good for nothing but the playground
HOST = "127.0.0.1"
# People of the playground as (first name, language); the group's first member owns it.
PEOPLE = (("Mrs Kim", "en"), ("Aida", "en"), ("Данияр", "ru"), ("Айгерім", "kk"))
GROUP = "Class 9A"
# Bots FAQ, "My bot is hitting limits": messages a second in all.
TELEGRAMS_LIMIT = 30.0
# The same people at every rehearsal, so that one can be compared with the last.
SEED = 1
# So many simulated pupils can be looked over the shoulder in the page; a list of all would be too long.
SHOWN_PUPILS = 3


async def play(bank: Path, port: int, *, open_page: bool, pupils: int = 0, first: Sequence[str] = ()) -> None:
    """Run the bot in a playground, with a chat page on this computer, until Ctrl+C. Raises what ``run`` raises.

    Args:
        bank: the question bank.
        port: of the page; 0 for any.
        open_page: whether to open it in the browser.
        pupils: so many simulated ones live in the playground.
        first: what is told before all else.
    """
    raise_limit()
    # Nobody is sent to a page whose bot cannot start.
    load(bank)
    world = World(clock, random.Random(), first_update_id=int(clock().timestamp()) * 1000)  # noqa: S311 - no secrets
    rehearsal = people_the_world(world, bank, pupils)
    hidden = frozenset([*rehearsal.pupils][SHOWN_PUPILS:]) if rehearsal else frozenset[int]()
    app = create_chat_app(world, TOKEN, hidden)
    app.state.api.flood_limits.is_on = rehearsal is not None
    async with AsyncExitStack() as stack:
        server = await _serve_or_refuse(app, port)
        stack.push_async_callback(server.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-play-"))
        settings = _settings(bank, server, folder, TELEGRAMS_LIMIT if rehearsal else 0)
        refused_nicknames(settings.refused_nicknames)
        print(*first, *_greeting(server.origin, pupils), sep="\n", flush=True)  # noqa: T201 - the command's output
        if open_page:
            webbrowser.open(server.origin)
        await (_run_both(rehearsal, settings) if rehearsal else run(settings))


def people_the_world(world: World, bank: Path, pupils: int) -> Rehearsal | None:
    """Bring a teacher, her class and their group into a world; so many simulated pupils, or none, are in it too."""
    people = [world.add_person(name, language_code=language).id for name, language in PEOPLE]
    rehearsal = Rehearsal(world, load(bank), pupils, SEED) if pupils else None
    world.create_group(GROUP, [*people, *(rehearsal.pupils if rehearsal else ())])
    return rehearsal


async def _serve_or_refuse(app: Starlette, port: int) -> Server:
    try:
        return await serve(app, HOST, port)
    except OSError as error:
        why = f"Port {port} cannot be used ({error.strerror or error})."
        raise StartRefusedError(f"{why} Take another, or any free one: bot play --port 0") from error


def _settings(bank: Path, server: Server, folder: str, limit: float) -> Settings:
    """Set what the playground needs, whatever the environment says."""
    return read_settings(
        token=TOKEN,
        api_url=server.origin,
        proxy="off",
        bank=bank,
        database_url=f"sqlite:///{folder}/play.sqlite3",
        sends_per_second=limit,
        listen=f"{HOST}:{_free_port()}",
        public_url="",
    )


def _free_port() -> int:
    """Give a port that nobody has now; settings take no 0 for "any"."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _greeting(origin: str, pupils: int) -> list[str]:
    """Say what to do now."""
    told = [f"Open {origin} to chat with the bot. Ctrl+C ends."]
    if pupils:
        told += [
            f"{pupils} simulated pupils wait for you; Telegram's limits hold as they do in life.",
            f"Over a link: as {PEOPLE[0][0]}, write /class to the bot and open a class. They come by its link.",
            f"In a group: as {PEOPLE[0][0]}, write /quiz in {GROUP}. They are members and vote.",
        ]
    return told


async def _run_both(rehearsal: Rehearsal, settings: Settings) -> None:
    """Run the bot while the pupils live. Raises what ``run`` raises, and what went wrong with a pupil."""
    try:
        async with asyncio.TaskGroup() as both:
            lives = both.create_task(rehearsal.run())
            await run(settings)
            lives.cancel()
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
