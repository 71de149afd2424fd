"""People who take a quiz at once: they answer what they see as soon as they see it, and remember what they did.

They know Telegram's chat only, never the bot's insides. Nothing sleeps: every move follows from a change of the world.
"""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from bot.core.prompt import Written
from bot.core.question import Bank, Question
from bot.playground.world import Change, Message, Person, Poll, World

# Written by somebody who has no idea; read as a word, a number or a year, and never right.
NO_IDEA = "1234"
SKIP, RIGHT, TWICE = 0.06, 0.55, 0.2
_RESULT = re.compile(r"🏁 (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class QuestionCopy:
    """One copy of the question of a round, as it appeared in a chat; without a poll it wants an answer in writing."""

    session: int
    round: int
    message_id: int
    poll_id: str
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """What a learner did about one copy; a skip has nothing given.

    Attributes:
        given: the answer in words, options joined by "; " in the order in which the bot sent them.
    """

    copy: QuestionCopy
    given: str
    right: bool

    @property
    def is_skip(self) -> bool:
        """Whether the learner let the question go."""
        return not self.given


@dataclass(slots=True)
class SimulatedLearner:
    """One person, with all that appeared and all that was done.

    Attributes:
        results: every result that was shown, as (right, of).
        asked_again: copies of questions that came after a later question, or after the result, and when each came.
    """

    person: Person
    copies: list[QuestionCopy] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    results: list[tuple[int, int]] = field(default_factory=list)
    asked_again: list[tuple[QuestionCopy, float]] = field(default_factory=list)

    def see(self, copy: QuestionCopy) -> bool:
        """Take note of a question; say whether it is to be answered."""
        if self.results or (self.copies and copy.round < self.copies[-1].round):
            self.asked_again.append((copy, time.monotonic()))
            return False
        self.copies.append(copy)
        return True


class Crowd:
    """Learners in private chats with the bot.

    Args:
        dice: decides who answers what.
        steady: whether everybody answers every copy of a question alike.

    Attributes:
        event_count: how much happened so far: messages of the bot, and deeds of learners.
        on_event: called at each, in the middle of it.
    """

    def __init__(self, world: World, bank: Bank, size: int, dice: Random, *, steady: bool = False) -> None:
        self._world = world
        self._bank = bank
        self._dice = dice
        self._steady = steady
        people = [world.add_person(f"Learner {number}") for number in range(1, size + 1)]
        self.learners = {person.id: SimulatedLearner(person) for person in people}
        self.event_count = 0
        self.on_event: Callable[[int], None] = lambda _count: None
        self._bystander = world.add_person("Bystander")
        self._heard = 0
        self._news = asyncio.Event()
        world.subscribe(self._on_change)

    def __iter__(self) -> Iterator[SimulatedLearner]:
        return iter(self.learners.values())

    def begin(self, questions: int) -> None:
        """Let everybody ask for a quiz."""
        for learner in self:
            self._world.say(learner.person.id, learner.person.id, f"/quiz {questions}")
            self._count()

    @property
    def is_done(self) -> bool:
        """Whether everybody has seen a result."""
        return all(learner.results for learner in self)

    def unfinished(self) -> str:
        """Say how many have no result yet, and what some of them saw and did last."""
        late = [learner for learner in self if not learner.results]
        some = [f"{one.person.first_name} saw {one.copies[-1:]} and did {one.actions[-1:]}" for one in late[:3]]
        return f"{len(late)} of {len(self.learners)} have no result; {'; '.join(some)}"

    async def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so; look whenever the world changed."""
        while not is_so():
            self._news.clear()
            await self._news.wait()

    async def bystander_round_trip(self) -> None:
        """Let somebody who takes no quiz ask for help and get it: a round trip on which to see what else is done."""
        heard, person = self._heard, self._bystander
        self._world.say(person.id, person.id, "/help")
        await self.wait_until(lambda: self._heard > heard)

    def _count(self) -> None:
        self.event_count += 1
        self.on_event(self.event_count)

    def _on_change(self, change: Change) -> None:
        self._news.set()
        if change.what != "sent":
            return
        message = self._world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id != self._world.bot.id:
            return
        if learner := self.learners.get(change.chat_id):
            self._count()
            # The bot's call is not answered yet: the learner is quick, but comes after that.
            asyncio.get_running_loop().call_soon(self._look_at, learner, message)
        else:
            self._heard += 1

    def _look_at(self, learner: SimulatedLearner, message: Message) -> None:
        if result := _RESULT.search(text_of(message)):
            learner.results.append((int(result[1]), int(result[2])))
            self._news.set()
            return
        copy = _copy_of(message)
        if copy is not None and learner.see(copy):
            self._answer(learner, copy, message)

    def _answer(self, learner: SimulatedLearner, copy: QuestionCopy, message: Message) -> None:
        dice = Random(f"{copy.session}:{copy.round}") if self._steady else self._dice  # noqa: S311 - mistakes, no secret
        if dice.random() < SKIP:
            self._world.press(learner.person.id, learner.person.id, message.id, f"skip:{copy.session}:{copy.round}")
            self._note(learner, Action(copy, "", right=False))
        elif copy.poll_id:
            self._vote(learner, copy, dice)
        else:
            self._write(learner, copy, text_of(message), dice)

    def _vote(self, learner: SimulatedLearner, copy: QuestionCopy, dice: Random) -> None:
        poll = self._world.polls[copy.poll_id]
        chosen = _choice(poll, dice)
        self._world.vote(learner.person.id, poll.id, chosen)
        given = "; ".join(poll.options[option].text.text for option in chosen)
        self._note(learner, Action(copy, given, right=tuple(chosen) == poll.correct))

    def _write(self, learner: SimulatedLearner, copy: QuestionCopy, asked: str, dice: Random) -> None:
        solution = self._question(asked).kind.solution()[0]
        text = solution if dice.random() < RIGHT else NO_IDEA
        for _ in range(2 if dice.random() < TWICE else 1):
            self._world.say(learner.person.id, learner.person.id, text)
            self._note(learner, Action(copy, text, right=text == solution))

    def _note(self, learner: SimulatedLearner, deed: Action) -> None:
        learner.actions.append(deed)
        self._count()

    def _question(self, asked: str) -> Question:
        """Find the question whose stem stands in a message."""
        stands_in = [question for question in self._bank.questions if question.stem in asked]
        return max(stands_in, key=lambda question: len(question.stem))


def text_of(message: Message) -> str:
    """Give what a message says."""
    return message.content.text.text if message.content.text else ""


def is_never_right(bank: Bank) -> bool:
    """Say whether somebody without an idea is marked wrong by every question in writing."""
    marks = [question.kind.mark(Written(NO_IDEA)) for question in bank.questions]
    return not any(getattr(mark, "right", False) for mark in marks)


def _copy_of(message: Message) -> QuestionCopy | None:
    """Read a question by the button that skips it; None where the message is none."""
    for row in message.inline_keyboard:
        for button in row:
            name, *words = button.get("callback_data", "").split(":")
            if name == "skip":
                session, round_number = map(int, words)
                return QuestionCopy(session, round_number, message.id, message.content.poll_id or "")
    return None


def _choice(poll: Poll, dice: Random) -> list[int]:
    """Choose the right options, or any others."""
    if dice.random() < RIGHT:
        return list(poll.correct)
    options = range(len(poll.options))
    count = dice.randint(1, len(options)) if poll.allows_multiple_answers else 1
    return sorted(dice.sample(options, count))
