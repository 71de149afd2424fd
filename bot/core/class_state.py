"""A live class at one moment, as plain values: where it stands, and when it goes on. Its moves: ``classroom.py``."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.extra_time import ExtraTime, Pause

# Votes given in the last second are on their way for a second or two.
GRACE = timedelta(seconds=2)
# How long a round goes on waiting for copies that do not arrive, once the time of all others is out.
PATIENCE = timedelta(seconds=30)
# How long an explanation stands before the next question comes by itself: some 60 words at a pupil's pace.
READING = timedelta(seconds=20)
# A class that nobody touches for so long was left open by mistake; one opened the evening before is still there.
FORGOTTEN = timedelta(hours=24)


class Phase(StrEnum):
    """Where a class stands."""

    GATHERING = "gathering"
    ASKING = "asking"
    HELD = "held"
    DISCUSSING = "discussing"
    REVEALED = "revealed"
    RESTING = "resting"
    FINISHED = "finished"


class Outcome(StrEnum):
    """How a round ended."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ClassState:
    """One live class.

    Attributes:
        questions: the ids of the questions, one a round, in order.
        seconds: how long a round lasts; 0 where the teacher says when.
        bonus: whether quick right answers earn more.
        together: True where one message puts the question to a whole group, False where every seat has its own.
        phase: where the class stands.
        outcomes: how each closed round ended, in order.
        vote: 1, and one more after each discussion.
        copies, coming: messages that carry the open question, and those of them still on their way.
        awaited, answered: seats the open round waits for, and seats that answered it (in this vote).
        arrived_at: when the last copy so far arrived; None before the first.
        since: when the present phase began.
        extra: by how much the open round lasts longer; ``extras`` the same of each closed round, in order.
        quiet: rounds without an answer, one after the other.
        touched_at: when somebody last led it on, answered or came in; None before the first.
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
        """The number of the round that is open or was closed last, from 1; 0 before the first."""
        return len(self.outcomes) + self.is_open

    @property
    def is_open(self) -> bool:
        """Whether a round is open, so that its answer is hidden."""
        return self.phase in (Phase.ASKING, Phase.HELD, Phase.DISCUSSING)

    @property
    def takes_answers(self) -> bool:
        """Whether the open round takes answers now."""
        return self.phase in (Phase.ASKING, Phase.HELD)

    @property
    def counted(self) -> int:
        """How many rounds were counted so far."""
        return self.outcomes.count(Outcome.COUNTED)

    @property
    def deadline(self) -> datetime | None:
        """When the class goes on by itself; None while it waits for somebody."""
        if not self.seconds:
            return None
        if self.phase is Phase.REVEALED:
            return self.since + READING
        if self.ends_at is None:
            return None
        return self.ends_at + GRACE + (PATIENCE if self.coming else timedelta())

    @property
    def forgotten_at(self) -> datetime | None:
        """When the class ends because nobody touched it since it was opened or started; None once it is over."""
        if self.phase is Phase.FINISHED:
            return None
        # A lobby, however many come in, is open for a day.
        is_lobby = self.phase is Phase.GATHERING
        return (self.since if is_lobby else self.touched_at or self.since) + FORGOTTEN

    def touched(self, now: datetime) -> "ClassState":
        """Return the class as somebody touched it now; one that is over stays as it is."""
        return self if self.phase is Phase.FINISHED else replace(self, touched_at=now)

    def is_due(self, now: datetime) -> bool:
        """Say whether the class goes on by itself now."""
        return self.deadline is not None and self.deadline <= now

    @property
    def ends_at(self) -> datetime | None:
        """When the open round's time is out for whoever got the question last; None where none runs."""
        if not self.seconds or self.phase is not Phase.ASKING or self.arrived_at is None:
            return None
        return self.arrived_at + timedelta(seconds=self.seconds) + self.extra.after(self.arrived_at)

    def extra_until(self, now: datetime) -> ExtraTime:
        """Give by how much the open round lasts longer, a pause under way among it."""
        if self.phase is not Phase.HELD:
            return self.extra
        return replace(self.extra, pauses=(*self.extra.pauses, Pause(self.since, now)))
