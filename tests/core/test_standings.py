"""Standings of a live class."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import seats

from bot.core.classroom import ClassState, Outcome, begin
from bot.core.seat import POINTS, Seat
from bot.core.standings import Standing, Top, rank, top

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(*outcomes: Outcome) -> ClassState:
    """Create a class with closed rounds of these outcomes."""
    state = begin(("q",) * (len(outcomes) + 1), NOW, seconds=0, bonus=False, together=False)
    return replace(state, outcomes=outcomes)


def counted(rounds: int) -> ClassState:
    """Create a class with this number of counted rounds."""
    return after(*[Outcome.COUNTED] * rounds)


def scored(right: int, seen: int, *, gone: bool = False) -> Seat:
    """Create a seat with this number of right answers to the questions that it saw."""
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
        (4, {"all wrong": (0, 4), "late": (1, 1)}, {"all wrong": 2, "late": 1}),
        (9, {"A": (0, 9), "B": (0, 9), "late": (1, 2), "later": (0, 1)}, {"A": 2, "B": 2, "late": 1, "later": 4}),
    ],
)
def test_places_go_by_the_share_of_right_answers(
    rounds: int, scores: dict[str, tuple[int, int]], places: dict[str, int]
) -> None:
    """A higher share ranks higher, and so do more right answers of one share; equals share a place."""
    assert rank(counted(rounds), {name: scored(*score) for name, score in scores.items()}) == places


def test_withdrawn_rounds_do_not_count_against_late_joiners() -> None:
    """Half of the rounds means half of those that counted."""
    state = after(Outcome.SKIPPED, Outcome.WITHDRAWN, Outcome.COUNTED, Outcome.COUNTED)
    assert rank(state, {"late": scored(1, 1), "all": scored(1, 2)}) == {"late": 1, "all": 2}


def test_a_pupil_who_left_has_no_place() -> None:
    """A pupil who left is not in the standings and takes no place."""
    assert rank(counted(2), {"gone": scored(2, 2, gone=True), "here": scored(1, 2)}) == {"here": 1}


def test_a_bonus_decides_between_equals() -> None:
    """Of two pupils with the same answers, the quicker one ranks higher if there is a bonus."""
    quick, slow = replace(scored(2, 2), points=27), replace(scored(2, 2), points=22)
    assert rank(counted(2), {"slow": slow, "quick": quick}) == {"slow": 2, "quick": 1}


@given(st.dictionaries(st.integers(0, 9), seats), st.integers(0, 6))
def test_places_are_numbered_without_gaps(everybody: dict[int, Seat], rounds: int) -> None:
    """A place is one more than the number of seats above it, and every seat that saw a question has one."""
    places = rank(counted(rounds), everybody)
    assert set(places) == {who for who, seat in everybody.items() if seat.seen and not seat.gone}
    for place in places.values():
        assert place == 1 + sum(other < place for other in places.values())


@given(st.dictionaries(st.integers(0, 9), seats), st.integers(0, 6))
def test_a_seat_without_points_ranks_below_all_with_points(everybody: dict[int, Seat], rounds: int) -> None:
    """A seat without points ranks below every seat with points."""
    places = rank(counted(rounds), everybody)
    earned = [place for who, place in places.items() if everybody[who].points]
    assert all(max(earned) < place for who, place in places.items() if earned and not everybody[who].points)


def standings(*places: tuple[int, int]) -> list[Standing]:
    """Create standings of these places and right answers."""
    return [Standing(f"P{number}", place, right, 9, 10 * right, 0) for number, (place, right) in enumerate(places)]


@pytest.mark.parametrize(
    ("places", "shown", "more"),
    [
        ([], 0, 0),
        ([(1, 0)], 0, 0),
        ([(1, 0)] * 5, 0, 0),
        ([(1, 0)] * 8, 0, 0),
        ([(1, 1)] * 5, 5, 0),
        ([(1, 1)] * 6, 5, 1),
        ([(1, 1)] * 8, 5, 3),
        ([(1, 3), (2, 2), (3, 1), (3, 1), (3, 1), (3, 1), (3, 1)], 5, 2),
        ([(1, 3), (2, 2), (3, 1), (4, 1), (5, 1), (6, 0)], 5, 0),
        ([(1, 9), *[(2, 8)] * 4, (6, 7), (6, 7)], 5, 0),
        ([(1, 1), *[(2, 0)] * 7], 5, 3),
    ],
)
def test_others_on_the_last_place_shown_are_counted(places: list[tuple[int, int]], shown: int, more: int) -> None:
    """The top has at most five and counts the others of its last place; without a right answer it is empty."""
    ranked = standings(*places)
    assert top(ranked, 5) == Top(tuple(ranked[:shown]), more)
    last = places[shown - 1][0] if shown else 0
    assert top(ranked[:5], 5, sharing=sum(place == last for place, _ in places)) == Top(tuple(ranked[:shown]), more)


@given(st.dictionaries(st.integers(0, 30), seats), st.integers(0, 6), st.integers(1, 6))
def test_everybody_of_a_place_shown_is_shown_or_counted(everybody: dict[int, Seat], rounds: int, most: int) -> None:
    """Every seat of a place in the top is shown, or counted if it is beyond the limit."""
    places = rank(counted(rounds), everybody)
    ranked = sorted(
        (Standing(str(who), place, everybody[who].right, 1, 0, 0) for who, place in places.items()), key=place_of
    )
    best = top(ranked, most)
    if best.standings:
        of_places = {one.rank for one in best.standings}
        assert len(best.standings) + best.more == sum(place in of_places for place in places.values())


def place_of(one: Standing) -> int:
    """Return the place of a standing."""
    return one.rank
