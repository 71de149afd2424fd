"""Updates that wait at the fake Telegram, given out and confirmed by the rule of getUpdates."""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from loopback import Reply

MOST_AT_ONCE = 100
"""Bot API, getUpdates: `limit` is 1-100 and 100 where it is left out."""


class Update(NamedTuple):
    """One update as JSON text, and what to call with the time when it is first given out."""

    number: int
    text: str
    given_out: Callable[[float], None] | None


class Poller(NamedTuple):
    """A getUpdates call that waits for something to come."""

    limit: int
    reply: Reply
    ends: asyncio.TimerHandle


class Waiting:
    """The queue of updates. One poller at a time: a second call ends the first with 409, as Telegram does."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._updates: deque[Update] = deque()
        self._next_number = 1
        self._given_out_to = 0
        self._poller: Poller | None = None

    def __len__(self) -> int:
        return len(self._updates)

    def put(self, kind: str, body: str, given_out: Callable[[float], None] | None = None) -> None:
        """Add an update; a waiting poller gets it, with all others put in the same turn of the loop."""
        number = self._next_number
        self._next_number += 1
        self._updates.append(Update(number, f'{{"update_id":{number},"{kind}":{body}}}', given_out))
        if self._poller is not None and len(self._updates) == 1:
            self._loop.call_soon(self._wake)

    def poll(self, offset: int, limit: int, patience: float, reply: Reply) -> None:
        """Answer a getUpdates call: confirm what is below the offset, give out what there is or wait for it."""
        self._end_poller(
            '{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'
        )
        while self._updates and self._updates[0].number < offset:
            self._updates.popleft()
        if self._updates or not patience:
            self._give_out(limit, reply)
        else:
            ends = self._loop.call_later(patience, self._end_poller)
            self._poller = Poller(limit, reply, ends)

    def _wake(self) -> None:
        if self._poller is not None and self._updates:
            poller, self._poller = self._poller, None
            poller.ends.cancel()
            self._give_out(poller.limit, poller.reply)

    def _end_poller(self, conflict: str = "") -> None:
        if self._poller is not None:
            poller, self._poller = self._poller, None
            poller.ends.cancel()
            poller.reply(409 if conflict else 200, conflict or '{"ok":true,"result":[]}')

    def _give_out(self, limit: int, reply: Reply) -> None:
        now = self._loop.time()
        batch = list(islice(self._updates, min(limit, MOST_AT_ONCE)))
        for update in batch:
            if update.number > self._given_out_to and update.given_out is not None:
                update.given_out(now)
        if batch:
            self._given_out_to = max(self._given_out_to, batch[-1].number)
        reply(200, f'{{"ok":true,"result":[{",".join(update.text for update in batch)}]}}')
