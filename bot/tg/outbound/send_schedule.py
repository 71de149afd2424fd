"""When the next message of all may go: one pace for all chats together, kept here or shared by several processes."""

import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.app.dispatch.service import QuizService, StoreError, UnavailableError
from bot.tg.outbound.rate_limits import RateLimits, TokenBucket
from bot.tg.runner import HandlerRunner

log = logging.getLogger(__name__)

# So many seconds of turns are taken at a time: few questions to the database, and little is wasted by a process that
# ends. What is used later than LAPSE_SECONDS would add to what is due then: by the margin kept below Telegram's limit,
# so much later is never too many in any second.
RESERVED_SECONDS = 0.1
LAPSE_SECONDS = 0.04
STORE_SECONDS = 2.0


class SendSchedule(Protocol):
    """Gives turns."""

    async def reserve(self, waiting: int, now: float) -> float:
        """Take a turn that is there now (0), or give how many seconds to wait before asking again.

        Args:
            waiting: for how many messages turns will be asked.
            now: the moment, in seconds of a clock that only goes forward.
        """
        ...

    async def pause(self, seconds: float, now: float) -> None:
        """Give no turn for so many seconds."""
        ...

    def close(self) -> None:
        """End; no turn is asked for any more."""
        ...


class LocalSchedule:
    """The pace of a process that is alone.

    Nothing is promised ahead: what is late, because the program was busy, does not go together with what is due.
    """

    def __init__(self, per_second: float) -> None:
        self._bucket = TokenBucket(per_second * RateLimits.MARGIN, RateLimits.SAVED, 0.0)

    async def reserve(self, waiting: int, now: float) -> float:
        """Take a turn, or give how many seconds to wait."""
        del waiting
        return self._bucket.take(now)

    async def pause(self, seconds: float, now: float) -> None:
        """Give no turn for so many seconds."""
        self._bucket.hold(now + seconds)

    def close(self) -> None:
        """End."""


class SharedSchedule:
    """The pace of all processes together: a schedule in the database, of which each takes some turns at a time.

    Args:
        take: takes so many turns, so many seconds apart; gives in how many seconds the first is. Raises StoreError.
        hold: lets no process have a turn for so many seconds. Raises StoreError.
        now: the clock by which moments are given.
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
        """Take a turn, or give how many seconds to wait: without the database there is none."""
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
                self._complain("%s Messages wait for their turn.", error)
            return False
        except Exception as error:  # noqa: BLE001 - whatever it is: without turns nothing would ever be sent again
            self._complain("Turns cannot be taken (%r): messages wait.", error)
            return False
        self._is_down = False
        first = self._now() + seconds
        self._slots.extend(first + place * self._spacing for place in range(count))
        return True

    def _complain(self, text: str, error: Exception) -> None:
        """Log it, once for as long as it lasts."""
        if not self._is_down:
            log.error(text, error)
        self._is_down = True

    async def pause(self, seconds: float, now: float) -> None:
        """Let no process have a turn for so many seconds; if the database cannot be told, this one has none."""
        del now
        self._slots.clear()
        try:
            await self._hold(seconds)
        except StoreError as error:
            if not isinstance(error, UnavailableError):
                log.error("%s Other processes do not know that Telegram asks to wait.", error)  # noqa: TRY400 - says all


def create_schedule(limits: RateLimits, service: QuizService, now: Callable[[], float]) -> SendSchedule | None:
    """Make the pace that this desk's database asks for; None where nothing is limited."""
    if not limits.per_second:
        return None
    if not service.is_remote:
        return LocalSchedule(limits.per_second)
    # A thread of its own: a turn must not wait for a batch of stories.
    runner = HandlerRunner(in_thread=True)

    async def take(count: int, spacing: float) -> float:
        return await runner.call(service.reserve_send_slots, count, spacing)

    async def hold(seconds: float) -> None:
        await runner.call(service.pause_sending, seconds)

    return SharedSchedule(limits.per_second, take, hold, now, runner.close)
