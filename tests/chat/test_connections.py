"""The connections of a bot process to a PostgreSQL server, as the page for operators counts them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest
from bot_process import BotProcess, free_port, killed_at_exit
from documents import read
from served_world import TOKEN, new_world, serve_world
from sqlalchemy import text

from bot.playground.world import World
from bot.store.database import make_engine

PATIENCE = 60
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


async def keep_busy(world: World, origin: str) -> None:
    """Send many updates and health requests at once, until all are answered."""
    people = [world.add_person(f"Ann {number}", language_code="en").id for number in range(30)]
    async with aiohttp.ClientSession(origin) as client, asyncio.timeout(PATIENCE):
        for person in people:
            world.send_text(person, person, "/start")
        while f'bot_stories_total{{story="Start"}} {len(people)}.0' not in await page(client, "/metrics"):
            await asyncio.gather(*(page(client, "/healthz") for _ in range(10)))
        while "bot_messages_unsent 0.0" not in await page(client, "/metrics"):
            pass


async def page(client: aiohttp.ClientSession, path: str) -> str:
    """Return a page; empty while no server answers."""
    try:
        async with client.get(path) as answer:
            return await answer.text()
    except aiohttp.ClientConnectionError:
        await asyncio.sleep(0.1)
        return ""


async def test_a_busy_process_uses_at_most_five_connections(
    make_postgresql: Callable[[str], str], tmp_path: Path
) -> None:
    """A process under load opens no more connections than the page for operators says."""
    url, world, listen = make_postgresql(""), new_world(), f"127.0.0.1:{free_port()}"
    settings = {"BOT_DATABASE_URL": url, "BOT_LISTEN": listen, "BOT_SENDS_PER_SECOND": "1000"}
    async with serve_world(world) as server:
        bot = BotProcess(tmp_path, server.origin, TOKEN, settings=settings)
        async with killed_at_exit(bot):
            await bot.start()
            try:
                await keep_busy(world, f"http://{listen}")
            except TimeoutError:
                pytest.fail(f"the bot did not finish; it logged: {bot.log_text or 'nothing'}")
            engine = make_engine(url)
            with engine.connect() as connection:
                assert connection.scalar(text(CONNECTIONS)) in {4, 5}
            engine.dispose()
    assert "A process has at most five connections to the server" in read("docs/operate.md")
