"""Telegram's limits on sending. Pure; off unless switched on.

By the Bots FAQ: about one message a second in a chat (short bursts pass), 20 a minute in a group, 30 a second in all.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.errors import RefusalError


@dataclass(frozen=True, slots=True)
class _Limit:
    """At most ``most`` sends within ``window``."""

    most: int
    window: timedelta


# The FAQ gives no size for a burst: five in five seconds keeps the rate of one a second.
_CHAT = _Limit(5, timedelta(seconds=5))
_GROUP = _Limit(20, timedelta(minutes=1))
_ALL = _Limit(30, timedelta(seconds=1))


class FloodGauge:
    """Counts sends and refuses those over a limit. A refused send is not counted."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: defaultdict[tuple[int, _Limit], deque[datetime]] = defaultdict(deque)
        self.is_on = False

    def count(self, chat_id: int) -> None:
        """Count a send to a chat. Raises RefusalError 429 with ``retry_after`` in whole seconds."""
        if not self.is_on:
            return
        now = self._now()
        limits = [(chat_id, _CHAT), (0, _ALL)]
        if chat_id < 0:
            limits.append((chat_id, _GROUP))
        wait = max(self._wait(key, now) for key in limits)
        if wait > timedelta():
            seconds = max(1, math.ceil(wait.total_seconds()))
            raise too_many_requests(seconds)
        for key in limits:
            self._sent[key].append(now)

    def _wait(self, key: tuple[int, _Limit], now: datetime) -> timedelta:
        limit, sent = key[1], self._sent[key]
        while sent and now - sent[0] >= limit.window:
            sent.popleft()
        return sent[0] + limit.window - now if len(sent) >= limit.most else timedelta()


def too_many_requests(seconds: int) -> RefusalError:
    """Word a refusal with status 429."""
    return RefusalError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
