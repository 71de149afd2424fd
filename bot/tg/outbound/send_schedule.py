"""Send schedule: when the next message of all may be sent, in this process alone or shared by several."""

import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.app.dispatch.service import QuizService, StoreError, UnavailableError
from bot.tg.outbound.rate_limits import RateLimits, TokenBucket
from bot.tg.runner import HandlerRunner

log = logging.getLogger(__name__)

# Slots are reserved this many seconds at a time: few database queries, and a process that dies wastes little. Slots
# used later than LAPSE_SECONDS would add to those of that moment; the margin below Telegram's limit covers a delay of
# this length.
RESERVED_SECONDS = 0.1
LAPSE_SECONDS = 0.04
STORE_SECONDS = 2.0


class SendSchedule(Protocol):
    """Schedule of send slots."""

    async def reserve(self, waiting: int, now: float) -> float:
        """Reserve a slot that is free now (0), or return how many seconds to wait before the next try.

        Args:
            waiting: how many messages wait for slots.
            now: the time in seconds of a monotonic clock.
        """
        ...

    async def pause(self, seconds: float, now: float) -> None:
        """Grant no slot for this many seconds."""
        ...

    def close(self) -> None:
        """Close; no slot is reserved any more."""
        ...


class LocalSchedule:
    """Schedule of a single process.

    No slot is reserved ahead: late messages, after the program was busy, are not sent together with those that are due.
    """

    def __init__(self, per_second: float) -> None:
        self._bucket = TokenBucket(per_second * RateLimits.MARGIN, RateLimits.SAVED, 0.0)

    async def reserve(self, waiting: int, now: float) -> float:
        """Reserve a slot, or return how many seconds to wait."""
        del waiting
        return self._bucket.take(now)

    async def pause(self, seconds: float, now: float) -> None:
        """Grant no slot for this many seconds."""
        self._bucket.block_until(now + seconds)

    def close(self) -> None:
        """Close."""


class SharedSchedule:
    """Schedule shared by all processes: each reserves some slots of it in the database at a time.

    Args:
        take: reserves slots (count, spacing in seconds); returns the seconds until the first. Raises StoreError.
        hold: blocks all slots for this many seconds. Raises StoreError.
        now: a monotonic clock.
        close: called at the end.
    """

    def __init__(
        self,
        per_second: float,
        take: Callable[[int, float], Awaitable[float]],
        hold: Callable[[float], Awaitable[None]],
        now: Callable[[], float],
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._spacing = 1 / (per_second * RateLimits.MARGIN)
        self._most = max(1, int(per_second * RESERVED_SECONDS))
        self._take = take
        self._hold = hold
        self._now = now
        self.close = close
        self._slots: deque[float] = deque()
        self._is_down = False

    async def reserve(self, waiting: int, now: float) -> float:
        """Reserve a slot, or return how many seconds to wait; without the database there is none."""
        while self._slots and self._slots[0] < now - LAPSE_SECONDS:
            self._slots.popleft()
        if not self._slots and not await self._fetch(min(waiting, self._most)):
            return STORE_SECONDS
        wait = self._slots[0] - self._now()
        if wait <= 0:
            self._slots.popleft()
        return max(0.0, wait)

    async def _fetch(self, count: int) -> bool:
        try:
            seconds = await self._take(count, self._spacing)
        except StoreError as error:
            if not isinstance(error, UnavailableError):
                self._complain("%s Cannot reserve send slots; messages wait.", error)
            return False
        except Exception as error:  # noqa: BLE001 - any error: without slots nothing would be sent again
            self._complain("Reserving send slots failed (%r); messages wait.", error)
            return False
        self._is_down = False
        first = self._now() + seconds
        self._slots.extend(first + place * self._spacing for place in range(count))
        return True

    def _complain(self, text: str, error: Exception) -> None:
        """Log an error once for as long as it lasts."""
        if not self._is_down:
            log.error(text, error)
        self._is_down = True

    async def pause(self, seconds: float, now: float) -> None:
        """Block all slots for this many seconds; if the database fails, only those of this process."""
        del now
        self._slots.clear()
        try:
            await self._hold(seconds)
        except StoreError as error:
            if not isinstance(error, UnavailableError):
                log.error("%s Could not share the flood wait; other processes may go on sending.", error)  # noqa: TRY400 - says all


def create_schedule(limits: RateLimits, service: QuizService, now: Callable[[], float]) -> SendSchedule | None:
    """Create the schedule for this service's database; None without a limit."""
    if not limits.per_second:
        return None
    if not service.is_remote:
        return LocalSchedule(limits.per_second)
    # A thread of its own: a slot must not wait for a batch of handlers.
    runner = HandlerRunner(in_thread=True)

    async def take(count: int, spacing: float) -> float:
        return await runner.call(service.reserve_send_slots, count, spacing)

    async def hold(seconds: float) -> None:
        await runner.call(service.pause_sending, seconds)

    return SharedSchedule(limits.per_second, take, hold, now, runner.close)
