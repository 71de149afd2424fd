"""Standings of a live class: pupils ranked by points for each question that they saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.classroom import ClassState
from bot.core.seat import Seat

Key = TypeVar("Key")

# Pupils who saw fewer than half of the rounds rank below those who saw more.
LEAST_SHARE_SEEN = 0.5


# The key of the ranking: whether there are points, whether enough rounds were seen, points a question, points.
RankingKey = tuple[bool, bool, float, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the standings; ``up`` is the number of places gained in the last round, negative if it fell."""

    name: str
    rank: int
    right: int
    seen: int
    points: int
    up: int


@dataclass(frozen=True, slots=True)
class Top:
    """The top of the standings; ``more`` is the number of others who share its last place."""

    standings: tuple[Standing, ...] = ()
    more: int = 0


def rank(state: ClassState, seats: Mapping[Key, Seat]) -> dict[Key, int]:
    """Rank seats by points for each question that they saw; equals share a place, a seat that saw none has no place.

    So a late joiner competes with the others after seeing half of the rounds. A seat without a right answer is never
    above one with a right answer.
    """
    merits = {key: _ranking_key(seat, state) for key, seat in seats.items() if seat.seen and not seat.gone}
    ordered = sorted(merits.values(), reverse=True)
    places: dict[RankingKey, int] = {}
    for place, merit in enumerate(ordered, 1):
        places.setdefault(merit, place)
    return {key: places[merit] for key, merit in merits.items()}


def top(ranked: Sequence[Standing], most: int, sharing: int | None = None) -> Top:
    """Return the first standings and the number of others who share the last place shown.

    Before the first right answer the top is empty, so that nobody leads without one.

    Args:
        ranked: standings with a place, best first; equals in the order in which they are shown.
        most: the number of standings to show.
        sharing: the number of seats that share the last place shown, if ``ranked`` does not contain all of them.
    """
    shown = tuple(ranked[:most])
    if not any(one.right for one in shown):
        return Top()
    last = shown[-1].rank
    everybody = sum(one.rank == last for one in ranked) if sharing is None else sharing
    return Top(shown, everybody - sum(one.rank == last for one in shown))


def _ranking_key(seat: Seat, state: ClassState) -> RankingKey:
    return seat.points > 0, seat.seen >= state.counted * LEAST_SHARE_SEEN, seat.points / seat.seen, seat.points
