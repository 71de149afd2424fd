"""Simulated pupils of a live class: they answer each question as soon as it appears and record what they did.

They know the chat and the question bank only, never the bot's internals.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from crowd import RIGHT, TWICE, WRONG_TEXT
from outages import ObservedWorld

from bot.core.question import Bank, Question
from bot.playground.errors import ActionRefusedError
from bot.playground.world import Message, Person
from bot.rehearsal.answer_key import AnswerKey, SeenQuestion
from bot.rehearsal.message_reading import nickname_button_data, visible_text

_POLL_PLACE, _TEXT_PLACE = re.compile(r"^(\d+)/\d+\. |^Question (\d+) of \d+:"), re.compile(r"^Question (\d+) of \d+")
_SEATED = re.compile(r"You are in, (.+)!")
_RESULT = re.compile(r"The class is over\.\nRight: (\d+) of (\d+)")
# Texts by which the bot tells a pupil that an answer was not counted.
_REFUSALS = (
    "your vote didn’t reach me",
    "That round is closed already",
    "Your answer is in already",
    "That message came before the question appeared",
    "No question is open just now",
    "Please answer by tapping an option",
    "There is no class with this code now",
)


@dataclass(frozen=True, slots=True)
class QuestionCopy:
    """One copy of a round's question; without a poll it asks for a written answer. ``vote`` is 2 in a second vote."""

    round: int
    vote: int
    message_id: int
    poll_id: str
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """A pupil's answer to one copy, in words; ``message_id`` is the written message, 0 for a vote."""

    person_id: int
    copy: QuestionCopy
    given: str
    right: bool
    message_id: int = 0


@dataclass(slots=True)
class SimulatedPupil:
    """One pupil, with everything that appeared in the chat and everything the pupil did.

    Attributes:
        is_quick: whether the pupil answers at once, before the bot can know that Telegram sent the question.
        waits_for_host: whether the pupil waits for the host in rounds listed in ``SimulatedPupils.held_back``.
        nickname: the one to write; once the pupil is seated, the one that the bot stored.
        takes_offer: whether the pupil presses the button with the offered nickname instead of writing one.
        explained: number of explanations received, by round.
        results: every result that the bot showed, as (right, seen).
        refusals: how often the bot told the pupil that an answer was not counted.
    """

    person: Person
    nickname: str
    is_quick: bool
    waits_for_host: bool
    takes_offer: bool
    seated: bool = False
    copies: list[QuestionCopy] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    explained: Counter[int] = field(default_factory=Counter)
    results: list[tuple[int, int]] = field(default_factory=list)
    refusals: int = 0

    @property
    def newest(self) -> QuestionCopy:
        """The newest copy of the last vote; a late copy of the first vote may come after one of the second."""
        return max(self.copies, key=lambda copy: (copy.round, copy.vote, copy.message_id))

    def actions_in(self, round_number: int) -> list[Action]:
        """Return the pupil's answers in a round."""
        return [action for action in self.actions if action.copy.round == round_number]


class SimulatedPupils:
    """All simulated pupils of one class.

    Attributes:
        held_back: (round, vote) of the questions that pupils who wait for the host do not answer before ``release``.
        questions: the questions that appeared, by round.
    """

    def __init__(self, observed: ObservedWorld, bank: Bank, size: int, rng: Random) -> None:
        self._observed = observed
        self._world = observed.world
        self._reading = AnswerKey(bank)
        self._rng = rng
        self.held_back: set[tuple[int, int]] = set()
        self.questions: dict[int, Question] = {}
        self.pupils = [self._create(number) for number in range(size)]

    def __iter__(self) -> Iterator[SimulatedPupil]:
        return iter(self.pupils)

    def _create(self, number: int) -> SimulatedPupil:
        person = self._world.add_person(f"Pupil {number}")
        habits = {"is_quick": number % 4 > 1, "waits_for_host": number % 3 == 0, "takes_offer": number % 2 == 0}
        pupil = SimulatedPupil(person, f"Nickname {number}", **habits)
        self._observed.observe_chat(person.id, lambda message: self._see(pupil, message))
        return pupil

    def join(self, code: str) -> None:
        """Follow the join link as every pupil."""
        for pupil in self:
            self._world.send_text(pupil.person.id, pupil.person.id, f"/start {code}")

    def release(self, round_number: int, vote: int) -> None:
        """Answer the newest copy as each waiting pupil who sees one."""
        self.held_back.discard((round_number, vote))
        for pupil in self:
            copies = [copy for copy in pupil.copies if (copy.round, copy.vote) == (round_number, vote)]
            if pupil.waits_for_host and copies:
                self._answer(pupil, copies[-1])

    def have_answered(self, round_number: int) -> bool:
        """Return whether all pupils see a round's question, and those who do not wait answered its newest copy."""
        return all(self._has_answered(pupil, round_number) for pupil in self)

    @staticmethod
    def _has_answered(pupil: SimulatedPupil, round_number: int) -> bool:
        if not pupil.copies or pupil.newest.round != round_number:
            return False
        return pupil.waits_for_host or any(action.copy == pupil.newest for action in pupil.actions)

    def _see(self, pupil: SimulatedPupil, message: Message) -> None:
        text = visible_text(message)
        if copy := self._copy_in(message, text):
            pupil.copies.append(copy)
            self._observed.record("question" if copy.vote == 1 else "asked again", copy.round)
            # The bot's call is not answered yet; the pupil reacts right after that.
            asyncio.get_running_loop().call_soon(self._react, pupil, copy)
        elif "Write a nickname" in text:
            self._observed.record("naming", 0)
            asyncio.get_running_loop().call_soon(self._introduce, pupil, message)
        elif found := _RESULT.search(text):
            pupil.results.append((int(found[1]), int(found[2])))
            self._observed.record("result", 0)
        elif round_number := self._explained(text):
            pupil.explained[round_number] += 1
            self._observed.record("explained", round_number)
        elif "Talk it over with the others" in text:
            self._observed.record("discussing", pupil.copies[-1].round)
        else:
            if found := _SEATED.search(text):
                pupil.seated, pupil.nickname = True, found[1]
            pupil.refusals += any(refusal in text for refusal in _REFUSALS)
            if _REFUSALS[0] in text:
                asyncio.get_running_loop().call_soon(self._answer_others, pupil)

    def _copy_in(self, message: Message, text: str) -> QuestionCopy | None:
        poll = self._world.polls.get(message.content.poll_id or "")
        text = poll.question.text if poll else text
        question = self._reading.find_question(text) if poll else self._reading.find_written_question(text)
        found = (_POLL_PLACE if poll else _TEXT_PLACE).search(text)
        if question is None or found is None:
            return None
        number = int(next(filter(None, found.groups())))
        self.questions[number] = question
        note = poll.description.text if poll and poll.description else text
        return QuestionCopy(number, 2 if "second vote" in note else 1, message.id, poll.id if poll else "")

    def _explained(self, text: str) -> int:
        """Return the round whose answer a text explains; 0 for none."""
        return next((number for number, one in self.questions.items() if self._reading.is_explanation(text, one)), 0)

    def _introduce(self, pupil: SimulatedPupil, message: Message) -> None:
        if pupil.seated:
            return
        offer = nickname_button_data(message)
        with suppress(ActionRefusedError):  # the bot has removed the button already
            if pupil.takes_offer and offer:
                self._world.press_button(pupil.person.id, pupil.person.id, message.id, offer)
            else:
                self._world.send_text(pupil.person.id, pupil.person.id, pupil.nickname)

    def _react(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        if pupil.waits_for_host and (copy.round, copy.vote) in self.held_back:
            return
        if pupil.is_quick:
            self._answer(pupil, copy)
        else:
            self._observed.after_round_trip(lambda: self._answer_newest(pupil, copy))

    def _answer_newest(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        """Answer a copy unless a newer one has come, which gets its own answer."""
        if copy == pupil.newest:
            self._answer(pupil, copy)

    def _answer_others(self, pupil: SimulatedPupil) -> None:
        """Answer the other copies after one got lost: with several processes, another may know an earlier copy."""
        newest, answered = pupil.newest, {action.copy for action in pupil.actions}
        for copy in pupil.copies:
            if (copy.round, copy.vote) == (newest.round, newest.vote) and copy not in answered:
                self._answer(pupil, copy)

    def _answer(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        message = self._world.chats[pupil.person.id].messages.get(copy.message_id)
        if message is None:
            return
        with suppress(ActionRefusedError):  # the round has just been closed
            if copy.poll_id:
                self._vote(pupil, copy, message)
            else:
                self._write(pupil, copy)

    def _vote(self, pupil: SimulatedPupil, copy: QuestionCopy, message: Message) -> None:
        poll, question = self._world.polls[copy.poll_id], self.questions[copy.round]
        right = SeenQuestion(message, poll, question, "").right_options()
        chosen = right
        if self._rng.random() >= RIGHT:
            count = self._rng.randint(1, len(poll.options)) if poll.allows_multiple_answers else 1
            chosen = tuple(sorted(self._rng.sample(range(len(poll.options)), count)))
        self._world.vote(pupil.person.id, poll.id, list(chosen))
        given = "; ".join(poll.options[option].text.text for option in chosen)
        self._record(pupil, Action(pupil.person.id, copy, given, chosen == right))

    def _write(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        solution = self.questions[copy.round].kind.solution()[0]
        text = solution if self._rng.random() < RIGHT else WRONG_TEXT
        for _ in range(2 if self._rng.random() < TWICE else 1):
            message = self._world.send_text(pupil.person.id, pupil.person.id, text)
            self._record(pupil, Action(pupil.person.id, copy, text, text == solution, message.id))

    def _record(self, pupil: SimulatedPupil, action: Action) -> None:
        pupil.actions.append(action)
        self._observed.record("action", action.copy.round)
