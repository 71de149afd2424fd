"""Time added to a round: by the teacher, and by pauses."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pause:
    """A period in which a round was paused."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """The time added to a round.

    Attributes:
        added: the time that the teacher added.
        pauses: the pauses in order; those before the arrival of a question do not add time for its seat.
    """

    added: timedelta = timedelta()
    pauses: tuple[Pause, ...] = ()

    def paused_after(self, arrived_at: datetime) -> timedelta:
        """Return the total time of the pauses since a question arrived."""
        held = (max(pause.end - max(pause.begin, arrived_at), timedelta()) for pause in self.pauses)
        return sum(held, timedelta())

    def after(self, arrived_at: datetime) -> timedelta:
        """Return the time added to the round for a seat that the question reached at this time."""
        return self.added + self.paused_after(arrived_at)
