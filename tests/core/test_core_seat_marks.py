"""What is counted for one person when a round is closed, and which rounds are put to those who lag behind."""

from dataclasses import replace

import pytest
from seat_states import RIGHT, WRONG, asked, asking, at, closed

from bot.core.classroom import Outcome
from bot.core.extra_time import ExtraTime
from bot.core.seat import (
    POINTS,
    SILENT_ROUNDS,
    Reply,
    Seat,
    annul,
    arrive,
    close_round,
    come_back,
    is_private,
    leave,
    next_private_round,
    open_private_round,
    open_round,
    reply,
    takes_answer,
)


@pytest.mark.parametrize(
    ("answer", "seen", "right", "points", "silent"),
    [(RIGHT, 1, 1, POINTS, 0), (WRONG, 1, 0, 0, 0), (None, 1, 0, 0, 2)],
)
def test_a_closed_round_is_counted_once(answer: Reply | None, seen: int, right: int, points: int, silent: int) -> None:
    """What was answered is counted when the round closes, and never again."""
    seat = replace(asked(asking()), silent=1)
    seat = reply(seat, asking(), answer) if answer else seat
    settled, counted = close_round(seat, closed(asking()))
    assert counted == answer
    assert (settled.seen, settled.right, settled.points, settled.silent) == (seen, right, points, silent)
    assert (settled.open, settled.awaited, settled.reply) == (False, False, None)
    assert close_round(settled, closed(asking())) == (settled, None)


def test_what_never_arrived_was_not_seen() -> None:
    """A question that never reached somebody counts as neither seen nor let pass."""
    settled, _ = close_round(open_round(Seat(), asking(), late=False), closed(asking()))
    assert (settled.seen, settled.silent) == (0, 0)


def test_a_round_nobody_answered_is_nobodys_silence() -> None:
    """Where nobody at all answered, nobody counts as gone: after a break the class waits for everybody."""
    settled, _ = close_round(asked(asking()), closed(asking(), answered=0, quiet=1))
    assert (settled.seen, settled.silent) == (1, 0)


def test_who_is_silent_for_long_is_not_waited_for() -> None:
    """Who let two rounds pass is not waited for any more, until an answer or a return."""
    silent = Seat(silent=SILENT_ROUNDS)
    seen = [open_round(seat, asking(), late=False) for seat in (replace(silent, silent=1), silent, come_back(silent))]
    assert [seat.awaited for seat in seen] == [True, False, True]
    answered = reply(asked(asking(), silent=SILENT_ROUNDS), asking(), WRONG)
    assert close_round(answered, closed(asking()))[0].silent == 0


def test_in_a_group_every_round_since_the_first_vote_is_seen() -> None:
    """Who voted once in a group has seen the rounds from then on, also those without a vote; who left has not."""
    room = asking(together=True)
    voter = reply(open_round(Seat(), room, late=False), room, RIGHT)
    settled, _ = close_round(voter, closed(room))
    later = closed(asking(closed=1, together=True))
    assert close_round(settled, later)[0].seen == 2
    assert close_round(leave(settled), later)[0].seen == 1


def test_the_first_vote_stands_where_there_is_no_second() -> None:
    """After a discussion the second answer replaces the first; without one the first counts."""
    first = reply(asked(asking()), asking(), RIGHT)
    second_vote = asking(vote=2)
    again = open_round(first, second_vote, late=False)
    assert (again.earlier, again.reply, takes_answer(again, second_vote)) == (RIGHT, None, True)
    assert open_round(again, asking(vote=3), late=False).earlier == RIGHT
    assert close_round(again, closed(second_vote))[1] == RIGHT
    assert close_round(reply(again, second_vote, WRONG), closed(second_vote))[1] == WRONG


def test_a_round_taken_back_counts_for_nobody() -> None:
    """What was answered to a question that was taken back is dropped."""
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
def test_who_lags_behind_takes_what_was_counted(outcomes: str, number: int, following: int | None) -> None:
    """The closed rounds behind one's own come one after the other; those taken back do not."""
    names = {"c": Outcome.COUNTED, "s": Outcome.SKIPPED, "w": Outcome.WITHDRAWN}
    room = asking(outcomes=tuple(names[name] for name in outcomes), extras=(ExtraTime(),) * len(outcomes))
    assert next_private_round(Seat(round=number), room) == following


def test_a_round_taken_in_private_counts_like_any() -> None:
    """A closed round that is put to one person alone is answered and counted, and the room does not wait."""
    room = asking(closed=2)
    seat = arrive(open_private_round(Seat(round=1, seen=1), 2), at(5))
    assert (seat.awaited, seat.coming, is_private(seat, room)) == (False, False, True)
    settled, counted = close_round(reply(seat, room, RIGHT), room)
    assert (counted, settled.seen, settled.points, settled.round) == (RIGHT, 2, POINTS, 2)
