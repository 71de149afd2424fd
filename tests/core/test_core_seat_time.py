"""The time of a seat, finishing a round in private, and the bonus."""

from dataclasses import replace
from datetime import timedelta

import pytest
from class_states import NOW, SECOND
from hypothesis import given
from hypothesis import strategies as st
from seat_states import RIGHT, asked, asking, at, closed
from strategies import seats

from bot.core.classroom import VOTE_GRACE, ClassState, Phase
from bot.core.extra_time import ExtraTime, Pause
from bot.core.seat import (
    BONUS,
    DOUBLE,
    HALF_MORE,
    POINTS,
    UNTIMED,
    USUAL,
    Seat,
    arrive,
    close_round,
    deadline,
    is_private,
    leave,
    open_private_round,
    open_round,
    points_for,
    reply,
    set_allowance,
    stays_open_in_private,
    time_allowed,
)


@pytest.mark.parametrize(
    ("allowance", "seconds", "time"),
    [
        (USUAL, 60, 60 * SECOND),
        (HALF_MORE, 60, 90 * SECOND),
        (DOUBLE, 60, 120 * SECOND),
        (HALF_MORE, 15, 22.5 * SECOND),
        (UNTIMED, 60, None),
        (DOUBLE, 0, None),
    ],
)
def test_the_allowance_determines_the_time(allowance: int, seconds: int, time: timedelta | None) -> None:
    """A round lasts once, one and a half times or twice its time, or without a limit."""
    assert time_allowed(Seat(allowance=allowance), asking(seconds=seconds)) == time


@pytest.mark.parametrize(
    ("allowance", "after", "in_time", "stays"),
    [
        (USUAL, 30, False, False),
        (USUAL, 61, True, True),
        (USUAL, 62, True, False),
        (HALF_MORE, 62, True, True),
        (HALF_MORE, 30, False, True),
        (HALF_MORE, 92, True, False),
        (DOUBLE, 92, True, True),
        (DOUBLE, 122, True, False),
        (UNTIMED, 10_000, True, True),
        (UNTIMED, 30, False, True),
    ],
)
def test_a_seat_with_time_left_finishes_in_private(allowance: int, after: int, in_time: bool, stays: bool) -> None:  # noqa: FBT001 - drawn
    """A closed round stays open for seats with more time and, if the deadline closed it, for late arrivals."""
    seat = asked(asking(), allowance=allowance)
    state = closed(asking())
    assert stays_open_in_private(seat, state, at(after), in_time=in_time) == stays
    assert is_private(seat, state)
    if stays and allowance:
        assert deadline(seat, state) == at(60 * allowance / 100) + VOTE_GRACE


@pytest.mark.parametrize(
    ("seat", "state"),
    [
        (Seat(allowance=UNTIMED), closed(asking())),
        (open_round(Seat(allowance=UNTIMED), asking(), late=False), closed(asking())),
        (reply(asked(asking(), allowance=UNTIMED), asking(), RIGHT), closed(asking())),
        (leave(asked(asking(), allowance=UNTIMED)), closed(asking())),
        (asked(asking(), allowance=UNTIMED), closed(asking(together=True))),
        (asked(asking(seconds=0), allowance=DOUBLE), closed(asking(seconds=0))),
    ],
)
def test_other_seats_do_not_stay_open(seat: Seat, state: ClassState) -> None:
    """A seat with an answer, without the question, without its person or in a group has no private round."""
    assert not stays_open_in_private(seat, state, at(1), in_time=True)


def test_a_private_deadline_does_not_change() -> None:
    """Added time and pauses belong to the round, and later rounds do not change its private deadline."""
    extra = ExtraTime(30 * SECOND, (Pause(at(-90), at(-60)), Pause(at(-5), at(5)), Pause(at(10), at(20))))
    seat = asked(asking(), allowance=DOUBLE)
    state = closed(asking(extra=extra))
    end = at(120 + 30 + 5 + 10) + VOTE_GRACE
    assert deadline(seat, state) == end
    assert deadline(seat, replace(state, phase=Phase.ASKING, extra=ExtraTime())) == end


def test_a_private_round_has_its_own_time() -> None:
    """A round opened after the class closed it lasts the announced time, without the time added in the class."""
    state = closed(asking(extra=ExtraTime(added=300 * SECOND)))
    seat = open_private_round(Seat(), 1)
    assert deadline(seat, state) is None
    assert deadline(arrive(seat, at(10)), state) == at(70) + VOTE_GRACE


@pytest.mark.parametrize(
    ("right", "bonus", "allowance", "after", "points"),
    [
        (False, True, USUAL, 0, 0),
        (True, False, USUAL, 0, POINTS),
        (True, True, USUAL, 0, POINTS + BONUS),
        (True, True, USUAL, -5, POINTS + BONUS),
        (True, True, USUAL, 24, POINTS + 3),
        (True, True, USUAL, 60, POINTS),
        (True, True, USUAL, 62, POINTS),
        (True, True, DOUBLE, 48, POINTS + 3),
        (True, True, UNTIMED, 0, POINTS + BONUS // 2),
        (True, True, UNTIMED, 999, POINTS + BONUS // 2),
    ],
)
def test_the_bonus_depends_on_the_seats_own_time(
    right: bool,  # noqa: FBT001 - drawn
    bonus: bool,  # noqa: FBT001 - drawn
    allowance: int,
    after: int,
    points: int,
) -> None:
    """A right answer earns its points, and a bonus for the share of the seat's own time that is left."""
    state = asking(bonus=bonus)
    assert points_for(right, asked(state, allowance=allowance), state, at(after)) == points


def test_a_pause_costs_no_bonus() -> None:
    """Pauses, ended or not, are not thinking time, also after the round was closed."""
    state = asking(bonus=True, extra=ExtraTime(pauses=(Pause(at(-9), at(0)), Pause(at(12), at(312)))))
    seat = asked(state, allowance=DOUBLE)
    assert points_for(True, seat, state, at(312 + 36)) == POINTS + 3  # noqa: FBT003 - as it was marked
    assert points_for(True, seat, closed(state), at(312 + 36)) == POINTS + 3  # noqa: FBT003 - as it was marked
    held = asking(bonus=True, phase=Phase.HELD, since=at(24))
    assert points_for(True, asked(held), held, at(999)) == POINTS + 3  # noqa: FBT003 - as it was marked


def test_the_bonus_in_a_group_starts_with_the_message() -> None:
    """If one message asks a group, quickness is measured from its arrival."""
    state = asking(bonus=True, together=True, arrived_at=at(10))
    assert points_for(True, open_round(Seat(), state, late=False), state, at(34)) == POINTS + 3  # noqa: FBT003 - as it was marked


def test_a_new_allowance_applies_from_the_next_question() -> None:
    """An allowance set while a question is open applies from the next one; otherwise it applies at once."""
    assert set_allowance(Seat(), DOUBLE).allowance == DOUBLE
    seat = set_allowance(asked(asking(), allowance=HALF_MORE), UNTIMED)
    assert (seat.allowance, time_allowed(seat, asking())) == (HALF_MORE, 90 * SECOND)
    settled, _ = close_round(seat, closed(asking()))
    assert [
        one.allowance for one in (open_round(settled, asking(closed=1), late=False), open_private_round(settled, 2))
    ] == [UNTIMED] * 2
    assert set_allowance(set_allowance(seat, UNTIMED), USUAL).granted == USUAL
    assert open_round(settled, asking(closed=1), late=False).granted is None
    assert set_allowance(settled, USUAL).granted is None


@given(seats, st.integers(0, 300), st.booleans())
def test_points_are_within_bounds(seat: Seat, after: int, bonus: bool) -> None:  # noqa: FBT001 - drawn
    """A right answer earns ten to fifteen points, a later one never more than an earlier; a wrong one none."""
    state = asking(bonus=bonus)
    started = replace(seat, round=1, alone=False, arrived_at=NOW)
    sooner, later = (points_for(True, started, state, at(moment)) for moment in (after, after + 1))  # noqa: FBT003 - as it was marked
    assert POINTS <= later <= sooner <= POINTS + BONUS * bonus
    assert points_for(False, started, state, at(after)) == 0  # noqa: FBT003 - as it was marked
