"""kill -9, again and again, while a school learns: people alone and a live class on one bot, a process of its own."""

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
from school import School, Trial
from served_world import TOKEN, report, run_until_first_ends, seeded_rng, serve_world, stop_bot
from simulated_host import SimulatedHost

from bot.core.question import Bank


class Kills:
    """Kills a bot soon after happenings counted from 1, and starts it again; one that comes too early is made up for.

    Attributes:
        done: how often it was killed.
    """

    def __init__(
        self, bot: BotProcess, crowd: Crowd, observed: ObservedWorld, numbers: Iterable[int], rng: Random
    ) -> None:
        self._bot = bot
        self._numbers = sorted(numbers, reverse=True)
        self._rng = rng
        self._count = 0
        self._is_doomed = False
        self.done = 0
        crowd.on_event = lambda _count: self._happen()
        observed.on_event = lambda _moment, _count: self._happen()

    def _happen(self) -> None:
        self._count += 1
        if self._numbers and self._count >= self._numbers[-1] and self._bot.is_alive and not self._is_doomed:
            self._numbers.pop()
            self._is_doomed = True
            asyncio.get_running_loop().call_later(self._rng.uniform(0, KILL_WITHIN_SECONDS), self._bot.kill)

    async def keep_restarting(self) -> None:
        """Start the bot again whenever it was killed, for ever."""
        while True:
            code = await self._bot.wait_until_ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.log_text}"
            self.done += 1
            self._is_doomed = False
            await self._bot.start()


async def survive(bank: Bank, folder: Path, trial: Trial) -> None:
    """Let a school learn while its bot is killed; hold that nothing is lost or counts twice."""
    rng, began = seeded_rng(), time.monotonic()
    report(str(trial))
    school = School(bank, trial, rng)
    async with serve_world(school.world) as server, killed_at_exit(bot := BotProcess(folder, server.origin, TOKEN)):
        certain = partial(class_checks.certain_actions, bot.database, school.world)
        leader = SimulatedHost(school.observed, school.pupils, trial.rounds, certain)
        numbers = rng.sample(range(1, trial.event_count), trial.kills)
        kills = Kills(bot, school.crowd, school.observed, numbers, rng)
        await bot.start()
        await run_until_first_ends(school.learn(leader, bot), kills.keep_restarting())
        await stop_bot(bot)
    report(f"{kills.done} kills, {time.monotonic() - began:.0f} s")
    school.check(leader, bot.database, Interruptions(bot.kills))
    assert kills.done >= trial.kills


async def test_a_small_school_goes_on_through_three_kills(bank: Bank, tmp_path: Path) -> None:
    """A few learners and a small class on one bot lose nothing through three kills, and count nothing twice."""
    await survive(bank, tmp_path, Trial(learners=10, pupils=6, kills=3, patience=60, questions=5, rounds=5))


@pytest.mark.long
async def test_a_school_goes_on_through_two_hundred_kills(bank: Bank, tmp_path: Path) -> None:
    """What holds for a few holds for 200 learners and a class of 100, through 200 kills."""
    await survive(bank, tmp_path, Trial(learners=200, pupils=100, kills=200, patience=1500))
