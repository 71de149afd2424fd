"""A school in one playground world: learners in solo quizzes, and a live class beside them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from typing import Protocol

import class_checks
import crowd_checks
import pytest
from crowd import Crowd
from outages import ObservedWorld
from repeated_questions import Interruptions
from served_world import new_world, report, unconfirmed_updates
from simulated_host import SimulatedHost
from simulated_pupils import SimulatedPupils
from stored_rows import DatabaseAddress, select

from bot.core.question import Bank


class Running(Protocol):
    """The bot that serves the school: one process or a cluster."""

    @property
    def database(self) -> DatabaseAddress:
        """The URL of its database."""

    @property
    def log_text(self) -> str:
        """Its standard error so far."""


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """Sizes of one test: solo learners, pupils of the class, questions, rounds, kills; and its limit in seconds."""

    learners: int
    pupils: int
    kills: int
    limit: float
    questions: int = 20
    rounds: int = 10

    @property
    def event_count(self) -> int:
        """About two thirds of the test's events; faults are spread over these."""
        return self.learners * self.questions + 2 * self.pupils * self.rounds


class School:
    """Learners and a class in one world."""

    def __init__(self, bank: Bank, plan: SchoolPlan, rng: Random) -> None:
        self.world = new_world()
        self._plan = plan
        self.crowd = Crowd(self.world, bank, plan.learners, rng)
        self.observed = ObservedWorld(self.world)
        self.pupils = SimulatedPupils(self.observed, bank, plan.pupils, rng)

    async def run(self, leader: SimulatedHost, bot: Running) -> None:
        """Run all quizzes and the class; wait until every update is handled and every message is sent."""
        leading = asyncio.create_task(leader.lead())
        try:
            async with asyncio.timeout(self._plan.limit):
                # The learners begin with the first round, so that kills hit the class too.
                await self.observed.wait_until(lambda: leader.scene().phase == "asking")
                self.crowd.start_quizzes(self._plan.questions)
                await leading
                await self.observed.wait_until(
                    lambda: self.crowd.is_done and all(pupil.results for pupil in self.pupils)
                )
                await self.observed.wait_until(
                    lambda: not crowd_checks.waiting_updates(bot.database, unconfirmed_updates(self.world))
                )
                await self.observed.bystander_round_trip()
                people = {leader.person, *self.crowd.learners, *(pupil.person.id for pupil in self.pupils)}
                while crowd_checks.waiting_messages(bot.database, people):
                    await self.observed.bystander_round_trip()
        except TimeoutError:
            leading.cancel()
            pytest.fail(f"{self._unfinished(leader, bot)}; standard error of the bot: {bot.log_text or 'empty'}")

    def _unfinished(self, leader: SimulatedHost, bot: Running) -> str:
        """Describe what is not finished."""
        out = [pupil.nickname for pupil in self.pupils if not pupil.seated]
        updates = crowd_checks.waiting_updates(bot.database, unconfirmed_updates(self.world))
        messages = select(bot.database, "SELECT id, chat_id, kind, claimed_by FROM outbox ORDER BY id LIMIT 20")
        return (
            f"{self.crowd.unfinished()}; {leader.scene()}; without a seat: {out}; {len(updates)} updates wait, such as "
            f"{sorted(updates)[:10]}; messages: {[tuple(row.values()) for row in messages]}"
        )

    def check(
        self,
        leader: SimulatedHost,
        address: DatabaseAddress,
        interruptions: Interruptions,
        *,
        several_processes: bool = False,
        resumed_at: Collection[float] = (),
    ) -> None:
        """Check the sent messages and the stored rows, separately for the learners and for the class.

        ``several_processes`` as in ``crowd_checks.check_store``; ``resumed_at`` as in ``crowd_checks.check_chats``.
        """
        kept, lesson = crowd_checks.read(address), class_checks.read(address)
        alone = {row["id"] for row in kept.sessions if row["person_id"] in self.crowd.learners}
        quizzes = replace(
            kept,
            sessions=[row for row in kept.sessions if row["id"] in alone],
            answers=[row for row in kept.answers if row["session_id"] in alone],
            question_progress=[row for row in kept.question_progress if row["person_id"] in self.crowd.learners],
            polls=[row for row in kept.polls if row["session_id"] in alone],
        )
        lesson = replace(
            lesson,
            sessions=[row for row in lesson.sessions if row["id"] not in alone],
            answers=[row for row in lesson.answers if row["session_id"] not in alone],
            polls=[row for row in lesson.polls if row["session_id"] not in alone],
        )
        report(f"alone: {crowd_checks.summary(quizzes, self.crowd)}")
        report(f"class: {class_checks.summary(lesson, self.pupils)}")
        crowd_checks.check_nothing_waits(kept, unconfirmed_updates(self.world))
        crowd_checks.check_store(quizzes, self.crowd, self._plan.questions, several_processes=several_processes)
        crowd_checks.check_results(quizzes, self.crowd, self._plan.questions)
        crowd_checks.check_chats(
            quizzes, self.crowd, interruptions, several_processes=several_processes, resumed_at=resumed_at
        )
        class_checks.check_class(lesson, self.pupils, leader, interruptions, several_processes=several_processes)
