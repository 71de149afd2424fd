"""Counting of closed rounds for a seat, and the rounds of seats that are behind."""

from dataclasses import replace

import pytest
from seat_states import RIGHT, WRONG, asked, asking, at, closed

from bot.core.classroom import Outcome
from bot.core.extra_time import ExtraTime
from bot.core.seat import (
    MOST_SILENT_ROUNDS,
    POINTS,
    Reply,
    Seat,
    annul,
    arrive,
    close_round,
    is_private,
    leave,
    next_private_round,
    open_private_round,
    open_round,
    rejoin,
    reply,
    takes_answer,
)


@pytest.mark.parametrize(
    ("answer", "seen", "right", "points", "silent"),
    [(RIGHT, 1, 1, POINTS, 0), (WRONG, 1, 0, 0, 0), (None, 1, 0, 0, 2)],
)
def test_a_closed_round_is_counted_once(answer: Reply | None, seen: int, right: int, points: int, silent: int) -> None:
    """An answer is counted when the round closes, and never again."""
    seat = replace(asked(asking()), silent=1)
    seat = reply(seat, asking(), answer) if answer else seat
    settled, counted = close_round(seat, closed(asking()))
    assert counted == answer
    assert (settled.seen, settled.right, settled.points, settled.silent) == (seen, right, points, silent)
    assert (settled.open, settled.awaited, settled.reply) == (False, False, None)
    assert close_round(settled, closed(asking())) == (settled, None)


def test_a_question_that_never_arrived_was_not_seen() -> None:
    """A question that never arrived counts neither as seen nor as silence."""
    settled, _ = close_round(open_round(Seat(), asking(), late=False), closed(asking()))
    assert (settled.seen, settled.silent) == (0, 0)


def test_a_round_without_answers_is_not_silence() -> None:
    """If nobody answered, no seat counts as silent: after a break the class waits for everybody."""
    settled, _ = close_round(asked(asking()), closed(asking(), answered=0, quiet=1))
    assert (settled.seen, settled.silent) == (1, 0)


def test_a_silent_seat_is_not_awaited() -> None:
    """After two rounds of silence a seat is not awaited until it answers or its person returns."""
    silent = Seat(silent=MOST_SILENT_ROUNDS)
    seen = [open_round(seat, asking(), late=False) for seat in (replace(silent, silent=1), silent, rejoin(silent))]
    assert [seat.awaited for seat in seen] == [True, False, True]
    answered = reply(asked(asking(), silent=MOST_SILENT_ROUNDS), asking(), WRONG)
    assert close_round(answered, closed(asking()))[0].silent == 0


def test_in_a_group_every_round_since_the_first_vote_is_seen() -> None:
    """A voter in a group has seen all rounds from the first vote on, except after leaving."""
    state = asking(together=True)
    voter = reply(open_round(Seat(), state, late=False), state, RIGHT)
    settled, _ = close_round(voter, closed(state))
    later = closed(asking(closed=1, together=True))
    assert close_round(settled, later)[0].seen == 2
    assert close_round(leave(settled), later)[0].seen == 1


def test_the_first_vote_counts_without_a_second() -> None:
    """After a discussion the second answer replaces the first; without a second the first counts."""
    first = reply(asked(asking()), asking(), RIGHT)
    second_vote = asking(vote=2)
    again = open_round(first, second_vote, late=False)
    assert (again.earlier, again.reply, takes_answer(again, second_vote)) == (RIGHT, None, True)
    assert open_round(again, asking(vote=3), late=False).earlier == RIGHT
    assert close_round(again, closed(second_vote))[1] == RIGHT
    assert close_round(reply(again, second_vote, WRONG), closed(second_vote))[1] == WRONG


def test_a_dropped_round_counts_for_nobody() -> None:
    """The answer to a dropped question is deleted."""
    seat = annul(reply(asked(asking()), asking(), RIGHT))
    assert (seat.open, seat.reply, seat.earlier) == (False, None, None)
    assert close_round(seat, closed(asking(), Outcome.SKIPPED)) == (seat, None)


@pytest.mark.parametrize(
    ("outcomes", "number", "following"),
    [
        ("ccc", 1, 2),
        ("ccc", 3, None),
        ("csc", 1, 3),
        ("cws", 1, None),
        ("", 0, None),
    ],
)
def test_a_seat_that_is_behind_takes_the_counted_rounds(outcomes: str, number: int, following: int | None) -> None:
    """The counted rounds after a seat's own follow one after the other; annulled ones are skipped."""
    names = {"c": Outcome.COUNTED, "s": Outcome.SKIPPED, "w": Outcome.WITHDRAWN}
    state = asking(outcomes=tuple(names[name] for name in outcomes), extras=(ExtraTime(),) * len(outcomes))
    assert next_private_round(Seat(round=number), state) == following


def test_a_private_round_counts() -> None:
    """A closed round that one seat takes in private is answered and counted, and the class does not wait."""
    state = asking(closed=2)
    seat = arrive(open_private_round(Seat(round=1, seen=1), 2), at(5))
    assert (seat.awaited, seat.coming, is_private(seat, state)) == (False, False, True)
    settled, counted = close_round(reply(seat, state, RIGHT), state)
    assert (counted, settled.seen, settled.points, settled.round) == (RIGHT, 2, POINTS, 2)
