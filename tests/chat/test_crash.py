"""The bot as a process of its own over real HTTP: killed, ended, doubled, refused, and without a server."""

import asyncio
import random
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import ledger
import pytest
from bot_process import BotProcess, ended_at_last
from crowd import Crowd, is_never_right

from bot.core.question import Bank
from bot.playground.server import create_app
from bot.playground.serving import Server, serve
from bot.playground.world import World

TOKEN = "1:crash"
PATIENCE = 90
LONG_PATIENCE = 600
# What SIGTERM allows.
SECONDS_TO_END = 5
# A kill right after the start comes within so many seconds of it: while modules load, tables are made, or updates come.
STARTING = 1.5


def new_world() -> World:
    return World(lambda: datetime.now(UTC), random.Random(3), first_update_id=5000)


@asynccontextmanager
async def served(world: World, port: int = 0) -> AsyncIterator[Server]:
    server = await serve(create_app(world, TOKEN), port=port)
    yield server
    await server.stop()


class Killer:
    """Kills a bot at given happenings and starts it again at once, until it has done so often enough."""

    def __init__(self, bot: BotProcess, crowd: Crowd, moments: list[int]) -> None:
        self._bot = bot
        self._moments = sorted(moments, reverse=True)
        self.kills = 0
        crowd.at_happening = self._on_happening

    def _on_happening(self, count: int) -> None:
        if self._moments and count >= self._moments[-1] and self._bot.is_alive:
            self._moments.pop()
            self._bot.signal(signal.SIGKILL)

    async def revive(self) -> None:
        """Start the bot again whenever it was killed, for ever."""
        while True:
            code = await self._bot.ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.said}"
            self.kills += 1
            await self._bot.start()


async def all_done(crowd: Crowd, world: World, bot: BotProcess) -> None:
    """Wait until everybody has a result, and every update that was sent is done with."""
    await crowd.until(lambda: crowd.is_done)
    await crowd.until(
        lambda: {one["update_id"] for one in world.updates.take(0, 10**6)} <= ledger.handled(bot.database)
    )


async def ended_by_sigterm(bot: BotProcess) -> int:
    bot.signal(signal.SIGTERM)
    async with asyncio.timeout(SECONDS_TO_END):
        return await bot.ended()


async def survive(bank: Bank, folder: Path, people: int, questions: int, kills: int) -> None:
    """Let people take a quiz while the bot is killed again and again, and hold that nothing is lost or doubled."""
    seed = random.getrandbits(32)
    dice, began = random.Random(seed), time.monotonic()
    world = new_world()
    crowd = Crowd(world, bank, people, dice)
    moments = dice.sample(range(1, 2 * people * questions), kills)
    print(f"seed {seed}, {people} people, {questions} questions, kills at {sorted(moments)}")
    async with served(world) as server:
        bot = BotProcess(folder, server.origin, TOKEN)
        async with ended_at_last(bot):
            killer = Killer(bot, crowd, moments)
            await bot.start()
            asyncio.get_running_loop().call_later(dice.uniform(0, STARTING), bot.signal, signal.SIGKILL)
            crowd.begin(questions)
            reviving = asyncio.create_task(killer.revive())
            await first_of(all_done(crowd, world, bot), reviving)
            reviving.cancel()
            assert await ended_by_sigterm(bot) == 0
    kept = ledger.read(bot.database)
    print(f"{ledger.figures(kept, crowd)}; {killer.kills} kills, {time.monotonic() - began:.1f} s")
    ledger.check_nothing_waits(kept, world.updates.take(0, 10**6))
    ledger.check_store(kept, crowd, questions)
    ledger.check_results(kept, crowd, questions)
    ledger.check_chats(kept, crowd)
    assert killer.kills == kills + 1
