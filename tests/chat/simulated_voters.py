"""Simulated members of a group with a live quiz: a teacher who leads it by its buttons, and voters.

They use the chat and the reading text only, never the bot's insides.
"""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from crowd import RIGHT
from outages import ObservedWorld

from bot.core.question import Bank
from bot.playground.errors import ActionRefusedError
from bot.playground.world import Message, Poll
from bot.rehearsal.answer_key import AnswerKey, SeenQuestion
from bot.rehearsal.message_reading import visible_text

_ROUND = re.compile(r"^(\d+)/\d+\. |^Question (\d+) of \d+:")
_ROUND_RESULT = re.compile(r"^(\d+)/\d+\. (?:Right answers: (\d+) of (\d+)|Nobody answered)")
_PRIVATE_RESULT = re.compile(r"is over\.\nRight: (\d+) of (\d+)")
_VOTE_LOST = "your vote didn’t reach me"


@dataclass(frozen=True, slots=True)
class PollCopy:
    """One poll of a round, in its first or second vote."""

    round: int
    vote: int
    message_id: int
    poll_id: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote, as the texts of the chosen options."""

    copy: PollCopy
    given: str
    right: bool


@dataclass(slots=True)
class SimulatedVoter:
    """A member of the group who votes.

    Attributes:
        is_private: whether the voter has a private chat with the bot.
        is_quick: whether the voter votes at once, before the bot can know that its poll was sent.
        skips_first_vote: whether the voter skips the first vote of a round with a discussion.
        results: every result shown in private, as (right, seen).
        lost_vote_notices: how often the bot wrote that a vote did not reach it.
        got_message: whether the bot ever wrote in private.
    """

    id: int
    is_private: bool
    is_quick: bool
    skips_first_vote: bool
    ballots: list[Ballot] = field(default_factory=list)
    results: list[tuple[int, int]] = field(default_factory=list)
    lost_vote_notices: int = 0
    got_message: bool = False


class SimulatedVoters:
    """A group. The second of every three rounds has a discussion.

    Args:
        known: returns the ids of the polls that the bot has stored.

    Attributes:
        copies: all polls that appeared, in order.
        open_before: for each of them, the other polls that were open when it appeared.
        results: each result shown in the group, as (right, answered), by round.
        certain: the votes that must count: those cast in known polls before a button closed them.
    """

    def __init__(
        self, observed: ObservedWorld, bank: Bank, size: int, rng: Random, known: Callable[[], set[str]]
    ) -> None:
        self._observed = observed
        self._world = observed.world
        self._answer_key = AnswerKey(bank)
        self._rng = rng
        self._known = known
        self.rounds = 0
        self.teacher = self._world.add_person("Mr Lee").id
        self.everybody = [self._add_voter(number) for number in range(size)]
        self.id = self._world.create_group("9B", [self.teacher, *(voter.id for voter in self.everybody)]).id
        self.copies: list[PollCopy] = []
        self.open_before: dict[str, set[str]] = {}
        self.results: dict[int, list[tuple[int, int]]] = {}
        self.certain: list[tuple[int, Ballot]] = []
        self.is_over = False
        self._vote = 1
        observed.observe_chat(self.id, self._read_group)

    def _add_voter(self, number: int) -> SimulatedVoter:
        person = self._world.add_person(f"Voter {number}").id
        voter = SimulatedVoter(
            person, is_private=number % 2 == 0, is_quick=number % 4 > 1, skips_first_vote=number % 3 == 0
        )
        self._observed.observe_chat(person, lambda message: self._read_private(voter, message))
        return voter

    async def play(self, rounds: int) -> None:
        """Start a quiz in the group and lead it to its end."""
        self.rounds = rounds
        for voter in self.everybody:
            if voter.is_private:
                self._world.send_text(voter.id, voter.id, "/start")
        await self._observed.wait_until(lambda: all(voter.got_message for voter in self.everybody if voter.is_private))
        self._world.send_text(self.teacher, self.id, f"/quiz {self.rounds}")
        await self._press(f"gset::{self.rounds}:0:0")
        await self._press(f"ggo::{self.rounds}:0:0")
        self._observed.record("start", 0)
        for number in range(1, self.rounds + 1):
            await self._ask(number)
            await self._observed.wait_until(lambda number=number: number in self.results)
            await self._press(f"ctl:next:1:{number}")
        await self._observed.wait_until(lambda: self.is_over)

    async def _ask(self, number: int) -> None:
        """Run one round: one or two votes, then the right answer."""
        self._vote = 1
        await self._collect_votes(number)
        if number % 3 == 2:
            await self._close(number, "discuss")
            await self._press(f"ctl:next:1:{number}")
            self._vote = 2
            await self._collect_votes(number)
        await self._close(number, "close")

    async def _collect_votes(self, number: int) -> None:
        """Wait until the bot has stored its poll, then vote as everybody who is not quick."""
        await self._observed.wait_until(lambda: self._newest() == (number, self._vote))
        while self.copies[-1].poll_id not in self._known():
            await self._observed.bystander_round_trip()
        copy = self.copies[-1]
        for voter in self.everybody:
            if not voter.is_quick and not self._skips_vote(voter, copy):
                asyncio.get_running_loop().call_soon(self._cast, voter, copy)
        await self._observed.wait_until(self._all_voted)

    def _newest(self) -> tuple[int, int]:
        """Return the round and the vote of the newest poll; zeros if there is none."""
        return (self.copies[-1].round, self.copies[-1].vote) if self.copies else (0, 0)

    async def _close(self, number: int, button: str) -> None:
        """Close a vote by a button; the votes so far in a poll that the bot knows must count."""
        known = self._known()
        self.certain += [
            (voter.id, ballot)
            for voter in self.everybody
            for ballot in voter.ballots
            if ballot.copy.poll_id in known and (ballot.copy.round, ballot.copy.vote) == (number, self._vote)
        ]
        await self._press(f"ctl:{button}:1:{number}")

    def _all_voted(self) -> bool:
        """Return whether everybody who takes part in this vote has voted in the newest poll."""
        return all(
            self._skips_vote(voter, self.copies[-1]) or (voter.ballots and voter.ballots[-1].copy == self.copies[-1])
            for voter in self.everybody
        )

    @staticmethod
    def _skips_vote(voter: SimulatedVoter, copy: PollCopy) -> bool:
        return voter.skips_first_vote and copy.vote == 1 and copy.round % 3 == 2

    async def _press(self, data: str) -> None:
        """Press the newest button with this data, as soon as there is one."""
        await self._observed.wait_until(lambda: self._button(data) is not None)
        message = self._button(data)
        assert message is not None
        self._world.press_button(self.teacher, self.id, message.id, data)

    def _button(self, data: str) -> Message | None:
        for message in reversed(self._world.chats[self.id].messages.values()):
            if any(button.get("callback_data") == data for row in message.inline_keyboard for button in row):
                return message
        return None

    def _read_group(self, message: Message) -> None:
        text = visible_text(message)
        if poll := self._world.polls.get(message.content.poll_id or ""):
            self._read_poll(message, poll)
        elif found := _ROUND_RESULT.search(text):
            self.results.setdefault(int(found[1]), []).append((int(found[2] or 0), int(found[3] or 0)))
            self._observed.record("explained", int(found[1]))
        elif "Talk it over" in text:
            self._observed.record("discussing", self.copies[-1].round)
        elif "The quiz is over" in text:
            self.is_over = True
            self._observed.record("result", 0)

    def _read_poll(self, message: Message, poll: Poll) -> None:
        found = _ROUND.search(poll.question.text)
        assert found is not None, poll.question.text
        copy = PollCopy(int(next(filter(None, found.groups()))), self._vote, message.id, poll.id)
        self.open_before[poll.id] = self.open_polls() - {poll.id}
        self.copies.append(copy)
        self._observed.record("question" if self._vote == 1 else "asked again", copy.round)
        for voter in self.everybody:
            if voter.is_quick and not self._skips_vote(voter, copy):
                asyncio.get_running_loop().call_soon(self._cast, voter, copy)

    def open_polls(self) -> set[str]:
        """Return the ids of the polls in the group that accept votes."""
        polls = {message.content.poll_id for message in self._world.chats[self.id].messages.values()}
        return {poll_id for poll_id in polls if poll_id and not self._world.polls[poll_id].is_closed}

    def _cast(self, voter: SimulatedVoter, copy: PollCopy) -> None:
        poll = self._world.polls[copy.poll_id]
        message = self._world.chats[self.id].messages.get(copy.message_id)
        if message is None:
            return
        question = self._answer_key.find_question(poll.question.text)
        right = SeenQuestion(message, poll, question, "").right_options()
        count = self._rng.randint(1, len(poll.options)) if poll.allows_multiple_answers else 1
        wrong = tuple(sorted(self._rng.sample(range(len(poll.options)), count)))
        chosen = right if self._rng.random() < RIGHT else wrong
        with suppress(ActionRefusedError):  # the poll may just have been closed or deleted
            self._world.vote(voter.id, poll.id, list(chosen))
            given = "; ".join(poll.options[option].text.text for option in chosen)
            voter.ballots.append(Ballot(copy, given, chosen == right))
            self._observed.record("action", copy.round)

    @staticmethod
    def _read_private(voter: SimulatedVoter, message: Message) -> None:
        text = visible_text(message)
        voter.got_message = True
        voter.lost_vote_notices += _VOTE_LOST in text
        if found := _PRIVATE_RESULT.search(text):
            voter.results.append((int(found[1]), int(found[2])))
