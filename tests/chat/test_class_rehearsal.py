"""A realistic live class: the rehearsal's pupils come late, disappear, block the bot, chat and answer twice."""

import asyncio
import heapq
from datetime import datetime, timedelta
from itertools import count

import pytest
from bot_in_process import BotInProcess
from sqlalchemy import select

from bot.playground.world import Message
from bot.rehearsal.message_reading import visible_text
from bot.rehearsal.pupil import SimulatedPupil
from bot.rehearsal.rehearsal import Rehearsal
from bot.store.answers import ANSWERS

SIZE = 12
# Five rounds of 30 s, the time to read five explanations, and some for copies that do not arrive.
LONGEST = timedelta(minutes=8)
# Turns of the event loop within which every simulated pupil who does not sleep has acted.
TURNS = 10


class RehearsedClass:
    """A live class of the rehearsal's pupils, opened and started by a teacher. The clock advances second by second."""

    def __init__(self, bot: BotInProcess, seed: int) -> None:
        self.bot = bot
        self.teacher = bot.world.add_person("Tess").id
        self.rehearsal = Rehearsal(bot.world, bot.bank, SIZE, seed, self._sleep)
        self.pupils: list[SimulatedPupil] = [*self.rehearsal.pupils.values()]
        self._asleep: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = count()

    async def _sleep(self, seconds: float) -> None:
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        ends = self.bot.clock.now + timedelta(seconds=seconds)
        heapq.heappush(self._asleep, (ends, next(self._numbers), wake))
        await wake

    async def advance(self, seconds: float) -> None:
        """Advance the clock by at most a second at a time, so that the bot checks deadlines as often as live."""
        ends = self.bot.clock.now + timedelta(seconds=seconds)
        while (now := self.bot.clock.now) < ends:
            next_wake = self._asleep[0][0] if self._asleep else ends
            await self.bot.advance(seconds=(min(now + timedelta(seconds=1), next_wake, ends) - now).total_seconds())
            while self._asleep and self._asleep[0][0] <= self.bot.clock.now:
                heapq.heappop(self._asleep)[2].set_result(None)
            for _ in range(TURNS):
                await asyncio.sleep(0)
            await self.bot.wait_until_idle()

    async def press(self, name: str) -> None:
        """Press the teacher's newest button whose callback data starts with ``name``."""
        buttons = [
            (message, button["callback_data"])
            for message in self.messages()
            for row in message.inline_keyboard
            for button in row
        ]
        message, data = next((message, data) for message, data in reversed(buttons) if data.startswith(name))
        self.bot.world.press_button(self.teacher, self.teacher, message.id, data)
        await self.bot.wait_until_idle()

    def messages(self) -> list[Message]:
        """Return all messages in the teacher's chat."""
        return list(self.bot.world.chats[self.teacher].messages.values())

    def is_over(self) -> bool:
        """Return whether the teacher's class has ended."""
        with self.bot.database.transaction() as unit:
            return not unit.live_classes.hosted_by(self.teacher)

    def first_answers(self) -> dict[tuple[int, str], bool]:
        """Return whether the first accepted answer of each pupil to each question was right."""
        first: dict[tuple[int, str], bool] = {}
        for pupil in self.pupils:
            for answer in pupil.answers:
                if answer.in_time and answer.asked.question:
                    first.setdefault((pupil.person.id, answer.asked.question.id), answer.right)
        return first

    def count_joins(self, pupil: SimulatedPupil) -> int:
        """Count how often a pupil followed the join link."""
        return sum(
            visible_text(one).startswith("/start") for one in self.bot.world.chats[pupil.person.id].messages.values()
        )

    async def run_to_its_end(self) -> None:
        """Open a class of five questions, start it when most pupils are seated, and wait until it ends by itself."""
        self.bot.world.send_text(self.teacher, self.teacher, "/class")
        await self.bot.wait_until_idle()
        await self.press("cset::5:")
        await self.press("copen:")
        await self.advance(30)
        await self.press("ctl:start")
        began = self.bot.clock.now
        while not self.is_over():
            assert self.bot.clock.now - began < LONGEST
            await self.advance(10)


@pytest.mark.parametrize("seed", [1, 2])
async def test_an_ordinary_class_comes_to_its_end(bot: BotInProcess, seed: int) -> None:
    """A class of varied pupils goes through all five rounds, and exactly the answers given in time are stored."""
    live = RehearsedClass(bot, seed)
    rehearsal = asyncio.create_task(live.rehearsal.run())
    await asyncio.sleep(0)
    await live.run_to_its_end()
    assert not rehearsal.done()
    rehearsal.cancel()
    await asyncio.wait([rehearsal])

    rows = bot.rows(select(ANSWERS.c.person_id, ANSWERS.c.question_id, ANSWERS.c.right))
    assert {(row.person_id, row.question_id): row.right for row in rows} == live.first_answers()
    assert len({row.question_id for row in rows}) == 5
    summary = "\n".join(map(visible_text, live.messages()))
    here = [
        pupil
        for pupil in live.pupils
        if pupil.has_joined and bot.world.chats[pupil.person.id].has_member(bot.world.bot.id)
    ]
    assert len(here) > SIZE / 2
    assert all(pupil.nickname in summary for pupil in here)
    assert any(live.count_joins(pupil) > 1 for pupil in here)
