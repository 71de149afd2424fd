"""Counts refused connections by kind, and logs one line a minute for each kind at most. Records no address."""

import asyncio
import logging
from collections import Counter

log = logging.getLogger(__name__)

LOG_SECONDS = 60.0
# Every kind, and how its log line goes on after the number.
KINDS = {
    "header": "closed: no complete request arrived in time.",
    "body": "closed: the body of a request did not arrive in time.",
    "reading": "closed: the client did not read what was sent to it.",
    "malformed": "closed: what arrived was not HTTP.",
    "crowd": "closed to make room for newer ones, while their clients sent nothing.",
    "full": "answered with 503: too many requests are under way.",
    "files": "not accepted: the limit on open files is reached. Raise it (LimitNOFILE, ulimit -n).",
    "screens": "refused or closed: too many screens watch boards.",
    "unreadable": "answered with 503: a board cannot be read.",
}


class Refusals:
    """Refused connections.

    Args:
        counts: where they are counted, by kind.
        log_seconds: the least time between two log lines of one kind.
    """

    def __init__(self, counts: Counter[str] | None = None, log_seconds: float = LOG_SECONDS) -> None:
        self.counts: Counter[str] = Counter() if counts is None else counts
        self._log_seconds = log_seconds
        # How many of a kind were not logged yet; a kind is in it as long as its last line is recent.
        self._unlogged: dict[str, int] = {}

    def record(self, kind: str) -> None:
        """Count a refused connection; log the first at once, and those that follow together."""
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
        """Log those that came since the last line; after a quiet time the next one is logged at once again."""
        if count := self._unlogged.pop(kind):
            self._log(kind, count)
