"""How long a round lasts for one person, who finishes it in private, and what quickness earns."""

from dataclasses import replace
from datetime import timedelta

import pytest
from class_states import NOW, SECOND
from hypothesis import given
from hypothesis import strategies as st
from seat_states import RIGHT, asked, asking, at, closed
from strategies import seats

from bot.core.classroom import GRACE, ClassState, Phase
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
    stays_open,
    time_of,
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
def test_time_is_what_is_allowed(allowance: int, seconds: int, time: timedelta | None) -> None:
    """A round lasts once, one and a half times or twice as long, or as long as it takes."""
    assert time_of(Seat(allowance=allowance), asking(seconds=seconds)) == time


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
def test_who_has_more_time_finishes_in_private(allowance: int, after: int, in_time: bool, stays: bool) -> None:  # noqa: FBT001 - drawn
    """A closed round goes on for whoever has more time than others, and where time closed it, for who got it late."""
    seat = asked(asking(), allowance=allowance)
    room = closed(asking())
    assert stays_open(seat, room, at(after), in_time=in_time) == stays
    assert is_private(seat, room)
    if stays and allowance:
        assert deadline(seat, room) == at(60 * allowance / 100) + GRACE


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
def test_nobody_else_stays_behind(seat: Seat, state: ClassState) -> None:
    """Who answered, left, never got the question, or sits in a group has nothing to finish in private."""
    assert not stays_open(seat, state, at(1), in_time=True)


def test_a_private_deadline_stands_though_the_class_goes_on() -> None:
    """Time that was added, and pauses after the arrival, belong to the round: the next one does not take them away."""
    extra = ExtraTime(30 * SECOND, (Pause(at(-90), at(-60)), Pause(at(-5), at(5)), Pause(at(10), at(20))))
    seat = asked(asking(), allowance=DOUBLE)
    room = closed(asking(extra=extra))
    end = at(120 + 30 + 5 + 10) + GRACE
    assert deadline(seat, room) == end
    assert deadline(seat, replace(room, phase=Phase.ASKING, extra=ExtraTime())) == end


def test_a_round_taken_alone_has_its_own_time() -> None:
    """A round that is put after the class closed it lasts as long as was promised, whatever was added for the class."""
    room = closed(asking(extra=ExtraTime(added=300 * SECOND)))
    seat = open_private_round(Seat(), 1)
    assert deadline(seat, room) is None
    assert deadline(arrive(seat, at(10)), room) == at(70) + GRACE


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
def test_a_bonus_is_measured_by_ones_own_time(
    right: bool,  # noqa: FBT001 - drawn
    bonus: bool,  # noqa: FBT001 - drawn
    allowance: int,
    after: int,
    points: int,
) -> None:
    """A right answer earns its points, and with a bonus more for the share of one's own time that is left."""
    room = asking(bonus=bonus)
    assert points_for(right, asked(room, allowance=allowance), room, at(after)) == points


def test_a_pause_costs_no_bonus() -> None:
    """What was held is no thinking time: neither a pause that is over nor one under way, nor in private afterwards."""
    room = asking(bonus=True, extra=ExtraTime(pauses=(Pause(at(-9), at(0)), Pause(at(12), at(312)))))
    seat = asked(room, allowance=DOUBLE)
    assert points_for(True, seat, room, at(312 + 36)) == POINTS + 3  # noqa: FBT003 - as it was marked
    assert points_for(True, seat, closed(room), at(312 + 36)) == POINTS + 3  # noqa: FBT003 - as it was marked
    held = asking(bonus=True, phase=Phase.HELD, since=at(24))
    assert points_for(True, asked(held), held, at(999)) == POINTS + 3  # noqa: FBT003 - as it was marked


def test_in_a_group_a_bonus_runs_from_the_message() -> None:
    """Where one message asks a group, quickness is measured from its arrival."""
    room = asking(bonus=True, together=True, arrived_at=at(10))
    assert points_for(True, open_round(Seat(), room, late=False), room, at(34)) == POINTS + 3  # noqa: FBT003 - as it was marked


def test_granted_time_holds_from_the_next_question() -> None:
    """Time granted while a question is open is for the next, as that one told its own; otherwise it holds at once."""
    assert set_allowance(Seat(), DOUBLE).allowance == DOUBLE
    seat = set_allowance(asked(asking(), allowance=HALF_MORE), UNTIMED)
    assert (seat.allowance, time_of(seat, asking())) == (HALF_MORE, 90 * SECOND)
    settled, _ = close_round(seat, closed(asking()))
    assert [
        one.allowance for one in (open_round(settled, asking(closed=1), late=False), open_private_round(settled, 2))
    ] == [UNTIMED] * 2
    assert set_allowance(set_allowance(seat, UNTIMED), USUAL).granted == USUAL
    assert open_round(settled, asking(closed=1), late=False).granted is None
    assert set_allowance(settled, USUAL).granted is None


@given(seats, st.integers(0, 300), st.booleans())
def test_points_keep_their_bounds(seat: Seat, after: int, bonus: bool) -> None:  # noqa: FBT001 - drawn
    """A right answer earns from ten points to fifteen, later never more than sooner; a wrong one nothing."""
    room = asking(bonus=bonus)
    started = replace(seat, round=1, alone=False, arrived_at=NOW)
    sooner, later = (points_for(True, started, room, at(moment)) for moment in (after, after + 1))  # noqa: FBT003 - as it was marked
    assert POINTS <= later <= sooner <= POINTS + BONUS * bonus
    assert points_for(False, started, room, at(after)) == 0  # noqa: FBT003 - as it was marked
