"""A seat: the question, the answer, leaving and returning."""

from dataclasses import replace

import pytest
from hypothesis import given
from seat_states import RIGHT, WRONG, asked, asking, at, closed
from strategies import class_states, seats

from bot.core import events
from bot.core.classroom import ClassState, Phase
from bot.core.errors import TransitionRefusedError
from bot.core.seat import (
    Seat,
    annul,
    arrive,
    close_round,
    has_left_round,
    is_ready,
    leave,
    leaving_event,
    next_private_round,
    open_round,
    readmit,
    rejoin,
    remove,
    reply,
    start_at_current_round,
    takes_answer,
)
from bot.store.base import decode, encode


def test_an_opened_round_has_no_answer() -> None:
    """A seat with an open round waits for its question, is awaited, and has no answer."""
    seat = open_round(Seat(), asking(closed=1), late=False)
    assert (seat.round, seat.open, seat.awaited, seat.coming, seat.reply) == (2, True, True, True, None)


def test_time_begins_with_the_first_copy() -> None:
    """Time starts at the first arrival; a second copy, or one after the end, changes nothing."""
    seat = arrive(open_round(Seat(), asking(), late=False), at(3))
    assert (seat.coming, seat.arrived_at) == (False, at(3))
    assert arrive(seat, at(9)) == seat
    assert arrive(annul(open_round(Seat(), asking(), late=False)), at(9)).arrived_at is None


def test_a_group_awaits_no_seat() -> None:
    """In a group one message asks everybody: no seat has a copy of its own, and none is awaited."""
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
def test_an_answer_counts_while_its_round_is_open(seat: Seat, state: ClassState, counts: bool) -> None:  # noqa: FBT001 - drawn
    """An open round accepts one answer a seat, a discussion none; a privately open seat still accepts one."""
    assert takes_answer(seat, state) == counts
    if not counts:
        with pytest.raises(
            TransitionRefusedError, match=f"an answer to round {seat.round} is refused while {state.phase}"
        ):
            reply(seat, state, RIGHT)


def test_a_seat_with_an_answer_is_not_awaited() -> None:
    """A seat with an answer is no longer awaited, and stays open until the round is closed."""
    seat = reply(asked(asking()), asking(), RIGHT)
    assert (seat.reply, seat.awaited, seat.open, seat.right) == (RIGHT, False, True, 0)


def test_a_repeated_question_keeps_the_answer() -> None:
    """If the question of the same vote is sent again, the seat keeps its answer."""
    answered = reply(asked(asking()), asking(), RIGHT)
    assert open_round(answered, asking(), late=True) == answered


def test_a_person_who_left_keeps_the_seat() -> None:
    """A person who left keeps the marks and the seat, and gets it back on returning."""
    seat = leave(replace(asked(asking()), seen=3, right=2, points=20, silent=1, reply=RIGHT, earlier=WRONG))
    assert (seat.gone, seat.open, seat.seen, seat.right, seat.points) == (True, False, 3, 2, 20)
    assert (seat.reply, seat.earlier) == (None, None)
    back = rejoin(seat)
    assert (back.gone, back.silent, back.points) == (False, 0, 20)


@pytest.mark.parametrize("again", [asking(), asking(vote=2), asking(phase=Phase.DISCUSSING), asking(phase=Phase.HELD)])
def test_leaving_an_open_round_ends_it_for_the_seat(again: ClassState) -> None:
    """A round during which a person left is not asked again in any vote; the next one is."""
    back = start_at_current_round(rejoin(leave(asked(asking()))), again)
    assert has_left_round(back, again)
    assert not is_ready(back, again)
    assert open_round(back, again, late=True) == back
    assert not takes_answer(back, again)
    following = asking(closed=1)
    assert is_ready(start_at_current_round(back, following), following)
    assert open_round(start_at_current_round(back, following), following, late=False).open


def test_leaving_between_rounds_ends_none() -> None:
    """A person who left without an open question takes part in the round that is open on returning."""
    settled, _ = close_round(reply(asked(asking()), asking(), RIGHT), closed(asking()))
    back = start_at_current_round(rejoin(leave(settled)), asking(closed=1))
    assert is_ready(back, asking(closed=1))
    assert open_round(back, asking(closed=1), late=True).open


def test_a_removed_person_stays_out_until_readmitted() -> None:
    """A removed person has left, and cannot return until the teacher readmits them."""
    seat = remove(replace(asked(asking()), points=20))
    assert (seat.removed, seat.gone, seat.open, seat.points) == (True, True, False, 20)
    back = readmit(seat)
    assert (back.removed, back.gone) == (False, True)


@pytest.mark.parametrize(("number", "over", "begins"), [(0, 0, 0), (0, 3, 3), (1, 3, 3), (4, 3, 4)])
def test_a_joiner_starts_at_the_current_round(number: int, over: int, begins: int) -> None:
    """Closed rounds are not opened for a person who joins or returns, and none is opened twice."""
    assert start_at_current_round(Seat(round=number), asking(closed=over)).round == begins
    assert (
        next_private_round(start_at_current_round(Seat(round=number), asking(closed=over)), asking(closed=over)) is None
    )


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
def test_leaving_is_an_event_only_in_the_open_round(seat: Seat, state: ClassState, told: events.Left | None) -> None:
    """Only a seat in the open round has an event for the class when its person leaves."""
    assert leaving_event(seat, state) == told


@given(seats, class_states)
def test_states_survive_a_json_round_trip(seat: Seat, state: ClassState) -> None:
    """Any seat and any class state are equal after encoding and decoding as JSON."""
    assert decode(Seat, encode(seat)) == seat
    assert decode(ClassState, encode(state)) == state
