"""Telegram's limits on sending. Pure; off by default.

By the Bots FAQ: about one message a second in a chat (short bursts pass), 20 a minute in a group, 30 a second overall.
The FAQ does not mention edits. At Telegram they count for their chat like messages, so here they count in the chat's
burst and in the group's minute, but not in the overall 30 a second. Stopping a poll counts as a message everywhere: a
class has a poll for each pupil, so a burst of these is as large as one of messages. Deleting messages, answering
callback queries and the like do not count: their limits are not known.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from bot.playground.errors import BotApiError

Counted = Literal["message", "edit"]


class _Limit:
    """Sliding window limit: at most ``most`` calls within ``window`` for each key. The number of keys costs nothing."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._most = most
        self._window = window
        self._counted: defaultdict[int, deque[datetime]] = defaultdict(deque)

    def wait(self, key: int, now: datetime) -> timedelta:
        """Return the time until one more call is within the limit."""
        counted = self._counted[key]
        while counted and now - counted[0] >= self._window:
            counted.popleft()
        return counted[0] + self._window - now if len(counted) >= self._most else timedelta()

    def count(self, key: int, now: datetime) -> None:
        """Count one call."""
        self._counted[key].append(now)


class FloodLimits:
    """Counter of messages and edits that refuses those over a limit. Refused calls do not count.

    Attributes:
        is_on: whether calls are counted and refused.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        # The FAQ names no size for a burst: five in five seconds are one a second.
        self._chat = _Limit(5, timedelta(seconds=5))
        self._group = _Limit(20, timedelta(minutes=1))
        self._all = _Limit(30, timedelta(seconds=1))
        self._paid = _Limit(1000, timedelta(seconds=1))
        self.is_on = False

    def count(self, chat_id: int, what: Counted, *, is_paid: bool = False) -> None:
        """Count a message to a chat, or an edit in it. Raises BotApiError 429 with ``retry_after`` in seconds.

        Paid messages are limited to 1,000 a second overall (Bot API, sendMessage, ``allow_paid_broadcast``).
        """
        if not self.is_on:
            return
        now = self._now()
        limits = [(self._chat, chat_id)]
        if chat_id < 0:
            limits.append((self._group, chat_id))
        if what == "message":
            limits.append((self._paid if is_paid else self._all, 0))
        wait = max(limit.wait(key, now) for limit, key in limits)
        if wait > timedelta():
            raise too_many_requests(max(1, math.ceil(wait.total_seconds())))
        for limit, key in limits:
            limit.count(key, now)


def too_many_requests(seconds: int) -> BotApiError:
    """Create an error with status 429."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
