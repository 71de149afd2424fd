"""Reports of a failing database: once when it begins, seldom while it lasts, and once when it is over.

Every part of the bot meets the same error every few seconds; it is logged here, and nowhere else.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock

from bot.store.errors import UnavailableError

log = logging.getLogger(__name__)

# When to remind of trouble that lasts: after ten minutes, then after twice as long each time.
FIRST_REMINDER_SECONDS = 600.0
# The trouble is over once nothing has failed for so long: parts that wait try again every two seconds.
CALM_SECONDS = 5.0


class Outage:
    """State of a database failure, and of its reports. Several threads may report at once.

    Args:
        seconds: a monotonic clock.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._since: float | None = None
        self._failed_at = 0.0
        self._reminder_after = FIRST_REMINDER_SECONDS
        self._told: set[str] = set()
        self._needs_write = False

    @property
    def is_on(self) -> bool:
        """Whether the database failed and has not worked since."""
        return self._since is not None

    def failed(self, error: UnavailableError) -> None:
        """Record that a unit of work failed; log the beginning of an outage."""
        with self._lock:
            now = self._seconds()
            since = self._since = now if self._since is None else self._since
            self._failed_at = now
            self._needs_write = error.reads_work
            if error.remedy not in self._told:
                self._told.add(error.remedy)
                log.error("%s The bot goes on by itself and nothing is lost: it need not be restarted.", error)
            elif now - since >= self._reminder_after:
                self._reminder_after *= 2
                log.error("%s This has lasted for %s.", error, _in_words(now - since))

    def worked(self, *, wrote: bool) -> None:
        """Record a committed unit of work, and whether it wrote anything; log the end of the outage."""
        if self._since is None:
            return
        with self._lock:
            now = self._seconds()
            if self._since is None or now - self._failed_at < CALM_SECONDS or (self._needs_write and not wrote):
                return
            log.info("The database works again after %s: what waited is stored now.", _in_words(now - self._since))
            self._since, self._reminder_after = None, FIRST_REMINDER_SECONDS
            self._told.clear()


def _in_words(seconds: float) -> str:
    """Return how long something lasted: in seconds, or in whole minutes from two on."""
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"  # noqa: PLR2004 - two minutes
