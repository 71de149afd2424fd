"""Counter of refused connections by kind; logs at most one line a minute per kind. Stores no addresses."""

import asyncio
import logging
from collections import Counter

log = logging.getLogger(__name__)

LOG_SECONDS = 60.0
# All kinds, each with the second half of its log line.
KINDS = {
    "header": "closed: no complete request arrived in time.",
    "body": "closed: the body of a request did not arrive in time.",
    "reading": "closed: the client did not read what was sent to it.",
    "malformed": "closed: what arrived was not HTTP.",
    "crowd": "closed to make room for newer ones, while their clients sent nothing.",
    "full": "answered with 503: too many requests are under way.",
    "files": "not accepted: the limit on open files is reached. Raise it (LimitNOFILE, ulimit -n).",
    "screens": "refused or closed: too many screens watch boards.",
    "unreadable": "answered with 503: a board could not be read.",
}


class Refusals:
    """Counter of refused connections.

    Args:
        counts: the counts by kind.
        log_seconds: minimal time between two log lines of one kind.
    """

    def __init__(self, counts: Counter[str] | None = None, log_seconds: float = LOG_SECONDS) -> None:
        self.counts: Counter[str] = Counter() if counts is None else counts
        self._log_seconds = log_seconds
        # Refusals not logged yet, by kind; a kind is present while its last log line is recent.
        self._unlogged: dict[str, int] = {}

    def record(self, kind: str) -> None:
        """Count a refused connection; log the first at once and the following ones together."""
        self.counts[kind] += 1
        if kind in self._unlogged:
            self._unlogged[kind] += 1
        else:
            self._log(kind, 1)

    def _log(self, kind: str, count: int) -> None:
        log.warning("Connections %s (%d)", KINDS[kind], count)
        self._unlogged[kind] = 0
        asyncio.get_running_loop().call_later(self._log_seconds, self._log_rest, kind)

    def _log_rest(self, kind: str) -> None:
        """Log the refusals since the last line; without any, the next one is logged at once again."""
        if count := self._unlogged.pop(kind):
            self._log(kind, count)
