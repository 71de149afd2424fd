"""Whose turn it is: of the messages that wait for Telegram's limit on all, the one that is due first goes first."""

import asyncio
from heapq import heappop, heappush
from itertools import count

from bot.tg.outbound.queued_message import QueuedMessage
from bot.tg.outbound.send_schedule import SendSchedule
from bot.tg.outbound.timing import Timing

# Where Telegram refuses everything, what is refused a moment after the first asks for as long: one pause does for all.
LONGER_SECONDS = 1.0


class SendQueue:
    """Gives turns to messages, in the order in which they are due, and among equals in that of their coming.

    Args:
        pace: says when a message may go; None where nothing is limited.
    """

    def __init__(self, pace: SendSchedule | None, timing: Timing) -> None:
        self._schedule = pace
        self._timing = timing
        self._heap: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._dispatching: asyncio.Task[None] | None = None
        self._closed_until = 0.0

    async def wait(self, queued: QueuedMessage) -> None:
        """Wait for this message's turn."""
        if self._schedule is None:
            return
        queued.turn = asyncio.get_running_loop().create_future()
        try:
            self.hasten(queued)
            if self._dispatching is None or self._dispatching.done():
                self._dispatching = asyncio.create_task(self._dispatch(self._schedule))
            await queued.turn
        finally:
            queued.turn = None

    def hasten(self, queued: QueuedMessage) -> None:
        """Take note that a message is due earlier than it was, if it waits for its turn."""
        if queued.turn is not None:
            heappush(self._heap, (queued.due, next(self._order), queued.turn))

    async def wait_until_open(self) -> None:
        """Wait until anything may go to Telegram."""
        while (rest := self._closed_until - self._timing.now()) > 0:
            await self._timing.sleep(rest)

    async def pause(self, seconds: float) -> None:
        """Let nothing go to Telegram for so many seconds, and no process have a turn."""
        now = self._timing.now()
        if now + seconds <= self._closed_until:
            return
        self._closed_until = now + seconds + LONGER_SECONDS
        if self._schedule:
            await self._schedule.pause(seconds + LONGER_SECONDS, now)

    def close(self) -> None:
        """End; who waits still must not expect a turn."""
        if self._dispatching:
            self._dispatching.cancel()
        if self._schedule:
            self._schedule.close()

    async def _dispatch(self, pace: SendSchedule) -> None:
        """Give turns as long as anybody waits."""
        while self._is_awaited():
            if wait := await pace.reserve(len(self._heap), self._timing.now()):
                await self._timing.sleep(wait)
            elif self._is_awaited():
                heappop(self._heap)[2].set_result(None)

    def _is_awaited(self) -> bool:
        """Say whether anybody waits; drop, from the top, those who were given a turn or went away."""
        while self._heap and self._heap[0][2].done():
            heappop(self._heap)
        return bool(self._heap)
