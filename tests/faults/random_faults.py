"""Random faults of a cluster's processes (kills, suspensions, disconnections), and how long the cluster recovers."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from random import Random

from cluster import POLL_SECONDS, Cluster, restart_killed
from crowd import Crowd
from outages import KILL_WITHIN_SECONDS, ObservedWorld

# The share of faults that hit the leader; others hit a random process.
LEADER_SHARE = 0.4
# A fault is deferred until another process is healthy, except for this share of them, or if more than this many wait.
UNDEFERRED_SHARE, MOST_DEFERRED = 0.15, 4
SHORTEST_SUSPENSION, LONGEST_SUSPENSION = 2.0, 8.0


class RandomFaults:
    """Injector of faults: each happens soon after the event of a given number, counted from 1.

    Args:
        kills: event numbers after which a process is killed.
        suspensions: the same for suspending it with SIGSTOP.
        disconnections: the same for ending all its sessions at the database server.

    Attributes:
        done: the number of faults of each kind.
        resumed_at: when each suspended process was resumed.
        leaderless: the longest time without a leader although a process could lead, in seconds.
        silent: the longest time without any event, in seconds.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the faults, their targets and their times
        self,
        cluster: Cluster,
        crowd: Crowd,
        observed: ObservedWorld,
        kills: Iterable[int],
        suspensions: Iterable[int],
        disconnections: Iterable[int],
        rng: Random,
    ) -> None:
        faults = dict.fromkeys(kills, "kill") | dict.fromkeys(suspensions, "suspend")
        faults |= dict.fromkeys(disconnections, "disconnect")
        self._faults = sorted(faults.items(), reverse=True)
        self._cluster = cluster
        self._rng = rng
        self._count = 0
        self._faulty: set[int] = set()
        self._alive: frozenset[int] = frozenset()
        self._leader: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._last_event_at = time.monotonic()
        self.done: Counter[str] = Counter()
        self.resumed_at: list[float] = []
        self.leaderless = self.silent = 0.0
        crowd.on_event = lambda _count: self._handle_event()
        observed.on_event = lambda _moment, _count: self._handle_event()

    async def run(self) -> None:
        """Watch the cluster until cancelled; raise the error of a process that does not start again."""
        watching = asyncio.create_task(self._watch())
        try:
            await asyncio.wait({watching, self._failed}, return_when=asyncio.FIRST_COMPLETED)
            for ended in (watching, self._failed):
                if ended.done():
                    ended.result()
        finally:
            watching.cancel()

    async def wait_until_recovered(self) -> None:
        """Wait until every killed or suspended process runs again."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def stop(self) -> None:
        """Cancel the faults that are under way, so that no process is started again."""
        for task in self._tasks:
            task.cancel()

    async def _watch(self) -> None:
        led_at = time.monotonic()
        while True:
            self._alive, self._leader = await self._cluster.members()
            now = time.monotonic()
            could_lead = bool(self._alive - self._faulty)
            led_at = now if self._leader is not None or not could_lead else led_at
            self.leaderless = max(self.leaderless, now - led_at)
            # Polling, because the absence of a leader causes no event.
            await asyncio.sleep(POLL_SECONDS)

    def _handle_event(self) -> None:
        now = time.monotonic()
        self.silent, self._last_event_at = max(self.silent, now - self._last_event_at), now
        self._count += 1
        due = sum(number <= self._count for number, _ in self._faults)
        healthy = self._alive - self._faulty
        is_allowed = len(healthy) > 1 or due > MOST_DEFERRED or self._rng.random() < UNDEFERRED_SHARE
        if not (due and healthy and is_allowed):
            return
        victim = self._leader if self._leader in healthy and self._rng.random() < LEADER_SHARE else None
        chosen = self._rng.choice(sorted(healthy)) if victim is None else victim
        self._begin(self._faults.pop()[1], chosen)

    def _begin(self, fault: str, number: int) -> None:
        self._faulty.add(number)
        task = asyncio.create_task(self._inject(fault, number))
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self._failed.done():
            self._failed.set_exception(error)

    async def _inject(self, fault: str, number: int) -> None:
        bot = self._cluster.bots[number]
        await asyncio.sleep(self._rng.uniform(0, KILL_WITHIN_SECONDS))
        match fault:
            case "kill":
                bot.kill()
                await restart_killed(bot)
            case "suspend":
                bot.suspend()
                await asyncio.sleep(self._rng.uniform(SHORTEST_SUSPENSION, LONGEST_SUSPENSION))
                self.resumed_at.append(time.monotonic())
                bot.resume()
            case _:
                await self._cluster.disconnect(number)
        self.done[fault] += 1
        self._faulty.discard(number)
