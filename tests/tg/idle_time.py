"""Time that passes only when nothing else is left to do."""

import asyncio
from collections.abc import Awaitable
from heapq import heappop, heappush
from itertools import count
from typing import TypeVar

from bot.tg.outbound.timing import Timing

T = TypeVar("T")
# So many rounds of the event loop are more than any chain of steps that follow from one another here.
ROUNDS = 20


class IdleTime:
    """A clock for the edge: who sleeps is woken in order, and at once when all else is done."""

    def __init__(self) -> None:
        self.moment = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._places = count()
        self.timing = Timing(lambda: self.moment, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.moment + seconds, next(self._places), woken))
        await woken

    async def until(self, work: Awaitable[T]) -> T:
        """Advance the time until the work is done; return its result."""
        task = asyncio.ensure_future(work)
        while True:
            await self.rest()
            if task.done():
                return await task
            self.step()

    async def reach(self, moment: float) -> None:
        """Advance the time to this value and run everything that is due by then."""
        await self.rest()
        while self._sleepers and self._sleepers[0][0] <= moment:
            self.step()
            await self.rest()
        self.moment = moment

    async def rest(self) -> None:
        """Run everything that can proceed without advancing the time."""
        for _ in range(ROUNDS):
            await asyncio.sleep(0)

    def step(self) -> None:
        """Advance the time to the next wake-up."""
        assert self._sleepers, "nobody sleeps, and nothing goes on"
        self.moment, _, woken = heappop(self._sleepers)
        if not woken.done():
            woken.set_result(None)
