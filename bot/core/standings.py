"""Who stands where in a live class: by right answers of the questions each one saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.core.classroom import Classroom
from bot.core.seat import Seat

Key = TypeVar("Key")

# A place is earned by answering: who saw fewer than half of the rounds stands below those who saw more.
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the standings; ``up`` is by how many places it rose with the last round, below nothing if it fell."""

    name: str
    rank: int
    right: int
    seen: int
    points: int
    up: int


def rank(room: Classroom, seats: Mapping[Key, Seat]) -> dict[Key, int]:
    """Rank seats by what they earned a question they saw; equals share a place, and who saw nothing has none.

    Late joiners are thus ranked by right answers of those they saw, once they saw half of the rounds.
    """
    merits = {key: _merit(seat, room) for key, seat in seats.items() if seat.seen and not seat.gone}
    ordered = sorted(merits.values(), reverse=True)
    places: dict[tuple[bool, float, int], int] = {}
    for place, merit in enumerate(ordered, 1):
        places.setdefault(merit, place)
    return {key: places[merit] for key, merit in merits.items()}


def _merit(seat: Seat, room: Classroom) -> tuple[bool, float, int]:
    return seat.seen >= room.counted * ENOUGH, seat.points / seat.seen, seat.points
