"""Lanes: updates wait in order, one lane a person or chat; batches take turns among lanes. Plain values, no waiting.

An update that failed holds up its own lane until it is tried again; one that came too early (a vote in a poll whose
sending was not recorded yet) steps aside and lets its lane go on.
"""

from collections import deque
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

# A lane gives at most this many updates to one batch, so that a busy one leaves room for the others.
MOST_OF_ONE_LANE = 8


def chat_lane(chat_id: int) -> str:
    """Name the lane of a chat; whatever a person does by other ways is in the lane of that person's private chat."""
    return f"chat {chat_id}"


@dataclass(slots=True)
class Waiting:
    """An update that waits: its id, its lane, what it is, how often it failed, and how often it came too early."""

    update_id: int
    lane: str
    update: Any
    failures: int = 0
    waits: int = 0


class Lanes:
    """The updates that wait to be handled."""

    def __init__(self) -> None:
        self._lanes: dict[str, deque[Waiting]] = {}
        self._held: dict[str, float] = {}
        self._aside: dict[int, tuple[float, Waiting]] = {}
        self._count = 0

    def __len__(self) -> int:
        """Count the updates that wait, wherever they do."""
        return self._count

    def put(self, updates: Iterable[Waiting]) -> None:
        """Let updates wait at the end of their lanes."""
        for update in updates:
            self._lanes.setdefault(update.lane, deque()).append(update)
            self._count += 1

    def take(self, most: int, now: float) -> list[Waiting]:
        """Take a batch: those that stepped aside and are due, then a few of each lane in turn; they no longer wait.

        Args:
            most: how many at the most.
            now: seconds on any clock that goes forward.
        """
        due = [number for number, (until, _) in self._aside.items() if until <= now]
        batch = [self._aside.pop(number)[1] for number in due[:most]]
        for lane in list(self._lanes):
            if len(batch) >= most:
                break
            if self._held.get(lane, 0.0) <= now:
                self._held.pop(lane, None)
                batch += self._take_from(lane, min(MOST_OF_ONE_LANE, most - len(batch)))
        self._count -= len(batch)
        return batch

    def step_aside(self, update: Waiting, until: float) -> None:
        """Let an update that came too early wait by itself."""
        self._aside[update.update_id] = until, update
        self._count += 1

    def call_back(self, lanes: Container[str] | None) -> bool:
        """Let those of these lanes, or of all (None), that stepped aside be due at once; say whether there are any."""
        called = [update for _, update in self._aside.values() if lanes is None or update.lane in lanes]
        self._aside.update({update.update_id: (0.0, update) for update in called})
        return bool(called)

    def give_back(self, updates: Iterable[Waiting], until: float = 0.0) -> None:
        """Put updates back to the front of their lanes, in their order, and hold those lanes for a while."""
        for update in reversed(list(updates)):
            self._lanes.setdefault(update.lane, deque()).appendleft(update)
            self._held[update.lane] = until
            self._count += 1

    def next_due(self, now: float) -> float | None:
        """Give when the next update may be taken: ``now`` or later; None while none waits."""
        times = [self._held.get(lane, now) for lane in self._lanes]
        times += [until for until, _ in self._aside.values()]
        return max(now, min(times)) if times else None

    def _take_from(self, lane: str, most: int) -> list[Waiting]:
        """Take the first of a lane; if some stay, the lane goes to the end of the row."""
        updates = self._lanes.pop(lane)
        taken = [updates.popleft() for _ in range(min(most, len(updates)))]
        if updates:
            self._lanes[lane] = updates
        return taken
