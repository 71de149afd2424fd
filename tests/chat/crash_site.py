"""Where bots are killed: a world behind real HTTP, dice whose seed is told, and the proper end of a process."""

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

TOKEN = "1:crash"  # noqa: S105 - good for nothing but this world
# What SIGTERM allows.
SECONDS_TO_END = 5


def new_dice() -> random.Random:
    """Give dice that fall as pytest-randomly's seed has it, and tell their seed if the test fails."""
    seed = random.getrandbits(32)
    tell(f"seed {seed}")
    return random.Random(seed)  # noqa: S311 - no secrets here


def tell(line: str) -> None:
    """Print a line, which pytest shows when the test fails, or with -rP."""
    print(line)  # noqa: T201 - meant for pytest's report


def new_world() -> World:
    """Make an empty world whose clock is the real one."""
    return World(lambda: datetime.now(UTC), new_dice(), first_update_id=5000)


@asynccontextmanager
async def served(world: World, port: int = 0) -> AsyncIterator[Server]:
    """Serve a world over HTTP; port 0 takes a free one."""
    server = await serve(create_app(world, TOKEN), port=port)
    try:
        yield server
    finally:
        await server.stop()


async def first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Run works side by side until the first of them ends or fails; then the others are given up."""
    tasks = [asyncio.create_task(work) for work in works]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    for task in done:
        task.result()


def unconfirmed(world: World) -> list[int]:
    """Give the updates that Telegram would repeat."""
    return [update["update_id"] for update in world.updates.take(0, 100_000)]


async def end(bot: BotProcess) -> None:
    """End the bot by SIGTERM: in time, with exit code 0, and with no error said in all its life."""
    bot.terminate()
    async with asyncio.timeout(SECONDS_TO_END):
        assert await bot.ended() == 0, bot.said
    assert "ERROR" not in bot.said
    assert "Traceback" not in bot.said
