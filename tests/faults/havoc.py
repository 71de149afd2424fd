"""Does at random to a cluster what may happen to any: kills, standstills and cut lines; and times how it takes them."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from random import Random

from cluster import GLANCE_SECONDS, Cluster, revived
from crowd import Crowd
from outages import KILL_WITHIN_SECONDS, ObservedWorld

# How often the leader is the one that it happens to; else it is anybody.
AT_THE_LEADER = 0.4
# A fault waits until others could go on, but not always, and never are so many put off.
ALL_THE_SAME, MOST_PUT_OFF = 0.15, 4
SHORTEST_HOLD, LONGEST_HOLD = 2.0, 8.0


class Havoc:
    """Faults soon after happenings counted from 1: each number is one fault.

    Args:
        kills: numbers at which a bot is killed.
        holds: the same of being held up by SIGSTOP.
        cuts: the same of losing all sessions at the database server.

    Attributes:
        done: how often each kind of fault was.
        resumed_at: when a bot that was held up could go on, each time.
        leaderless: the longest time without a leader though somebody was there who could lead, in seconds.
        silent: the longest time in which nothing happened, in seconds.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what happens to whom and when
        self,
        cluster: Cluster,
        crowd: Crowd,
        observed: ObservedWorld,
        kills: Iterable[int],
        holds: Iterable[int],
        cuts: Iterable[int],
        rng: Random,
    ) -> None:
        faults = dict.fromkeys(kills, "kill") | dict.fromkeys(holds, "hold") | dict.fromkeys(cuts, "cut")
        self._faults = sorted(faults.items(), reverse=True)
        self._cluster = cluster
        self._rng = rng
        self._count = 0
        self._busy: set[int] = set()
        self._present: frozenset[int] = frozenset()
        self._leader: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._happened_at = time.monotonic()
        self.done: Counter[str] = Counter()
        self.resumed_at: list[float] = []
        self.leaderless = self.silent = 0.0
        crowd.on_event = lambda _count: self._happen()
        observed.on_event = lambda _moment, _count: self._happen()

    async def run(self) -> None:
        """Watch who is present and who leads, for ever; raise what goes wrong with a process."""
        watching = asyncio.create_task(self._watch())
        try:
            await asyncio.wait({watching, self._failed}, return_when=asyncio.FIRST_COMPLETED)
            for ended in (watching, self._failed):
                if ended.done():
                    ended.result()
        finally:
            watching.cancel()

    async def calm_down(self) -> None:
        """Wait until every bot that was killed or held up is back."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def stop(self) -> None:
        """Let nobody start a bot any more."""
        for task in self._tasks:
            task.cancel()

    async def _watch(self) -> None:
        led_at = time.monotonic()
        while True:
            self._present, self._leader = await self._cluster.seen()
            now = time.monotonic()
            could_lead = bool(self._present - self._busy)
            led_at = now if self._leader is not None or not could_lead else led_at
            self.leaderless = max(self.leaderless, now - led_at)
            # What is timed here has no event: a leader is not there.
            await asyncio.sleep(GLANCE_SECONDS)

    def _happen(self) -> None:
        now = time.monotonic()
        self.silent, self._happened_at = max(self.silent, now - self._happened_at), now
        self._count += 1
        due = sum(number <= self._count for number, _ in self._faults)
        free = self._present - self._busy
        others = len(free) > 1 or due > MOST_PUT_OFF or self._rng.random() < ALL_THE_SAME
        if not (due and free and others):
            return
        victim = self._leader if self._leader in free and self._rng.random() < AT_THE_LEADER else None
        chosen = self._rng.choice(sorted(free)) if victim is None else victim
        self._begin(self._faults.pop()[1], chosen)

    def _begin(self, fault: str, number: int) -> None:
        self._busy.add(number)
        task = asyncio.create_task(self._happen_to(fault, number))
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self._failed.done():
            self._failed.set_exception(error)

    async def _happen_to(self, fault: str, number: int) -> None:
        bot = self._cluster.bots[number]
        await asyncio.sleep(self._rng.uniform(0, KILL_WITHIN_SECONDS))
        match fault:
            case "kill":
                bot.kill()
                await revived(bot)
            case "hold":
                bot.suspend()
                await asyncio.sleep(self._rng.uniform(SHORTEST_HOLD, LONGEST_HOLD))
                self.resumed_at.append(time.monotonic())
                bot.resume()
            case _:
                await self._cluster.cut_off(number)
        self.done[fault] += 1
        self._busy.discard(number)
