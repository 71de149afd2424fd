"""Retention of handled updates and dead letters. Answers and scores are not deleted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.base import FORGOTTEN_AT_ONCE
from bot.store.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows are kept.

    Attributes:
        updates: for handled updates. Telegram repeats an update for at most 24 hours (Bot API, "Getting updates"), and
            a stored id prevents a second handling; the default is twice that.
        set_aside: for dead letters: updates that could not be handled, and messages that Telegram refused.
    """

    updates: timedelta = timedelta(hours=48)
    set_aside: timedelta = timedelta(days=30)

    def apply(self, unit: UnitOfWork, now: datetime, limit: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete older rows, at most ``limit``; return how many were deleted."""
        deleted = unit.inbox.delete_handled(now - self.updates, limit)
        return deleted + unit.dead_letters.delete_old(now - self.set_aside, limit - deleted)
