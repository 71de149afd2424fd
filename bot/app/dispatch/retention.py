"""How long what came in, and what was set aside, is kept. Answers and scores are not its business: they stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.base import FORGOTTEN_AT_ONCE
from bot.store.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept.

    Attributes:
        updates: those that were handled. Telegram repeats one for at most 24 hours (Bot API, "Getting updates"), and
            what is remembered does not count twice; twice that is safe.
        set_aside: updates that could not be handled, and messages that Telegram refused.
    """

    updates: timedelta = timedelta(hours=48)
    set_aside: timedelta = timedelta(days=30)

    def apply(self, unit: UnitOfWork, now: datetime, most: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete what is older, at most so many rows; return how many that were."""
        deleted = unit.inbox.delete_handled(now - self.updates, most)
        return deleted + unit.dead_letters.delete_old(now - self.set_aside, most - deleted)
