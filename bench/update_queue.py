"""Queue of the updates at the fake Telegram, delivered and confirmed as getUpdates does."""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from loopback import Reply

MOST_AT_ONCE = 100
"""Bot API, getUpdates: `limit` is 1-100 and defaults to 100."""


class Update(NamedTuple):
    """One update as JSON text, and a callback for the time of its first delivery."""

    number: int
    text: str
    on_delivery: Callable[[float], None] | None


class Poller(NamedTuple):
    """A getUpdates call that waits for an update."""

    limit: int
    reply: Reply
    ends: asyncio.TimerHandle


class UpdateQueue:
    """The queue of updates. It serves one poller at a time: a second call ends the first with 409, as at Telegram."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._updates: deque[Update] = deque()
        self._next_number = 1
        self._delivered_up_to = 0
        self._poller: Poller | None = None

    def __len__(self) -> int:
        return len(self._updates)

    def put(self, kind: str, body: str, on_delivery: Callable[[float], None] | None = None) -> None:
        """Add an update. A waiting poller gets it with all others added in the same iteration of the event loop."""
        number = self._next_number
        self._next_number += 1
        self._updates.append(Update(number, f'{{"update_id":{number},"{kind}":{body}}}', on_delivery))
        if self._poller is not None and len(self._updates) == 1:
            self._loop.call_soon(self._wake)

    def poll(self, offset: int, limit: int, patience: float, reply: Reply) -> None:
        """Answer a getUpdates call: confirm updates below the offset, then deliver others or wait for some."""
        self._end_poller(
            '{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'
        )
        while self._updates and self._updates[0].number < offset:
            self._updates.popleft()
        if self._updates or not patience:
            self._deliver(limit, reply)
        else:
            ends = self._loop.call_later(patience, self._end_poller)
            self._poller = Poller(limit, reply, ends)

    def _wake(self) -> None:
        if self._poller is not None and self._updates:
            poller, self._poller = self._poller, None
            poller.ends.cancel()
            self._deliver(poller.limit, poller.reply)

    def _end_poller(self, conflict: str = "") -> None:
        if self._poller is not None:
            poller, self._poller = self._poller, None
            poller.ends.cancel()
            poller.reply(409 if conflict else 200, conflict or '{"ok":true,"result":[]}')

    def _deliver(self, limit: int, reply: Reply) -> None:
        now = self._loop.time()
        batch = list(islice(self._updates, min(limit, MOST_AT_ONCE)))
        for update in batch:
            if update.number > self._delivered_up_to and update.on_delivery is not None:
                update.on_delivery(now)
        if batch:
            self._delivered_up_to = max(self._delivered_up_to, batch[-1].number)
        reply(200, f'{{"ok":true,"result":[{",".join(update.text for update in batch)}]}}')
