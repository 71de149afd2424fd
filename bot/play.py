"""The command ``bot play``: runs the bot in the playground, a local Bot API with a chat page.

With ``--class`` simulated pupils take part, and the playground applies Telegram's limits.
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
from bot.open_file_limit import raise_limit
from bot.playground.page.app import create_chat_app
from bot.playground.world import World
from bot.rehearsal.rehearsal import Rehearsal
from bot.serving import Server, serve
from bot.tg.startup import StartRefusedError
from bot.wiring import clock, read_banned_nicknames, run

TOKEN = "1:playground"  # noqa: S105 - not secret: it is valid only in the playground
HOST = "127.0.0.1"
# People of the playground as (first name, language). The first one owns the group.
PEOPLE = (("Mrs Kim", "en"), ("Aida", "en"), ("Данияр", "ru"), ("Айгерім", "kk"))
GROUP = "Class 9A"
# Messages a second in total (Bots FAQ, "My bot is hitting limits").
TELEGRAM_LIMIT = 30.0
# A fixed seed, so that every rehearsal has the same pupils and rehearsals can be compared.
SEED = 1
# The chat page lists this many simulated pupils; a list of all would be too long.
LISTED_PUPILS = 3


async def play(bank: Path, port: int, *, open_page: bool, pupils: int = 0, first: Sequence[str] = ()) -> None:
    """Run the bot in a playground, with a chat page on this computer, until Ctrl+C. Raises what ``run`` raises.

    Args:
        bank: the question bank.
        port: the port of the page; 0 for any free one.
        open_page: whether to open the page in the browser.
        pupils: the number of simulated pupils.
        first: lines to print before all others.
    """
    raise_limit()
    # Fail before the page opens if the bot cannot start.
    load(bank)
    world = World(clock, random.Random(), first_update_id=int(clock().timestamp()) * 1000)  # noqa: S311 - no secrets
    rehearsal = populate_world(world, bank, pupils)
    hidden = frozenset([*rehearsal.pupils][LISTED_PUPILS:]) if rehearsal else frozenset[int]()
    app = create_chat_app(world, TOKEN, hidden)
    app.state.api.flood_limits.is_on = rehearsal is not None
    async with AsyncExitStack() as stack:
        server = await _serve(app, port)
        stack.push_async_callback(server.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-play-"))
        settings = _settings(bank, server, folder, TELEGRAM_LIMIT if rehearsal else 0)
        read_banned_nicknames(settings.refused_nicknames)
        print(*first, *_instructions(server.origin, pupils), sep="\n", flush=True)  # noqa: T201 - the command's output
        if open_page:
            webbrowser.open(server.origin)
        await (_run_with_pupils(rehearsal, settings) if rehearsal else run(settings))


def populate_world(world: World, bank: Path, pupils: int) -> Rehearsal | None:
    """Add the named people, the simulated pupils and their group to a world; return the rehearsal if it has pupils."""
    people = [world.add_person(name, language_code=language).id for name, language in PEOPLE]
    rehearsal = Rehearsal(world, load(bank), pupils, SEED) if pupils else None
    world.create_group(GROUP, [*people, *(rehearsal.pupils if rehearsal else ())])
    return rehearsal


async def _serve(app: Starlette, port: int) -> Server:
    try:
        return await serve(app, HOST, port)
    except OSError as error:
        why = f"Port {port} cannot be used ({error.strerror or error})."
        raise StartRefusedError(f"{why} Choose another, or any free one: bot play --port 0") from error


def _settings(bank: Path, server: Server, folder: str, limit: float) -> Settings:
    """Read the settings, replacing those that the playground determines."""
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
    """Return a port that is free now, because BOT_LISTEN cannot be port 0."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _instructions(origin: str, pupils: int) -> list[str]:
    """Return the instructions to print."""
    lines = [f"Open {origin} to chat with the bot. Press Ctrl+C to stop."]
    if pupils:
        lines += [
            f"{pupils} simulated pupils are ready; Telegram's limits apply as in real life.",
            f"Over a link: as {PEOPLE[0][0]}, write /class to the bot and open a class. They join over its link.",
            f"In a group: as {PEOPLE[0][0]}, write /quiz in {GROUP}. They are members and vote.",
        ]
    return lines


async def _run_with_pupils(rehearsal: Rehearsal, settings: Settings) -> None:
    """Run the bot and the simulated pupils. Raises what ``run`` raises, and errors of a pupil."""
    try:
        async with asyncio.TaskGroup() as both:
            pupils = both.create_task(rehearsal.run())
            await run(settings)
            pupils.cancel()
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
