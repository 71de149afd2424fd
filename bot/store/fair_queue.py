"""The fair order of updates among lanes: updates of a busy source wait longer. Plain values."""

from datetime import datetime, timedelta

# How far one update delays the next of its source, in microseconds: about the time to handle it. A lane is handled by
# one process at a time and gives few updates to a claim, so a busy lane is delayed more than a poll.
POLL_STEP = 1_000
LANE_STEP = 10_000
# Delay that a source may build up without consequence, in microseconds: the votes of a whole class in one moment, and
# the press that follows, keep their order of arrival.
AT_ONCE = 200_000
# Maximum number of remembered sources; beyond it those without a delay are forgotten.
MOST_SOURCES = 10_000


class FairQueue:
    """Positions in the fair order. Only sources and lanes whose next position lies in the future are remembered."""

    def __init__(self) -> None:
        self._sources: dict[str, int] = {}
        self._lanes: dict[str, int] = {}

    def next_position(self, lane: str, poll: str, now: datetime) -> int:
        """Return the position of the next update of a lane, in microseconds since 1970; smaller ones come first.

        Args:
            lane: the update's lane; positions in it never decrease.
            poll: the poll that the update is a vote in; empty for other updates.
            now: when the update came.
        """
        moment = microseconds(now)
        source, step = (f"poll {poll}", POLL_STEP) if poll else (lane, LANE_STEP)
        free = max(moment, self._sources.get(source, 0))
        place = max(moment, free - AT_ONCE, self._lanes.get(lane, 0))
        self._sources[source] = free + step
        if place > moment:
            self._lanes[lane] = place
        if max(len(self._sources), len(self._lanes)) > MOST_SOURCES:
            self._forget(moment)
        return place

    def _forget(self, moment: int) -> None:
        """Delete positions in the past; if too many are left, delete all: the order need not be exact."""
        for known in (self._sources, self._lanes):
            ahead = {name: place for name, place in known.items() if place > moment}
            known.clear()
            known.update(ahead if len(ahead) < MOST_SOURCES else {})


def microseconds(moment: datetime) -> int:
    """Count the microseconds since 1970."""
    return (moment - datetime.fromtimestamp(0, moment.tzinfo)) // timedelta(microseconds=1)
