"""One person's part in a live class: the question that is put, the answer, going and coming back."""

from dataclasses import replace

import pytest
from hypothesis import given
from seat_states import RIGHT, WRONG, asked, asking, at, closed
from strategies import rooms, seats

from bot.core import events
from bot.core.classroom import ClassState, Phase
from bot.core.errors import MoveRefusedError
from bot.core.seat import (
    Seat,
    annul,
    arrive,
    begin_at,
    close_round,
    come_back,
    departure,
    has_left_round,
    is_ready,
    leave,
    next_private_round,
    open_round,
    readmit,
    remove,
    reply,
    takes_answer,
)
from bot.store.base import decode, encode


def test_a_question_is_put_to_a_seat() -> None:
    """A seat to which the open question was put waits for it, is waited for, and has no answer."""
    seat = open_round(Seat(), asking(closed=1), late=False)
    assert (seat.round, seat.open, seat.awaited, seat.coming, seat.reply) == (2, True, True, True, None)


def test_time_begins_with_the_first_copy() -> None:
    """Time begins when the question arrives; a second copy changes nothing, nor one that comes after the end."""
    seat = arrive(open_round(Seat(), asking(), late=False), at(3))
    assert (seat.coming, seat.arrived_at) == (False, at(3))
    assert arrive(seat, at(9)) == seat
    assert arrive(annul(open_round(Seat(), asking(), late=False)), at(9)).arrived_at is None


def test_in_a_group_no_seat_is_waited_for() -> None:
    """In a group one message asks everybody: a seat has no copy of its own, and the room waits for no name."""
    seat = open_round(Seat(), asking(together=True), late=False)
    assert (seat.awaited, seat.coming) == (False, False)


@pytest.mark.parametrize(
    ("seat", "state", "counts"),
    [
        (Seat(), asking(), False),
        (asked(asking()), asking(), True),
        (asked(asking()), asking(phase=Phase.HELD), True),
        (asked(asking()), asking(phase=Phase.DISCUSSING), False),
        (reply(asked(asking()), asking(), WRONG), asking(), False),
        (leave(asked(asking())), asking(), False),
        (asked(asking()), closed(asking()), True),
        (asked(asking()), asking(closed=2), True),
        (annul(asked(asking())), asking(), False),
    ],
)
def test_an_answer_counts_while_its_round_waits(seat: Seat, state: ClassState, counts: bool) -> None:  # noqa: FBT001 - drawn
    """The open round takes one answer a seat, a discussion none; who finishes in private is still waited for."""
    assert takes_answer(seat, state) == counts
    if not counts:
        with pytest.raises(MoveRefusedError, match=f"an answer to round {seat.round} is refused while {state.phase}"):
            reply(seat, state, RIGHT)


def test_an_answer_ends_the_waiting() -> None:
    """Who answered is no longer waited for; the seat stays open until the round is closed."""
    seat = reply(asked(asking()), asking(), RIGHT)
    assert (seat.reply, seat.awaited, seat.open, seat.right) == (RIGHT, False, True, 0)


def test_a_question_put_again_in_the_same_vote_takes_no_answer_away() -> None:
    """Who answered keeps the answer when the same vote's question comes once more."""
    answered = reply(asked(asking()), asking(), RIGHT)
    assert open_round(answered, asking(), late=True) == answered


def test_a_seat_waits_for_who_left() -> None:
    """Who leaves keeps the marks and the seat; who comes back takes it again."""
    seat = leave(replace(asked(asking()), seen=3, right=2, points=20, silent=1, reply=RIGHT, earlier=WRONG))
    assert (seat.gone, seat.open, seat.seen, seat.right, seat.points) == (True, False, 3, 2, 20)
    assert (seat.reply, seat.earlier) == (None, None)
    back = come_back(seat)
    assert (back.gone, back.silent, back.points) == (False, 0, 20)


@pytest.mark.parametrize("again", [asking(), asking(vote=2), asking(phase=Phase.DISCUSSING), asking(phase=Phase.HELD)])
def test_leaving_an_open_round_ends_it_for_the_seat(again: ClassState) -> None:
    """A seat that was left while its round was open is not asked in it again, in neither vote; in the next it is."""
    back = begin_at(come_back(leave(asked(asking()))), again)
    assert has_left_round(back, again)
    assert not is_ready(back, again)
    assert open_round(back, again, late=True) == back
    assert not takes_answer(back, again)
    following = asking(closed=1)
    assert is_ready(begin_at(back, following), following)
    assert open_round(begin_at(back, following), following, late=False).open


def test_leaving_between_rounds_ends_none() -> None:
    """A seat that had no open question when it was left takes part in the round that is open when it comes back."""
    settled, _ = close_round(reply(asked(asking()), asking(), RIGHT), closed(asking()))
    back = begin_at(come_back(leave(settled)), asking(closed=1))
    assert is_ready(back, asking(closed=1))
    assert open_round(back, asking(closed=1), late=True).open


def test_who_was_put_out_stays_out_until_the_teacher_readmits() -> None:
    """Removing is leaving, and is remembered until it is taken back."""
    seat = remove(replace(asked(asking()), points=20))
    assert (seat.removed, seat.gone, seat.open, seat.points) == (True, True, False, 20)
    back = readmit(seat)
    assert (back.removed, back.gone) == (False, True)


@pytest.mark.parametrize(("number", "over", "begins"), [(0, 0, 0), (0, 3, 3), (1, 3, 3), (4, 3, 4)])
def test_who_comes_begins_with_the_present_round(number: int, over: int, begins: int) -> None:
    """Rounds that were over are not put to whoever comes, or comes back, and none is put a second time."""
    assert begin_at(Seat(round=number), asking(closed=over)).round == begins
    assert next_private_round(begin_at(Seat(round=number), asking(closed=over)), asking(closed=over)) is None


@pytest.mark.parametrize(
    ("seat", "state", "told"),
    [
        (open_round(Seat(), asking(), late=False), asking(), events.Left(awaited=True, coming=True)),
        (open_round(Seat(), asking(), late=True), asking(), events.Left(awaited=True, coming=False)),
        (asked(asking(), silent=2), asking(), events.Left(awaited=False, coming=False)),
        (reply(asked(asking()), asking(), WRONG), asking(), events.Left(awaited=False, coming=False, answered=True)),
        (asked(asking()), asking(closed=1), None),
        (asked(asking()), asking(phase=Phase.DISCUSSING), None),
        (Seat(), asking(), None),
    ],
)
def test_the_room_is_told_who_leaves_the_open_round(seat: Seat, state: ClassState, told: events.Left | None) -> None:
    """Only a seat in the open round is anything to the room; one that finishes in private is not."""
    assert departure(seat, state) == told


@given(seats, rooms)
def test_seats_and_rooms_come_back_from_disk(seat: Seat, state: ClassState) -> None:
    """Any seat and any room, written as JSON, read back equal."""
    assert decode(Seat, encode(seat)) == seat
    assert decode(ClassState, encode(state)) == state
