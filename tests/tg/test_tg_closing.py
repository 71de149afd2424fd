"""A round of a class is closed within Telegram's limits: verdicts first, and nobody waits for a poll to be closed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from idle_time import IdleTime
from sending_process import NOW, Post
from strategies import question
from telegram import Bot

from bot.app.commands import ClassPlan, Command, Control, ControlClass, OpenClass, Visitor
from bot.app.dispatch.service import Received
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.question import Bank, Passage, Topic
from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest
from bot.playground.world import World
from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.outbound.rate_limits import RateLimits

TOKEN = "1:class"  # noqa: S105 - good for nothing but this
CLASS, SIZE, RATE = 1, 60, 30
KIND = OneRight("Geneva", (Option("Vienna"), Option("New York")))
BANK = Bank(
    *("A bank", "en", "", ""),
    (Passage("passage", "Passage", "In words. More."),),
    (Topic("bodies", "Bodies"),),
    tuple(question(f"q{number}", kind=KIND) for number in range(3)),
)


@dataclass(frozen=True)
class Called:
    """A call of the Bot API: when, which method, in which chat, and whether it was refused."""

    at: float
    method: str
    chat: int
    refused: bool


class Playground:
    """A Bot API with Telegram's limits and the time of a test."""

    def __init__(self, time: IdleTime) -> None:
        self._time = time
        clock = lambda: NOW + timedelta(seconds=time.moment)  # noqa: E731 - a clock
        self.world = World(clock, Random(1), first_update_id=1)  # noqa: S311 - no secrets here
        api = BotApi(self.world, TOKEN)
        api.flood_limits.is_on = True
        request = PlaygroundRequest(api)
        self._calls = Calls(Bot(TOKEN, request=request, get_updates_request=request))
        self.calls: list[Called] = []

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Call a method, and remember that."""
        at, chat, refused = self._time.moment, parameters.get("chat_id", 0), True
        try:
            result = await self._calls.call(method, parameters)
            refused = False
        finally:
            self.calls.append(Called(at, method, chat, refused))
        return result


class Class:
    """A class over a link, whose bot sends to the playground."""

    def __init__(self, post: Post, playground: Playground, time: IdleTime) -> None:
        self.post = post
        self.playground = playground
        self.time = time
        self._commands: list[Command] = []
        world = playground.world
        self.teacher = world.add_person("Teacher").id
        world.send_text(self.teacher, self.teacher, "/start")
        self.pupils = [world.add_person(f"Pupil {number}").id for number in range(SIZE)]
        for person in self.pupils:
            world.send_text(person, person, "/start")
        self._visitor = Visitor(self.teacher, "Teacher", "en", in_private=True)
        post.service.open("quiz_bot")
        self._tell(OpenClass(self._visitor, plan=ClassPlan(count=2, seconds=0), message_id=1))
        with post.database.transaction() as unit:
            for person in self.pupils:
                unit.persons.add(person, "", "en", NOW).is_private = True
                unit.pupils.add(CLASS, person, f"Pupil {person}", NOW)

    def _tell(self, command: Command) -> None:
        self._commands.append(command)
        number = len(self._commands)
        self.post.service.store_updates([Received(number, f"chat {self.teacher}", str(number))])
        worked = self.post.service.process_batch(lambda body: self._commands[int(body) - 1], 1)
        assert not worked.retry_singly, worked
        self.post.sender.send(worked.outgoing)

    def press(self, number: int, control: Control) -> list[Called]:
        """Press a button as the teacher; return the list that collects all later calls."""
        self.playground.calls = []
        self._tell(ControlClass(self._visitor, session=CLASS, round=number, control=control))
        return self.playground.calls

    async def passes(self, seconds: float) -> None:
        """Move time on, step by step, so that what was sent is noted meanwhile."""
        ends = self.time.moment + seconds
        while self.time.moment < ends:
            await self.time.reach(min(ends, self.time.moment + 0.5))
            await self.noted()

    async def noted(self) -> None:
        """Note what became of messages."""
        while self.post.sender._delivered:
            await self.post.sender._record_some()
            await self.time.rest()


@pytest.fixture
async def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Class]:
    """Return a class in which the first question has come to everybody."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the product has it
    monkeypatch.setattr("sending_process.BANK", BANK)
    time = IdleTime()
    playground = Playground(time)
    post = Post(f"sqlite:///{tmp_path}/bot.sqlite3", 1, playground, time, RateLimits(RATE))  # type: ignore[arg-type]
    one = Class(post, playground, time)
    await one.passes(5)
    calls = one.press(0, Control.START)
    await one.passes(20)
    assert sum(call.method == "sendPoll" for call in calls) == SIZE
    yield one
    await post.end()


def of_pupils(school: Class, calls: list[Called], *methods: str) -> list[Called]:
    """Return the calls of these methods that went to pupils."""
    return [call for call in calls if call.method in methods and call.chat in school.pupils]


def most_a_second(calls: list[Called]) -> int:
    """Return how many of these calls were made in the fullest second."""
    moments = [call.at for call in calls]
    return max(sum(start <= at < start + 1 for at in moments) for start in moments)


async def test_verdicts_come_before_polls_are_closed(school: Class) -> None:
    """Each pupil has the verdict before any poll is closed, as fast as the limit allows; then all are closed, paced."""
    began = school.time.moment
    calls = school.press(1, Control.CLOSE)
    await school.passes(10)
    verdicts, closed = of_pupils(school, calls, "sendMessage"), of_pupils(school, calls, "stopPoll")
    assert [call for call in calls if call.refused] == []
    assert {call.chat for call in verdicts} == {call.chat for call in closed} == set(school.pupils)
    assert max(call.at for call in verdicts) < min(call.at for call in closed)
    assert max(call.at for call in verdicts) - began <= SIZE / RATE * 1.05
    assert most_a_second([*verdicts, *closed]) <= RATE
    polls = list(school.playground.world.polls.values())
    assert all(poll.is_closed for poll in polls)
    assert len(polls) == SIZE


async def test_the_next_question_does_not_wait_for_polls_to_be_closed(school: Class) -> None:
    """A question that is put while polls are being closed goes before them, and all are closed in the end."""
    closing = school.press(1, Control.CLOSE)
    await school.passes(SIZE / RATE + 0.5)
    assert 0 < len(of_pupils(school, closing, "stopPoll")) < SIZE
    began = school.time.moment
    calls = school.press(1, Control.NEXT)
    await school.passes(10)
    asked = of_pupils(school, calls, "sendPoll", "sendMessage")
    assert [call for call in calls if call.refused] == []
    assert {call.chat for call in asked} == set(school.pupils)
    assert max(call.at for call in asked) - began <= len(asked) / RATE * 1.05
    assert len(of_pupils(school, [*closing, *calls], "stopPoll")) == SIZE


async def test_a_discussion_begins_before_polls_are_closed(school: Class) -> None:
    """Everybody is told to talk it over before the first vote's polls are closed."""
    calls = school.press(1, Control.DISCUSS)
    await school.passes(10)
    told, closed = of_pupils(school, calls, "sendMessage"), of_pupils(school, calls, "stopPoll")
    assert [call for call in calls if call.refused] == []
    assert len(told) == len(closed) == SIZE
    assert max(call.at for call in told) < min(call.at for call in closed)


async def test_polls_that_are_still_open_are_closed_after_a_restart(school: Class, tmp_path: Path) -> None:
    """Polls that stand open when the process ends are closed by the next one, and no verdict comes twice."""
    calls = school.press(1, Control.CLOSE)
    await school.passes(SIZE / RATE + 0.5)
    school.post.sender.drop_all()
    await school.noted()
    new = Post(
        f"sqlite:///{tmp_path}/bot.sqlite3",
        2,
        school.playground,
        school.time,
        RateLimits(RATE),  # type: ignore[arg-type]
    )
    await new.sender._claim_some()
    await school.passes(10)
    await new.end()
    assert len(of_pupils(school, calls, "sendMessage")) == SIZE
    assert len({call.chat for call in of_pupils(school, calls, "stopPoll")}) == SIZE


async def test_polls_are_closed_at_the_free_rate_where_messages_are_paid_for() -> None:
    """Only messages can be paid for: however many these may be, thirty polls a second are closed at the most."""
    limits = RateLimits(1000, is_paid=True)
    moments = [limits.claim_closing(0.0) for _ in range(100)]
    assert all(later - first >= 1 - 1e-6 for first, later in zip(moments, moments[30:], strict=False))
    assert RateLimits(1000).claim_closing(0.0) == RateLimits(0, is_paid=True).claim_closing(0.0) == 0.0
