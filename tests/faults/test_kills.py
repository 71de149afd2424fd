"""Tests of repeated kills (-9) of a bot that serves a school: learners in solo quizzes and a live class."""

import asyncio
import signal
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from random import Random

import class_checks
import pytest
from bot_process import BotProcess, killed_at_exit
from crowd import Crowd
from outages import KILL_WITHIN_SECONDS, ObservedWorld
from repeated_questions import Interruptions
from school import School, SchoolPlan
from served_world import TOKEN, report, run_until_first_ends, seeded_rng, serve_world, stop_bot
from simulated_host import SimulatedHost

from bot.core.question import Bank


class Kills:
    """Killer of a bot: kills it soon after the events of given numbers, counted from 1, and starts it again.

    A kill that is due while the bot is down happens later.

    Attributes:
        done: the number of kills so far.
    """

    def __init__(
        self, bot: BotProcess, crowd: Crowd, observed: ObservedWorld, numbers: Iterable[int], rng: Random
    ) -> None:
        self._bot = bot
        self._numbers = sorted(numbers, reverse=True)
        self._rng = rng
        self._count = 0
        self._is_scheduled = False
        self.done = 0
        crowd.on_event = lambda _count: self._handle_event()
        observed.on_event = lambda _moment, _count: self._handle_event()

    def _handle_event(self) -> None:
        self._count += 1
        if self._numbers and self._count >= self._numbers[-1] and self._bot.is_alive and not self._is_scheduled:
            self._numbers.pop()
            self._is_scheduled = True
            asyncio.get_running_loop().call_later(self._rng.uniform(0, KILL_WITHIN_SECONDS), self._bot.kill)

    async def keep_restarting(self) -> None:
        """Start the bot again after each kill, until cancelled."""
        while True:
            code = await self._bot.wait_until_ended()
            assert code == -signal.SIGKILL, f"the bot exited by itself with {code}: {self._bot.log_text}"
            self.done += 1
            self._is_scheduled = False
            await self._bot.start()


async def check_school(bank: Bank, folder: Path, plan: SchoolPlan) -> None:
    """Run a school while its bot is killed repeatedly; check that no answer is lost or counted twice."""
    rng, began = seeded_rng(), time.monotonic()
    report(str(plan))
    school = School(bank, plan, rng)
    async with serve_world(school.world) as server, killed_at_exit(bot := BotProcess(folder, server.origin, TOKEN)):
        certain = partial(class_checks.certain_actions, bot.database, school.world)
        leader = SimulatedHost(school.observed, school.pupils, plan.rounds, certain)
        numbers = rng.sample(range(1, plan.event_count), plan.kills)
        kills = Kills(bot, school.crowd, school.observed, numbers, rng)
        await bot.start()
        await run_until_first_ends(school.run(leader, bot), kills.keep_restarting())
        await stop_bot(bot)
    report(f"{kills.done} kills, {time.monotonic() - began:.0f} s")
    school.check(leader, bot.database, Interruptions(bot.kills))
    assert kills.done >= plan.kills


async def test_a_small_school_survives_three_kills(bank: Bank, tmp_path: Path) -> None:
    """Each answer of a few learners and a small class counts exactly once through three kills."""
    await check_school(bank, tmp_path, SchoolPlan(learners=10, pupils=6, kills=3, limit=60, questions=5, rounds=5))


@pytest.mark.long
async def test_a_school_survives_two_hundred_kills(bank: Bank, tmp_path: Path) -> None:
    """Each answer of 200 learners and a class of 100 counts exactly once through 200 kills."""
    await check_school(bank, tmp_path, SchoolPlan(learners=200, pupils=100, kills=200, limit=1500))
