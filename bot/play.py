"""Builds the playground around the bot: a small world, its Bot API and the chat page, all on this computer."""

import random
import tempfile
import webbrowser
from contextlib import AsyncExitStack
from pathlib import Path

from bot.config import read_settings
from bot.playground.page.api import create_chat_app
from bot.playground.world import World
from bot.serving import serve
from bot.tg.greeting import StartRefusedError
from bot.wiring import clock, run

TOKEN = "1:playground"  # noqa: S105 - known to everybody, and good for nothing but the playground
HOST = "127.0.0.1"
# People of the playground as (first name, language); the group's first member owns it.
PEOPLE = (("Mrs Kim", "en"), ("Aida", "en"), ("Данияр", "ru"), ("Айгерім", "kk"))
GROUP = "Class 9A"


async def play(bank: Path, port: int, *, open_page: bool) -> None:
    """Run the bot in a playground, with a chat page on this computer, until Ctrl+C. Raises what ``run`` raises."""
    world = make_world()
    app = create_chat_app(world, TOKEN)
    async with AsyncExitStack() as stack:
        try:
            server = await serve(app, HOST, port)
        except OSError as error:
            why = f"Port {port} cannot be used ({error.strerror or error})."
            raise StartRefusedError(f"{why} Take another, or any free one: bot play --port 0") from error
        stack.push_async_callback(server.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bot-play-"))
        settings = read_settings(
            token=TOKEN,
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
    people = [world.add_person(name, language_code=language) for name, language in PEOPLE]
    world.create_group(GROUP, [person.id for person in people])
    return world
