"""Telegram's limits on sending. Pure; off unless switched on.

By the Bots FAQ: about one message a second in a chat (short bursts pass), 20 a minute in a group, 30 a second in all.
The FAQ is silent on edits. They weigh on their chat like messages there, so here they count in the chat's burst and in
the group's minute, but not among the 30 a second in all. Stopping a poll counts as a message everywhere: a class has a
poll for each pupil, so a burst of these is as large as one of messages. Deleting, answering a press and the like are
not counted: nothing is known of them.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from bot.playground.errors import BotApiError

Counted = Literal["message", "edit"]


class _Limit:
    """At most ``most`` within ``window``, for each key apart. A count costs the same however many keys there are."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._most = most
        self._window = window
        self._counted: defaultdict[int, deque[datetime]] = defaultdict(deque)

    def wait(self, key: int, now: datetime) -> timedelta:
        """Say how long it is until one more fits."""
        counted = self._counted[key]
        while counted and now - counted[0] >= self._window:
            counted.popleft()
        return counted[0] + self._window - now if len(counted) >= self._most else timedelta()

    def count(self, key: int, now: datetime) -> None:
        """Count one."""
        self._counted[key].append(now)


class FloodLimits:
    """Counts messages and edits and refuses those over a limit. A refused one is not counted.

    Attributes:
        is_on: whether anything is counted or refused.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        # The FAQ gives no size for a burst: five in five seconds keeps the rate of one a second.
        self._chat = _Limit(5, timedelta(seconds=5))
        self._group = _Limit(20, timedelta(minutes=1))
        self._all = _Limit(30, timedelta(seconds=1))
        self._paid = _Limit(1000, timedelta(seconds=1))
        self.is_on = False

    def count(self, chat_id: int, what: Counted, *, is_paid: bool = False) -> None:
        """Count a message to a chat, or an edit in it. Raises RefusalError 429 with ``retry_after`` in seconds.

        What is paid for is held to 1,000 a second in all (Bot API, sendMessage, ``allow_paid_broadcast``).
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
    """Word a refusal with status 429."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
