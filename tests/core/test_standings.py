"""Who stands where in a live class."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import seats

from bot.core.classroom import Classroom, Outcome, begin
from bot.core.seat import POINTS, Seat
from bot.core.standings import rank

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(*outcomes: Outcome) -> Classroom:
    """Make a class that closed rounds so."""
    room = begin(("q",) * (len(outcomes) + 1), NOW, seconds=0, bonus=False, together=False)
    return replace(room, outcomes=outcomes)


def counted(rounds: int) -> Classroom:
    """Make a class that counted so many rounds."""
    return after(*[Outcome.COUNTED] * rounds)


def scored(right: int, seen: int, *, gone: bool = False) -> Seat:
    """Make a seat with so many right answers to the questions it saw."""
    return Seat(seen=seen, right=right, points=right * POINTS, gone=gone)


@pytest.mark.parametrize(
    ("rounds", "scores", "places"),
    [
        (4, {"Ann": (4, 4), "Bob": (3, 4), "Cem": (0, 4)}, {"Ann": 1, "Bob": 2, "Cem": 3}),
        (4, {"Ann": (3, 4), "Bob": (3, 4), "Cem": (2, 4)}, {"Ann": 1, "Bob": 1, "Cem": 3}),
        (4, {"all": (3, 4), "late": (2, 2)}, {"all": 2, "late": 1}),
        (4, {"all": (4, 4), "late": (2, 2)}, {"all": 1, "late": 2}),
        (5, {"all": (1, 5), "last": (2, 2)}, {"all": 1, "last": 2}),
        (5, {"half": (3, 3), "all": (4, 5)}, {"half": 1, "all": 2}),
        (3, {"once": (1, 1), "none": (0, 0)}, {"once": 1}),
        (0, {"Ann": (0, 0)}, {}),
    ],
)
def test_places_go_by_the_share_of_right_answers(
    rounds: int, scores: dict[str, tuple[int, int]], places: dict[str, int]
) -> None:
    """A better share stands higher, more of the same share too; equals share a place; who saw too little is below."""
    assert rank(counted(rounds), {name: scored(*score) for name, score in scores.items()}) == places


def test_rounds_taken_back_are_not_held_against_who_came_late() -> None:
    """Half of the rounds is half of those that counted."""
    room = after(Outcome.SKIPPED, Outcome.WITHDRAWN, Outcome.COUNTED, Outcome.COUNTED)
    assert rank(room, {"late": scored(1, 1), "all": scored(1, 2)}) == {"late": 1, "all": 2}


def test_who_left_has_no_place() -> None:
    """Whoever left is not in the standings, and nobody stands below them."""
    assert rank(counted(2), {"gone": scored(2, 2, gone=True), "here": scored(1, 2)}) == {"here": 1}


def test_a_bonus_decides_between_equals() -> None:
    """Of two with the same answers, the quicker stands higher where a bonus is given."""
    quick, slow = replace(scored(2, 2), points=27), replace(scored(2, 2), points=22)
    assert rank(counted(2), {"slow": slow, "quick": quick}) == {"slow": 2, "quick": 1}


@given(st.dictionaries(st.integers(0, 9), seats), st.integers(0, 6))
def test_places_are_numbered_without_gaps(everybody: dict[int, Seat], rounds: int) -> None:
    """Whoever is ranked has as many above as the place says, and everybody here who saw something is ranked."""
    places = rank(counted(rounds), everybody)
    assert set(places) == {who for who, seat in everybody.items() if seat.seen and not seat.gone}
    for place in places.values():
        assert place == 1 + sum(other < place for other in places.values())
