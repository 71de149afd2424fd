"""Who stands where in a live class."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import seats

from bot.core.classroom import Classroom, Outcome, begin
from bot.core.seat import POINTS, Seat
from bot.core.standings import Standing, Top, rank, top

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
        (4, {"all wrong": (0, 4), "late": (1, 1)}, {"all wrong": 2, "late": 1}),
        (9, {"A": (0, 9), "B": (0, 9), "late": (1, 2), "later": (0, 1)}, {"A": 2, "B": 2, "late": 1, "later": 4}),
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


@given(st.dictionaries(st.integers(0, 9), seats), st.integers(0, 6))
def test_nobody_stands_first_without_a_right_answer(everybody: dict[int, Seat], rounds: int) -> None:
    """Whoever earned nothing stands below everybody who earned something, however little these saw."""
    places = rank(counted(rounds), everybody)
    earned = [place for who, place in places.items() if everybody[who].points]
    assert all(max(earned) < place for who, place in places.items() if earned and not everybody[who].points)


def standings(*places: tuple[int, int]) -> list[Standing]:
    """Make standings of such places and right answers."""
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
def test_who_shares_the_last_place_shown_is_counted(places: list[tuple[int, int]], shown: int, more: int) -> None:
    """The top holds five at most and counts the others of its last place; where nobody was right it is empty."""
    ranked = standings(*places)
    assert top(ranked, 5) == Top(tuple(ranked[:shown]), more)
    last = places[shown - 1][0] if shown else 0
    assert top(ranked[:5], 5, sharing=sum(place == last for place, _ in places)) == Top(tuple(ranked[:shown]), more)


@given(st.dictionaries(st.integers(0, 30), seats), st.integers(0, 6), st.integers(1, 6))
def test_everybody_of_a_place_shown_is_shown_or_counted(everybody: dict[int, Seat], rounds: int, most: int) -> None:
    """Of every place in the top all are named, but of the last one those beyond the limit are counted."""
    places = rank(counted(rounds), everybody)
    ranked = sorted((Standing(str(who), place, everybody[who].right, 1, 0, 0) for who, place in places.items()), key=by)
    best = top(ranked, most)
    if best.standings:
        of_places = {one.rank for one in best.standings}
        assert len(best.standings) + best.more == sum(place in of_places for place in places.values())


def by(one: Standing) -> int:
    """Return the place of a standing."""
    return one.rank
