"""Helpers for tests of bot processes: a world behind HTTP, a seeded random generator, and a clean shutdown."""

import asyncio
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot_process import BotProcess

from bot.playground.server import create_app
from bot.playground.world import World
from bot.serving import Server, serve

TOKEN = "1:crash"  # noqa: S105 - valid in this world only
# The bot must stop within this time after SIGTERM.
SHUTDOWN_SECONDS = 5


def seeded_rng() -> random.Random:
    """Return a generator that follows pytest-randomly's seed; print its own seed in case the test fails."""
    seed = random.getrandbits(32)
    report(f"seed {seed}")
    return random.Random(seed)  # noqa: S311 - no secrets here


def report(line: str) -> None:
    """Print a line; pytest shows it when the test fails, or with -rP."""
    print(line)  # noqa: T201 - meant for pytest's report


def new_world() -> World:
    """Create an empty world that runs in real time."""
    return World(lambda: datetime.now(UTC), seeded_rng(), first_update_id=5000)


@asynccontextmanager
async def serve_world(world: World, port: int = 0) -> AsyncIterator[Server]:
    """Serve a world over HTTP; port 0 stands for any free port."""
    server = await serve(create_app(world, TOKEN), port=port)
    try:
        yield server
    finally:
        await server.stop()


async def run_until_first_ends(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Run coroutines concurrently until one of them returns or fails, then cancel the others."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    for task in done:
        task.result()


def unconfirmed_updates(world: World) -> list[int]:
    """Return the ids of updates that the bot has not confirmed, which Telegram would send again."""
    return [update["update_id"] for update in world.updates.fetch(0, 100_000)]


async def stop_bot(bot: BotProcess) -> None:
    """Stop the bot by SIGTERM and check that it ends in time, with exit code 0, and never logged an error."""
    bot.terminate()
    async with asyncio.timeout(SHUTDOWN_SECONDS):
        assert await bot.wait_until_ended() == 0, bot.log_text
    assert "ERROR" not in bot.log_text
    assert "Traceback" not in bot.log_text
