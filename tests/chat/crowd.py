"""Simulated learners who take a quiz at the same time and answer each question as soon as it appears.

They know the chat only, never the bot's internals. They do not sleep: each action follows a change in the playground.
"""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from bot.core.prompt import Written
from bot.core.question import Bank, Question
from bot.playground.world import Message, Person, Poll, World, WorldEvent

# A wrong written answer for every question: it can be read as a word, a number or a year.
WRONG_TEXT = "1234"
# How likely a learner skips a question, answers it right, and sends a written answer twice.
SKIP, RIGHT, TWICE = 0.06, 0.55, 0.2
_RESULT = re.compile(r"🏁 (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class QuestionCopy:
    """One copy of a round's question as it appeared in a chat; without a poll it asks for a written answer."""

    session: int
    round: int
    message_id: int
    poll_id: str
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """A learner's answer to one copy of a question, or its skip.

    Attributes:
        given: the answer in words, options joined by "; " in the order in which the bot sent them; empty for a skip.
    """

    copy: QuestionCopy
    given: str
    right: bool

    @property
    def is_skip(self) -> bool:
        """Whether the learner skipped the question."""
        return not self.given


@dataclass(slots=True)
class SimulatedLearner:
    """One learner, with everything that appeared in the chat and everything the learner did.

    Attributes:
        results: every result that the bot showed, as (right answers, questions).
        asked_again: copies that came after a later question or after the result, and when each came.
    """

    person: Person
    copies: list[QuestionCopy] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    results: list[tuple[int, int]] = field(default_factory=list)
    asked_again: list[tuple[QuestionCopy, float]] = field(default_factory=list)

    def see(self, copy: QuestionCopy) -> bool:
        """Record a question; return whether the learner answers it."""
        if self.results or (self.copies and copy.round < self.copies[-1].round):
            self.asked_again.append((copy, time.monotonic()))
            return False
        self.copies.append(copy)
        return True


class Crowd:
    """Simulated learners in private chats with the bot.

    Args:
        rng: decides the answers.
        steady: whether each round gets the same answer for every copy of its question and from every process.

    Attributes:
        event_count: number of messages from the bot and actions of learners so far.
        on_event: called at each of them with that number, before the bot's call is answered.
    """

    def __init__(self, world: World, bank: Bank, size: int, rng: Random, *, steady: bool = False) -> None:
        self._world = world
        self._bank = bank
        self._rng = rng
        self._steady = steady
        people = [world.add_person(f"Learner {number}") for number in range(1, size + 1)]
        self.learners = {person.id: SimulatedLearner(person) for person in people}
        self.event_count = 0
        self.on_event: Callable[[int], None] = lambda _count: None
        self._bystander = world.add_person("Bystander")
        self._bystander_replies = 0
        self._news = asyncio.Event()
        world.subscribe(self._on_change)

    def __iter__(self) -> Iterator[SimulatedLearner]:
        return iter(self.learners.values())

    def start_quizzes(self, questions: int) -> None:
        """Send /quiz from every learner."""
        for learner in self:
            self._world.send_text(learner.person.id, learner.person.id, f"/quiz {questions}")
            self._count()

    @property
    def is_done(self) -> bool:
        """Whether every learner has seen a result."""
        return all(learner.results for learner in self)

    def unfinished(self) -> str:
        """Describe how many learners have no result yet, and what three of them saw and did last."""
        late = [learner for learner in self if not learner.results]
        some = [f"{one.person.first_name} saw {one.copies[-1:]} and did {one.actions[-1:]}" for one in late[:3]]
        return f"{len(late)} of {len(self.learners)} have no result; {'; '.join(some)}"

    async def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until a condition is true; check it after every change in the playground."""
        while not is_so():
            self._news.clear()
            await self._news.wait()

    async def bystander_round_trip(self) -> None:
        """Send /help from a person without a quiz and wait for the reply, so that callers wait one round trip."""
        replies, person = self._bystander_replies, self._bystander
        self._world.send_text(person.id, person.id, "/help")
        await self.wait_until(lambda: self._bystander_replies > replies)

    def _count(self) -> None:
        self.event_count += 1
        self.on_event(self.event_count)

    def _on_change(self, change: WorldEvent) -> None:
        self._news.set()
        if change.kind != "sent":
            return
        message = self._world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id != self._world.bot.id:
            return
        if learner := self.learners.get(change.chat_id):
            self._count()
            # The bot's call is not answered yet; the learner reacts right after that.
            asyncio.get_running_loop().call_soon(self._react, learner, message)
        else:
            self._bystander_replies += 1

    def _react(self, learner: SimulatedLearner, message: Message) -> None:
        if result := _RESULT.search(text_of(message)):
            learner.results.append((int(result[1]), int(result[2])))
            self._news.set()
            return
        copy = _copy_of(message)
        if copy is not None and learner.see(copy):
            self._answer(learner, copy, message)

    def _answer(self, learner: SimulatedLearner, copy: QuestionCopy, message: Message) -> None:
        rng = Random(f"{copy.session}:{copy.round}") if self._steady else self._rng  # noqa: S311 - mistakes, no secret
        if rng.random() < SKIP:
            self._world.press_button(
                learner.person.id, learner.person.id, message.id, f"skip:{copy.session}:{copy.round}"
            )
            self._record(learner, Action(copy, "", right=False))
        elif copy.poll_id:
            self._vote(learner, copy, rng)
        else:
            self._write(learner, copy, text_of(message), rng)

    def _vote(self, learner: SimulatedLearner, copy: QuestionCopy, rng: Random) -> None:
        poll = self._world.polls[copy.poll_id]
        chosen = _choice(poll, rng)
        self._world.vote(learner.person.id, poll.id, chosen)
        given = "; ".join(poll.options[option].text.text for option in chosen)
        self._record(learner, Action(copy, given, right=tuple(chosen) == poll.correct_option_ids))

    def _write(self, learner: SimulatedLearner, copy: QuestionCopy, asked: str, rng: Random) -> None:
        solution = self._question(asked).kind.solution()[0]
        text = solution if rng.random() < RIGHT else WRONG_TEXT
        for _ in range(2 if rng.random() < TWICE else 1):
            self._world.send_text(learner.person.id, learner.person.id, text)
            self._record(learner, Action(copy, text, right=text == solution))

    def _record(self, learner: SimulatedLearner, action: Action) -> None:
        learner.actions.append(action)
        self._count()

    def _question(self, asked: str) -> Question:
        """Find the question whose stem is part of a message."""
        found = [question for question in self._bank.questions if question.stem in asked]
        return max(found, key=lambda question: len(question.stem))


def text_of(message: Message) -> str:
    """Return the text of a message; empty for a poll."""
    return message.content.text.text if message.content.text else ""


def is_never_right(bank: Bank) -> bool:
    """Return whether ``WRONG_TEXT`` is wrong for every question that asks for a written answer."""
    marks = [question.kind.mark(Written(WRONG_TEXT)) for question in bank.questions]
    return not any(getattr(mark, "right", False) for mark in marks)


def _copy_of(message: Message) -> QuestionCopy | None:
    """Recognize a question by its skip button; None for any other message."""
    for row in message.inline_keyboard:
        for button in row:
            name, *words = button.get("callback_data", "").split(":")
            if name == "skip":
                session, round_number = map(int, words)
                return QuestionCopy(session, round_number, message.id, message.content.poll_id or "")
    return None


def _choice(poll: Poll, rng: Random) -> list[int]:
    """Choose the right options, or random ones."""
    if rng.random() < RIGHT:
        return list(poll.correct_option_ids)
    options = range(len(poll.options))
    count = rng.randint(1, len(options)) if poll.allows_multiple_answers else 1
    return sorted(rng.sample(options, count))
