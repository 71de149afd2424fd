"""The bot as a process of its own over real HTTP: killed, ended, doubled, refused, and without a server."""

import asyncio
import random
import signal
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ledger
import pytest
from bot_process import BotProcess, ended_at_last
from crowd import Crowd, is_never_right

from bot.core.question import Bank
from bot.playground.server import create_app
from bot.playground.serving import Server, serve
from bot.playground.world import World

TOKEN = "1:crash"
# Seconds after which a test that waits has failed; a machine at rest needs a fraction.
PATIENCE = 60
# What SIGTERM allows.
SECONDS_TO_END = 5
# A kill right after the start comes within so many seconds of it: while modules load, tables are made, or updates come.
STARTING = 1.5


def new_world() -> World:
    return World(lambda: datetime.now(UTC), random.Random(3), first_update_id=5000)


@asynccontextmanager
async def served(world: World, port: int = 0) -> AsyncIterator[Server]:
    server = await serve(create_app(world, TOKEN), port=port)
    try:
        yield server
    finally:
        await server.stop()


class Killer:
    """Kills a bot at given happenings and starts it again at once."""

    def __init__(self, bot: BotProcess, crowd: Crowd, moments: list[int]) -> None:
        self._bot = bot
        self._moments = sorted(moments, reverse=True)
        self.kills = 0
        crowd.at_happening = self._on_happening

    def _on_happening(self, count: int) -> None:
        if self._moments and count >= self._moments[-1] and self._bot.is_alive:
            self._moments.pop()
            self._bot.kill()

    async def revive(self) -> None:
        """Start the bot again whenever it was killed, for ever."""
        while True:
            code = await self._bot.ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.said}"
            self.kills += 1
            await self._bot.start()


async def first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Run works side by side until the first of them ends or fails; then the others are given up."""
    tasks = [asyncio.create_task(work) for work in works]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    for task in done:
        task.result()


async def all_done(crowd: Crowd, world: World, bot: BotProcess, patience: float = PATIENCE) -> None:
    """Wait until everybody has a result, every update is done with, and every message was sent."""
    try:
        async with asyncio.timeout(patience):
            await crowd.until(lambda: crowd.is_done)
            await crowd.until(lambda: not ledger.waiting_updates(bot.database, unconfirmed(world)))
            while ledger.waiting_messages(bot.database, crowd.learners):
                await crowd.bystander_is_answered()
    except TimeoutError:
        waiting = ledger.waiting_updates(bot.database, unconfirmed(world))
        pytest.fail(f"{crowd.unfinished()}; {len(waiting)} updates wait; the bot said: {bot.said or 'nothing'}")


def unconfirmed(world: World) -> list[int]:
    """Give the updates that Telegram would repeat."""
    return [update["update_id"] for update in world.updates.take(0, 100_000)]


async def end(bot: BotProcess) -> None:
    """End the bot by SIGTERM, as far as that works as it must."""
    bot.terminate()
    async with asyncio.timeout(SECONDS_TO_END):
        assert await bot.ended() == 0, bot.said


async def survive(bank: Bank, folder: Path, people: int, questions: int, kills: int, patience: float = PATIENCE) -> None:
    """Let people take a quiz while the bot is killed again and again; hold that nothing is lost or counts twice."""
    seed = random.getrandbits(32)
    dice, began = random.Random(seed), time.monotonic()
    moments = dice.sample(range(1, 2 * people * questions), kills)
    print(f"seed {seed}, {people} people, {questions} questions, kills at {sorted(moments)}")
    world = new_world()
    crowd = Crowd(world, bank, people, dice)
    async with served(world) as server, ended_at_last(bot := BotProcess(folder, server.origin, TOKEN)):
        killer = Killer(bot, crowd, moments)
        await bot.start()
        early = asyncio.get_running_loop().call_later(dice.uniform(0, STARTING), bot.kill)
        crowd.begin(questions)
        await first_of(all_done(crowd, world, bot, patience), killer.revive())
        early.cancel()
        await end(bot)
    kept = ledger.read(bot.database)
    print(f"{ledger.figures(kept, crowd)}; {killer.kills} kills, {time.monotonic() - began:.1f} s")
    ledger.check_nothing_waits(kept, unconfirmed(world))
    ledger.check_store(kept, crowd, questions)
    ledger.check_results(kept, crowd, questions)
    ledger.check_chats(kept, crowd)
    assert killer.kills >= kills


async def test_fifty_people_finish_a_quiz_through_five_kills(bank: Bank, tmp_path: Path) -> None:
    """Killed five times in the thick of it, the bot counts every answer once and lets all fifty finish."""
    assert is_never_right(bank)
    await survive(bank, tmp_path, people=50, questions=10, kills=5)


@pytest.mark.long
async def test_three_hundred_people_finish_a_quiz_through_thirty_kills(bank: Bank, tmp_path: Path) -> None:
    """What holds for a class and five kills holds for a school and thirty."""
    await survive(bank, tmp_path, people=300, questions=20, kills=30, patience=600)
