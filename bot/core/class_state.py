"""The state of a live class as plain values, and its deadlines. Its transitions are in ``classroom.py``."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.extra_time import ExtraTime, Pause

# Votes of the last second take a second or two to arrive.
VOTE_GRACE = timedelta(seconds=2)
# How long a round waits for copies that have not arrived after the time of all others is over.
DELIVERY_GRACE = timedelta(seconds=30)
# How long an explanation is shown before the next question: enough for some 60 words at a pupil's pace.
READING_TIME = timedelta(seconds=20)
# A class without activity for this time was left open by mistake; one opened the evening before is kept.
ABANDONED_AFTER = timedelta(hours=24)


class Phase(StrEnum):
    """The phase of a class.

    Attributes:
        GATHERING: before the start; pupils join.
        ASKING: a round is open and accepts answers.
        HELD: the open round is paused.
        DISCUSSING: the first vote of the open round is over, and the second has not started.
        REVEALED: the round is closed; the right answer and the explanation are shown.
        RESTING: the class is paused between two rounds.
        FINISHED: after the end.
    """

    GATHERING = "gathering"
    ASKING = "asking"
    HELD = "held"
    DISCUSSING = "discussing"
    REVEALED = "revealed"
    RESTING = "resting"
    FINISHED = "finished"


class Outcome(StrEnum):
    """The way in which a round ended.

    Attributes:
        COUNTED: its answers count.
        SKIPPED: the teacher dropped it, or ended the class before anybody answered.
        WITHDRAWN: its question left the bank.
    """

    COUNTED = "counted"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ClassState:
    """The state of one live class.

    Attributes:
        questions: the ids of the questions in order, one for each round.
        seconds: the time of a round; 0 if the teacher closes the rounds.
        bonus: whether quick right answers earn more points.
        together: True if one message asks a whole group, False if every seat gets its own copy.
        phase: the current phase.
        outcomes: the outcomes of the closed rounds, in order.
        vote: the number of the current vote in the open round: 1, and one more after each discussion.
        copies, coming: the number of first copies of the open question, and of those that have not arrived.
        awaited, answered: the number of seats that the open round waits for, and that answered in this vote.
        arrived_at: the arrival of the latest copy; None before the first.
        since: the beginning of the current phase.
        extra: the time added to the open round.
        extras: the time added to each closed round, in order.
        quiet: the number of consecutive rounds without an answer.
        touched_at: the last time at which somebody led the class, answered or joined; None before the first.
    """

    questions: tuple[str, ...]
    seconds: int
    bonus: bool
    together: bool
    phase: Phase
    since: datetime
    outcomes: tuple[Outcome, ...] = ()
    vote: int = 1
    copies: int = 0
    coming: int = 0
    awaited: int = 0
    answered: int = 0
    arrived_at: datetime | None = None
    extra: ExtraTime = field(default_factory=ExtraTime)
    extras: tuple[ExtraTime, ...] = ()
    quiet: int = 0
    touched_at: datetime | None = None

    @property
    def round(self) -> int:
        """The number of the open round, or of the last closed one, from 1; 0 before the first."""
        return len(self.outcomes) + self.is_open

    @property
    def is_open(self) -> bool:
        """Whether a round is open, so that its answer is secret."""
        return self.phase in (Phase.ASKING, Phase.HELD, Phase.DISCUSSING)

    @property
    def takes_answers(self) -> bool:
        """Whether the open round accepts answers now."""
        return self.phase in (Phase.ASKING, Phase.HELD)

    @property
    def counted(self) -> int:
        """The number of counted rounds."""
        return self.outcomes.count(Outcome.COUNTED)

    @property
    def deadline(self) -> datetime | None:
        """The time at which the class continues by itself; None while it waits for people."""
        if not self.seconds:
            return None
        if self.phase is Phase.REVEALED:
            return self.since + READING_TIME
        if self.ends_at is None:
            return None
        return self.ends_at + VOTE_GRACE + (DELIVERY_GRACE if self.coming else timedelta())

    @property
    def abandoned_at(self) -> datetime | None:
        """The time at which an unused class ends; None after its end."""
        if self.phase is Phase.FINISHED:
            return None
        # The time of a lobby is limited even if pupils join.
        is_lobby = self.phase is Phase.GATHERING
        return (self.since if is_lobby else self.touched_at or self.since) + ABANDONED_AFTER

    def touched(self, now: datetime) -> "ClassState":
        """Return the state with the time of the last activity; a finished class is unchanged."""
        return self if self.phase is Phase.FINISHED else replace(self, touched_at=now)

    def is_due(self, now: datetime) -> bool:
        """Return whether the deadline has passed."""
        return self.deadline is not None and self.deadline <= now

    @property
    def ends_at(self) -> datetime | None:
        """The end of the open round for the seat that got the question last; None while no time runs."""
        if not self.seconds or self.phase is not Phase.ASKING or self.arrived_at is None:
            return None
        return self.arrived_at + timedelta(seconds=self.seconds) + self.extra.after(self.arrived_at)

    def extra_until(self, now: datetime) -> ExtraTime:
        """Return the time added to the open round, including a pause that has not ended."""
        if self.phase is not Phase.HELD:
            return self.extra
        return replace(self.extra, pauses=(*self.extra.pauses, Pause(self.since, now)))
