"""Pupils of a class over a link: they answer what they see as soon as they see it, and remember what they did.

They know the chat and the reading only, never the bot's insides.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from crowd import NO_IDEA, RIGHT, TWICE
from outages import ObservedWorld

from bot.core.question import Bank, Question
from bot.playground.errors import ActRefusedError
from bot.playground.world import Message, Person
from bot.rehearsal.answer_key import Asked, Reading
from bot.rehearsal.message_reading import nickname_offer, words_of

_POLL_PLACE, _TEXT_PLACE = re.compile(r"^(\d+)/\d+\. |^Question (\d+) of \d+:"), re.compile(r"^Question (\d+) of \d+")
_SEATED = re.compile(r"You are in, (.+)!")
_RESULT = re.compile(r"The class is over\.\nRight: (\d+) of (\d+)")
# How somebody hears that what they gave was not counted; which it was is for stories to tell.
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
    """One copy of a round's question; without a poll it wants an answer in writing. ``vote`` is 2 when asked again."""

    round: int
    vote: int
    message_id: int
    poll_id: str
    at: float = field(default_factory=time.monotonic, compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """What a person gave about one copy, in words; ``message_id`` is what was written, 0 for a vote."""

    person_id: int
    copy: QuestionCopy
    given: str
    right: bool
    message_id: int = 0


@dataclass(slots=True)
class SimulatedPupil:
    """One pupil, with all that appeared and all that was done.

    Attributes:
        is_quick: whether this one answers at once, before the bot can know that the question is there.
        waits: whether this one lets others answer first, in rounds where that is asked for.
        nickname: the one to be written; once the pupil is seated, the one that the bot says.
        takes_offer: whether the nickname that is offered is taken by its button.
        explained: how often each round was explained.
        results: every result that was shown, as (right, seen).
        refusals: how often this pupil was told that something was not counted.
    """

    person: Person
    nickname: str
    is_quick: bool
    waits: bool
    takes_offer: bool
    seated: bool = False
    copies: list[QuestionCopy] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    explained: Counter[int] = field(default_factory=Counter)
    results: list[tuple[int, int]] = field(default_factory=list)
    refusals: int = 0

    @property
    def newest(self) -> QuestionCopy:
        """The newest copy of what was asked last: one of the first vote may come after one of the second."""
        return max(self.copies, key=lambda copy: (copy.round, copy.vote, copy.message_id))

    def actions_in(self, round_number: int) -> list[Action]:
        """Give what was done about a round."""
        return [deed for deed in self.actions if deed.copy.round == round_number]


class SimulatedPupils:
    """All pupils of one class.

    Attributes:
        patience: (round, vote) of the questions that those who wait do not answer before they are let.
        asked: the questions that appeared, by round.
    """

    def __init__(self, observed: ObservedWorld, bank: Bank, size: int, dice: Random) -> None:
        self._observed = observed
        self._world = observed.world
        self._reading = Reading(bank)
        self._dice = dice
        self.patience: set[tuple[int, int]] = set()
        self.asked: dict[int, Question] = {}
        self.everybody = [self._enrol(number) for number in range(size)]

    def __iter__(self) -> Iterator[SimulatedPupil]:
        return iter(self.everybody)

    def _enrol(self, number: int) -> SimulatedPupil:
        person = self._world.add_person(f"Pupil {number}")
        habits = {"is_quick": number % 4 > 1, "waits": number % 3 == 0, "takes_offer": number % 2 == 0}
        pupil = SimulatedPupil(person, f"Nickname {number}", **habits)
        self._observed.observe_chat(person.id, lambda message: self._see(pupil, message))
        return pupil

    def join(self, code: str) -> None:
        """Let everybody follow the link."""
        for pupil in self:
            self._world.say(pupil.person.id, pupil.person.id, f"/start {code}")

    def let_answer(self, round_number: int, vote: int) -> None:
        """Let those who wait answer the newest copy that they see."""
        self.patience.discard((round_number, vote))
        for pupil in self:
            copies = [copy for copy in pupil.copies if (copy.round, copy.vote) == (round_number, vote)]
            if pupil.waits and copies:
                self._answer(pupil, copies[-1])

    def have_answered(self, round_number: int) -> bool:
        """Say whether everybody sees the question of a round, and whoever does not wait answered its newest copy."""
        return all(self._is_through(pupil, round_number) for pupil in self)

    @staticmethod
    def _is_through(pupil: SimulatedPupil, round_number: int) -> bool:
        if not pupil.copies or pupil.newest.round != round_number:
            return False
        return pupil.waits or any(deed.copy == pupil.newest for deed in pupil.actions)

    def _see(self, pupil: SimulatedPupil, message: Message) -> None:
        text = words_of(message)
        if copy := self._copy_in(message, text):
            pupil.copies.append(copy)
            self._observed.record("question" if copy.vote == 1 else "asked again", copy.round)
            # The bot's call is not answered yet: people are quick, but come after that.
            asyncio.get_running_loop().call_soon(self._meet, pupil, copy)
        elif "Write a nickname" in text:
            self._observed.record("naming", 0)
            asyncio.get_running_loop().call_soon(self._introduce, pupil, message)
        elif found := _RESULT.search(text):
            pupil.results.append((int(found[1]), int(found[2])))
            self._observed.record("result", 0)
        elif round_number := self._explained(text):
            pupil.explained[round_number] += 1
            self._observed.record("explained", round_number)
        elif "BotInProcess it over with the others" in text:
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
        question = self._reading.question_in(text) if poll else self._reading.written_in(text)
        found = (_POLL_PLACE if poll else _TEXT_PLACE).search(text)
        if question is None or found is None:
            return None
        number = int(next(filter(None, found.groups())))
        self.asked[number] = question
        note = poll.description.text if poll and poll.description else text
        return QuestionCopy(number, 2 if "second vote" in note else 1, message.id, poll.id if poll else "")

    def _explained(self, text: str) -> int:
        """Give the round that a text explains; 0 for none."""
        return next((number for number, one in self.asked.items() if self._reading.explains(text, one)), 0)

    def _introduce(self, pupil: SimulatedPupil, message: Message) -> None:
        if pupil.seated:
            return
        offer = nickname_offer(message)
        with suppress(ActRefusedError):  # the bot has taken the button off already
            if pupil.takes_offer and offer:
                self._world.press(pupil.person.id, pupil.person.id, message.id, offer)
            else:
                self._world.say(pupil.person.id, pupil.person.id, pupil.nickname)

    def _meet(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        if pupil.waits and (copy.round, copy.vote) in self.patience:
            return
        if pupil.is_quick:
            self._answer(pupil, copy)
        else:
            self._observed.after_round_trip(lambda: self._answer_newest(pupil, copy))

    def _answer_newest(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        """Answer a copy, unless another has come since, which is met by itself."""
        if copy == pupil.newest:
            self._answer(pupil, copy)

    def _answer_others(self, pupil: SimulatedPupil) -> None:
        """Answer, where a copy got lost, those that did not: of several processes one may know an earlier copy."""
        newest, answered = pupil.newest, {deed.copy for deed in pupil.actions}
        for copy in pupil.copies:
            if (copy.round, copy.vote) == (newest.round, newest.vote) and copy not in answered:
                self._answer(pupil, copy)

    def _answer(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        message = self._world.chats[pupil.person.id].messages.get(copy.message_id)
        if message is None:
            return
        with suppress(ActRefusedError):  # the round has just been closed
            if copy.poll_id:
                self._vote(pupil, copy, message)
            else:
                self._write(pupil, copy)

    def _vote(self, pupil: SimulatedPupil, copy: QuestionCopy, message: Message) -> None:
        poll, question = self._world.polls[copy.poll_id], self.asked[copy.round]
        right = Asked(message, poll, question, "").right_options()
        chosen = right
        if self._dice.random() >= RIGHT:
            count = self._dice.randint(1, len(poll.options)) if poll.allows_multiple_answers else 1
            chosen = tuple(sorted(self._dice.sample(range(len(poll.options)), count)))
        self._world.vote(pupil.person.id, poll.id, list(chosen))
        given = "; ".join(poll.options[option].text.text for option in chosen)
        self._note(pupil, Action(pupil.person.id, copy, given, chosen == right))

    def _write(self, pupil: SimulatedPupil, copy: QuestionCopy) -> None:
        solution = self.asked[copy.round].kind.solution()[0]
        text = solution if self._dice.random() < RIGHT else NO_IDEA
        for _ in range(2 if self._dice.random() < TWICE else 1):
            message = self._world.say(pupil.person.id, pupil.person.id, text)
            self._note(pupil, Action(pupil.person.id, copy, text, text == solution, message.id))

    def _note(self, pupil: SimulatedPupil, deed: Action) -> None:
        pupil.actions.append(deed)
        self._observed.record("deed", deed.copy.round)
