"""Send queue: of the messages that wait for the bot's overall limit, the one that is due first is sent first."""

import asyncio
from heapq import heappop, heappush
from itertools import count

from bot.tg.outbound.queued_message import QueuedMessage
from bot.tg.outbound.send_schedule import SendSchedule
from bot.tg.outbound.timing import Timing

# If Telegram refuses everything, a refusal a moment after the first asks for the same pause.
LONGER_SECONDS = 1.0


class SendQueue:
    """Queue that grants slots to messages in the order in which they are due, and among equals in order of arrival.

    Args:
        schedule: decides when a message may be sent; None without a limit.
    """

    def __init__(self, schedule: SendSchedule | None, timing: Timing) -> None:
        self._schedule = schedule
        self._timing = timing
        self._heap: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._dispatching: asyncio.Task[None] | None = None
        self._closed_until = 0.0

    async def wait(self, queued: QueuedMessage) -> None:
        """Wait for a slot for this message."""
        if self._schedule is None:
            return
        queued.slot = asyncio.get_running_loop().create_future()
        try:
            self.hasten(queued)
            if self._dispatching is None or self._dispatching.done():
                self._dispatching = asyncio.create_task(self._dispatch(self._schedule))
            await queued.slot
        finally:
            queued.slot = None

    def hasten(self, queued: QueuedMessage) -> None:
        """Move a waiting message forward after it became due earlier."""
        if queued.slot is not None:
            heappush(self._heap, (queued.due, next(self._order), queued.slot))

    async def wait_until_open(self) -> None:
        """Wait while sending is paused (flood wait)."""
        while (rest := self._closed_until - self._timing.now()) > 0:
            await self._timing.sleep(rest)

    async def pause(self, seconds: float) -> None:
        """Pause sending for this many seconds, in all processes."""
        now = self._timing.now()
        if now + seconds <= self._closed_until:
            return
        self._closed_until = now + seconds + LONGER_SECONDS
        if self._schedule:
            await self._schedule.pause(seconds + LONGER_SECONDS, now)

    def close(self) -> None:
        """Close; waiting messages get no slot any more."""
        if self._dispatching:
            self._dispatching.cancel()
        if self._schedule:
            self._schedule.close()

    async def _dispatch(self, schedule: SendSchedule) -> None:
        """Grant slots as long as messages wait."""
        while self._is_awaited():
            if wait := await schedule.reserve(len(self._heap), self._timing.now()):
                await self._timing.sleep(wait)
            elif self._is_awaited():
                heappop(self._heap)[2].set_result(None)

    def _is_awaited(self) -> bool:
        """Return whether a message waits; remove those at the top that have a slot or were cancelled."""
        while self._heap and self._heap[0][2].done():
            heappop(self._heap)
        return bool(self._heap)
