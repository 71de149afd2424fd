"""kill -9, again and again, while a school learns: people alone and a live class on one bot, a process of its own."""

import asyncio
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

import class_ledger
import ledger
import pytest
from bot_process import BotProcess, ended_at_last
from class_leader import ClassLeader
from class_pupils import ClassPupils
from crash_site import TOKEN, end, first_of, new_dice, new_world, served, tell, unconfirmed
from crowd import Crowd
from outages import SOON, Place

from bot.core.question import Bank


@dataclass(frozen=True, slots=True)
class Trial:
    """So many learners take a quiz of 20 questions beside a class of 10 rounds, through so many kills."""

    learners: int
    pupils: int
    kills: int
    patience: float
    questions: int = 20
    rounds: int = 10

    @property
    def happenings(self) -> int:
        """About two thirds of what happens: within them kills may fall."""
        return self.learners * self.questions + 2 * self.pupils * self.rounds


class Kills:
    """Kills a bot soon after happenings counted from 1, and starts it again; one that comes too early is made up for.

    Attributes:
        done: how often it was killed.
    """

    def __init__(self, bot: BotProcess, crowd: Crowd, place: Place, numbers: Iterable[int], dice: Random) -> None:
        self._bot = bot
        self._numbers = sorted(numbers, reverse=True)
        self._dice = dice
        self._count = 0
        self._is_doomed = False
        self.done = 0
        crowd.at_happening = lambda _count: self._happen()
        place.at_happening = lambda _moment, _count: self._happen()

    def _happen(self) -> None:
        self._count += 1
        if self._numbers and self._count >= self._numbers[-1] and self._bot.is_alive and not self._is_doomed:
            self._numbers.pop()
            self._is_doomed = True
            asyncio.get_running_loop().call_later(self._dice.uniform(0, SOON), self._bot.kill)

    async def revive(self) -> None:
        """Start the bot again whenever it was killed, for ever."""
        while True:
            code = await self._bot.ended()
            assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {self._bot.said}"
            self.done += 1
            self._is_doomed = False
            await self._bot.start()


class School:
    """Learners and a class in one world."""

    def __init__(self, bank: Bank, trial: Trial, dice: Random) -> None:
        self.world = new_world()
        self._trial = trial
        self.crowd = Crowd(self.world, bank, trial.learners, dice)
        self.place = Place(self.world)
        self.pupils = ClassPupils(self.place, bank, trial.pupils, dice)

    async def learn(self, leader: ClassLeader, bot: BotProcess) -> None:
        """Let all be done: results for everybody, every update handled, every message sent."""
        leading = asyncio.create_task(leader.lead())
        try:
            async with asyncio.timeout(self._trial.patience):
                # Whoever learns alone begins with the first round, so that kills fall on the class too.
                await self.place.until(lambda: leader.scene().phase == "asking")
                self.crowd.begin(self._trial.questions)
                await leading
                await self.place.until(lambda: self.crowd.is_done and all(pupil.results for pupil in self.pupils))
                await self.place.until(lambda: not ledger.waiting_updates(bot.database, unconfirmed(self.world)))
                await self.place.bystander_is_answered()
                people = {leader.person, *self.crowd.learners, *(pupil.person.id for pupil in self.pupils)}
                while ledger.waiting_messages(bot.database, people):
                    await self.place.bystander_is_answered()
        except TimeoutError:
            leading.cancel()
            pytest.fail(f"{self.crowd.unfinished()}; {leader.scene()}; the bot said: {bot.said or 'nothing'}")

    def check(self, leader: ClassLeader, file: Path) -> None:
        """Hold what was sent and stored against what must be, of the learners and of the class apart."""
        kept, lesson = ledger.read(file), class_ledger.read(file)
        alone = {row["id"] for row in kept.sessions if row["person_id"] in self.crowd.learners}
        quizzes = replace(
            kept,
            sessions=[row for row in kept.sessions if row["id"] in alone],
            answers=[row for row in kept.answers if row["session_id"] in alone],
            items=[row for row in kept.items if row["person_id"] in self.crowd.learners],
            polls=[row for row in kept.polls if row["session_id"] in alone],
        )
        lesson = replace(
            lesson,
            sessions=[row for row in lesson.sessions if row["id"] not in alone],
            answers=[row for row in lesson.answers if row["session_id"] not in alone],
            polls=[row for row in lesson.polls if row["session_id"] not in alone],
        )
        tell(f"alone: {ledger.figures(quizzes, self.crowd)}")
        tell(f"class: {class_ledger.figures(lesson, self.pupils)}")
        ledger.check_nothing_waits(kept, unconfirmed(self.world))
        ledger.check_store(quizzes, self.crowd, self._trial.questions)
        ledger.check_results(quizzes, self.crowd, self._trial.questions)
        ledger.check_chats(quizzes, self.crowd)
        class_ledger.check_class(lesson, self.pupils, leader)


async def survive(bank: Bank, folder: Path, trial: Trial) -> None:
    """Let a school learn while its bot is killed; hold that nothing is lost or counts twice."""
    dice, began = new_dice(), time.monotonic()
    tell(str(trial))
    school = School(bank, trial, dice)
    async with served(school.world) as server, ended_at_last(bot := BotProcess(folder, server.origin, TOKEN)):
        certain = partial(class_ledger.certain, bot.database, school.world)
        leader = ClassLeader(school.place, school.pupils, trial.rounds, certain)
        numbers = dice.sample(range(1, trial.happenings), trial.kills)
        kills = Kills(bot, school.crowd, school.place, numbers, dice)
        await bot.start()
        await first_of(school.learn(leader, bot), kills.revive())
        await end(bot)
    tell(f"{kills.done} kills, {time.monotonic() - began:.0f} s")
    school.check(leader, bot.database)
    assert kills.done >= trial.kills


async def test_a_small_school_goes_on_through_three_kills(bank: Bank, tmp_path: Path) -> None:
    """A few learners and a small class on one bot lose nothing through three kills, and count nothing twice."""
    await survive(bank, tmp_path, Trial(learners=10, pupils=6, kills=3, patience=60, questions=5, rounds=5))


@pytest.mark.long
async def test_a_school_goes_on_through_two_hundred_kills(bank: Bank, tmp_path: Path) -> None:
    """What holds for a few holds for 200 learners and a class of 100, through 200 kills."""
    await survive(bank, tmp_path, Trial(learners=200, pupils=100, kills=200, patience=1500))
