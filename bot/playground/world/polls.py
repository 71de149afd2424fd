"""Polls with Telegram's rules of voting and of what each person may see. Independent of chats."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.playground.errors import ActionRefusedError
from bot.playground.world.entities import FormattedText


@dataclass(frozen=True, slots=True)
class PollOption:
    """One option; ``persistent_id`` never changes."""

    persistent_id: str
    text: FormattedText


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll as one person sees it.

    Attributes:
        chosen: ids of the options that this person voted for; empty before the vote.
        correct_option_ids: ids of the right options; None while this person may not see them.
        vote_counts: number of voters per option; None while this person may not see them.
        explanation: None while this person may not see it.
        can_vote, can_retract: whether this person may vote or retract the vote now.
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
    """A poll with its votes. An option's id is its position, from 0, in the order in which the bot sent the options.

    Attributes:
        correct_option_ids: ids of the right options of a quiz, strictly increasing.
        closes_at: time at which Telegram closes the poll; None for never.
        open_period: the parameter of sendPoll in seconds, or None.
        votes: option ids by person id.
        voters_as_chat: ids of the people who voted as anonymous administrators.
        sent_in: chat id and message id of the original message.
        copies: chat id and message id of each forwarded message.
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
        """Chat id and message id of each message that contains the poll."""
        return (self.sent_in, *self.copies)

    @property
    def vote_counts(self) -> tuple[int, ...]:
        """The number of voters per option."""
        counts = [0] * len(self.options)
        for chosen in self.votes.values():
            for option in chosen:
                counts[option] += 1
        return tuple(counts)

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the poll is still open although its closing time has passed."""
        return not self.is_closed and self.closes_at is not None and now >= self.closes_at

    def vote(self, person_id: int, option_ids: tuple[int, ...]) -> None:
        """Record a vote. Raises ActionRefusedError where a Telegram client would not allow it."""
        self._check_vote_allowed(person_id)
        if not option_ids or len(set(option_ids)) != len(option_ids):
            raise ActionRefusedError("a vote needs at least one option, and each option once")
        if any(not 0 <= option < len(self.options) for option in option_ids):
            raise ActionRefusedError(f"the poll has options 0 to {len(self.options) - 1}")
        if len(option_ids) > 1 and not self.allows_multiple_answers:
            raise ActionRefusedError("the poll allows one option only")
        self.votes[person_id] = tuple(sorted(option_ids))

    def retract(self, person_id: int) -> None:
        """Retract a vote. Raises ActionRefusedError if there is none or the poll does not allow it."""
        if person_id not in self.votes:
            raise ActionRefusedError("there is no vote to retract")
        self._check_vote_allowed(person_id)
        del self.votes[person_id]

    def view_for(self, person_id: int) -> PollView:
        """Return the poll as a person sees it.

        The right options, the explanation and the vote counts are visible once the person has voted or the poll is
        closed; with ``hide_results_until_closes`` the vote counts only once it is closed (Bot API, sendPoll).
        """
        chosen = self.votes.get(person_id, ())
        is_revealed = self.is_closed or bool(chosen)
        sees_counts = self.is_closed or (bool(chosen) and not self.hide_results_until_closes)
        return PollView(
            poll=self,
            chosen=chosen,
            correct_option_ids=self.correct_option_ids if is_revealed and self.type == "quiz" else None,
            vote_counts=self.vote_counts if sees_counts else None,
            explanation=self.explanation if is_revealed else None,
            can_vote=not self.is_closed and (not chosen or self.allows_revoting),
            can_retract=not self.is_closed and bool(chosen) and self.allows_revoting,
        )

    def _check_vote_allowed(self, person_id: int) -> None:
        if self.is_closed:
            raise ActionRefusedError("the poll is closed")
        if person_id in self.votes and not self.allows_revoting:
            raise ActionRefusedError("the person has voted, and this poll does not allow changing a vote")
