"""Who stands where in a live class: by right answers of the questions each one saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.classroom import Classroom
from bot.core.seat import Seat

Key = TypeVar("Key")

# A place is earned by answering: who saw fewer than half of the rounds stands below those who saw more.
ENOUGH = 0.5


# How earned, by whether anything was right, whether enough was seen, the points a question, and the points.
Merit = tuple[bool, bool, float, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the standings; ``up`` is by how many places it rose with the last round, below nothing if it fell."""

    name: str
    rank: int
    right: int
    seen: int
    points: int
    up: int


@dataclass(frozen=True, slots=True)
class Top:
    """The top of the standings; ``more`` is how many others share the last place in it."""

    standings: tuple[Standing, ...] = ()
    more: int = 0


def rank(room: Classroom, seats: Mapping[Key, Seat]) -> dict[Key, int]:
    """Rank seats by what they earned a question they saw; equals share a place, and a seat that saw nothing has none.

    Late joiners are thus ranked by right answers of those they saw, once they saw half of the rounds. Nobody without a
    right answer stands above somebody with one.
    """
    merits = {key: _merit(seat, room) for key, seat in seats.items() if seat.seen and not seat.gone}
    ordered = sorted(merits.values(), reverse=True)
    places: dict[Merit, int] = {}
    for place, merit in enumerate(ordered, 1):
        places.setdefault(merit, place)
    return {key: places[merit] for key, merit in merits.items()}


def top(ranked: Sequence[Standing], most: int, sharing: int | None = None) -> Top:
    """Return the first so many, best first, and how many more share the last place shown.

    While nobody has a right answer there are none: a first place must be earned.

    Args:
        ranked: standings with a place, best first; equals in the order in which they are to be shown.
        most: how many are shown.
        sharing: how many share the place of the last one shown, where ``ranked`` does not hold all of them.
    """
    shown = tuple(ranked[:most])
    if not any(one.right for one in shown):
        return Top()
    last = shown[-1].rank
    everybody = sum(one.rank == last for one in ranked) if sharing is None else sharing
    return Top(shown, everybody - sum(one.rank == last for one in shown))


def _merit(seat: Seat, room: Classroom) -> Merit:
    return seat.points > 0, seat.seen >= room.counted * ENOUGH, seat.points / seat.seen, seat.points
