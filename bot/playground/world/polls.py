"""Polls and Telegram's rules of voting and of who may see what. Knows no chats."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.playground.errors import ActionRefusedError
from bot.playground.world.entities import FormattedText


@dataclass(frozen=True, slots=True)
class PollOption:
    """One option; ``persistent_id`` stays with it for ever."""

    persistent_id: str
    text: FormattedText


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll as one person sees it.

    Attributes:
        chosen: option ids this person voted for; empty before the vote.
        correct: ids of the right options, None while this person may not know them.
        tallies: voters by option, None while this person may not see them.
        explanation: None while this person may not read it.
        can_vote, can_retract: what this person may do now.
    """

    poll: "Poll"
    chosen: tuple[int, ...]
    correct_option_ids: tuple[int, ...] | None
    vote_counts: tuple[int, ...] | None
    explanation: FormattedText | None
    can_vote: bool
    can_retract: bool


@dataclass(slots=True)
class Poll:
    """A poll with its votes. Option ids count from 0 in the order in which the bot sent the options.

    Attributes:
        correct: ids of the right options of a quiz, strictly increasing.
        closes_at: when Telegram closes it by itself; None for never.
        open_period: as passed to sendPoll, in seconds, or None.
        votes: option ids by person id.
        voters_as_chat: ids of the persons who voted as anonymous administrators.
        home: chat and message id where it was sent; ``copies`` the same of each message that it was forwarded to.
    """

    id: str
    question: FormattedText
    options: tuple[PollOption, ...]
    type: Literal["regular", "quiz"] = "regular"
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    allows_revoting: bool = False
    shuffle_options: bool = False
    hide_results_until_closes: bool = False
    correct_option_ids: tuple[int, ...] = ()
    explanation: FormattedText | None = None
    description: FormattedText | None = None
    open_period: int | None = None
    closes_at: datetime | None = None
    is_closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    voters_as_chat: set[int] = field(default_factory=set)
    sent_in: tuple[int, int] = (0, 0)
    copies: list[tuple[int, int]] = field(default_factory=list)

    @property
    def locations(self) -> tuple[tuple[int, int], ...]:
        """Chat and message id of each message that carries the poll."""
        return (self.sent_in, *self.copies)

    @property
    def vote_counts(self) -> tuple[int, ...]:
        """How many people chose each option."""
        counts = [0] * len(self.options)
        for chosen in self.votes.values():
            for option in chosen:
                counts[option] += 1
        return tuple(counts)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the poll is open although its time has run out."""
        return not self.is_closed and self.closes_at is not None and now >= self.closes_at

    def vote(self, person_id: int, option_ids: tuple[int, ...]) -> None:
        """Take a vote. Raises ActRefusedError where a Telegram client would not let it happen."""
        self._refuse_changes(person_id)
        if not option_ids or len(set(option_ids)) != len(option_ids):
            raise ActionRefusedError("a vote names each chosen option once")
        if any(not 0 <= option < len(self.options) for option in option_ids):
            raise ActionRefusedError(f"the poll has options 0 to {len(self.options) - 1}")
        if len(option_ids) > 1 and not self.allows_multiple_answers:
            raise ActionRefusedError("the poll takes one option only")
        self.votes[person_id] = tuple(sorted(option_ids))

    def retract(self, person_id: int) -> None:
        """Take a vote back. Raises ActRefusedError where there is none or where it must stay."""
        if person_id not in self.votes:
            raise ActionRefusedError("there is no vote to take back")
        self._refuse_changes(person_id)
        del self.votes[person_id]

    def view_for(self, person_id: int) -> PollView:
        """Show the poll as a person sees it.

        The right options and the explanation show after the person's vote or the close; tallies likewise, but with
        ``hide_results_until_closes`` only after the close (Bot API, sendPoll).
        """
        chosen = self.votes.get(person_id, ())
        knows = self.is_closed or bool(chosen)
        sees_tallies = self.is_closed or (bool(chosen) and not self.hide_results_until_closes)
        return PollView(
            poll=self,
            chosen=chosen,
            correct_option_ids=self.correct_option_ids if knows and self.type == "quiz" else None,
            vote_counts=self.vote_counts if sees_tallies else None,
            explanation=self.explanation if knows else None,
            can_vote=not self.is_closed and (not chosen or self.allows_revoting),
            can_retract=not self.is_closed and bool(chosen) and self.allows_revoting,
        )

    def _refuse_changes(self, person_id: int) -> None:
        if self.is_closed:
            raise ActionRefusedError("the poll is closed")
        if person_id in self.votes and not self.allows_revoting:
            raise ActionRefusedError("the vote is given and this poll allows no other")
