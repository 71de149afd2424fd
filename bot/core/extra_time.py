"""Time by which a round lasts longer than was said: what the teacher added, and pauses. Plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a round was held."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """By how much a round lasts longer.

    Attributes:
        added: by the teacher.
        pauses: in order; one that lay before a question's arrival is none for whoever got it.
    """

    added: timedelta = timedelta()
    pauses: tuple[Pause, ...] = ()

    def paused_after(self, arrived_at: datetime) -> timedelta:
        """Give how long the round was held since a question arrived."""
        held = (max(pause.end - max(pause.begin, arrived_at), timedelta()) for pause in self.pauses)
        return sum(held, timedelta())

    def after(self, arrived_at: datetime) -> timedelta:
        """Give by how much the round lasts longer for whom the question reached at this moment."""
        return self.added + self.paused_after(arrived_at)
