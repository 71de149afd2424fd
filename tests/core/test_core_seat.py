"""One person's part in a live class, rule by rule."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rooms, seats

from bot.core import events
from bot.core.classroom import GRACE, Classroom, Outcome, Phase, begin
from bot.core.errors import MoveRefusedError
from bot.core.extra import Extra, Pause
from bot.core.seat import (
    BONUS,
    DOUBLE,
    HALF_MORE,
    POINTS,
    SILENT_ROUNDS,
    UNTIMED,
    USUAL,
    Reply,
    Seat,
    allow,
    annul,
    arrive,
    begin_at,
    come_back,
    deadline,
    departure,
    is_private,
    leave,
    next_private_round,
    points_for,
    put,
    put_private,
    readmit,
    remove,
    reply,
    settle,
    stays_open,
    takes_answer,
    time_of,
)
from bot.store.base import decode, encode

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RIGHT = Reply(right=True, choice=(0,), given="Geneva", note="", points=POINTS, at=NOW)
WRONG = Reply(right=False, choice=(1,), given="Vienna", note="The other one.", points=0, at=NOW)


def at(seconds: float) -> datetime:
    """Give a moment so many seconds after the question was put."""
    return NOW + seconds * SECOND


def asking(closed: int = 0, **fields: object) -> Classroom:
    """Make a class over a link whose next round is open, a minute long, after so many that counted."""
    room = begin(("q1", "q2", "q3", "q4"), NOW, seconds=60, bonus=False, together=False)
    over = {"outcomes": (Outcome.COUNTED,) * closed, "extras": (Extra(),) * closed}
    return replace(room, **{"phase": Phase.ASKING, **over, **fields})


def closed(room: Classroom, outcome: Outcome = Outcome.COUNTED, **fields: object) -> Classroom:
    """Close the open round of a class."""
    over = {"outcomes": (*room.outcomes, outcome), "extras": (*room.extras, room.extra)}
    return replace(room, **{"phase": Phase.REVEALED, "answered": 1, **over, **fields})


def asked(room: Classroom, **fields: object) -> Seat:
    """Make a seat to which the open question was put and came at once."""
    return arrive(put(Seat(**fields), room, late=False), NOW)


def test_a_question_is_put_to_a_seat() -> None:
    """A seat to which the open question was put waits for it, is waited for, and has no answer."""
    seat = put(Seat(), asking(closed=1), late=False)
    assert (seat.round, seat.open, seat.awaited, seat.coming, seat.reply) == (2, True, True, True, None)


def test_time_begins_with_the_first_copy() -> None:
    """Time begins when the question arrives; a second copy changes nothing, nor one that comes after the end."""
    seat = arrive(put(Seat(), asking(), late=False), at(3))
    assert (seat.coming, seat.arrived_at) == (False, at(3))
    assert arrive(seat, at(9)) == seat
    assert arrive(annul(put(Seat(), asking(), late=False)), at(9)).arrived_at is None


def test_in_a_group_no_seat_is_waited_for() -> None:
    """In a group one message asks everybody: a seat has no copy of its own, and the room waits for no name."""
    seat = put(Seat(), asking(together=True), late=False)
    assert (seat.awaited, seat.coming) == (False, False)


@pytest.mark.parametrize(
    ("seat", "room", "counts"),
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
def test_an_answer_counts_while_its_round_waits(seat: Seat, room: Classroom, counts: bool) -> None:  # noqa: FBT001 - drawn
    """The open round takes one answer a seat, a discussion none; who finishes in private is still waited for."""
    assert takes_answer(seat, room) == counts
    if not counts:
        with pytest.raises(MoveRefusedError, match=f"an answer to round {seat.round} is refused while {room.phase}"):
            reply(seat, room, RIGHT)


def test_an_answer_ends_the_waiting() -> None:
    """Who answered is no longer waited for; the seat stays open until the round is closed."""
    seat = reply(asked(asking()), asking(), RIGHT)
    assert (seat.reply, seat.awaited, seat.open, seat.right) == (RIGHT, False, True, 0)


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
    ("seat", "room"),
    [
        (Seat(allowance=UNTIMED), closed(asking())),
        (put(Seat(allowance=UNTIMED), asking(), late=False), closed(asking())),
        (reply(asked(asking(), allowance=UNTIMED), asking(), RIGHT), closed(asking())),
        (leave(asked(asking(), allowance=UNTIMED)), closed(asking())),
        (asked(asking(), allowance=UNTIMED), closed(asking(together=True))),
        (asked(asking(seconds=0), allowance=DOUBLE), closed(asking(seconds=0))),
    ],
)
def test_nobody_else_stays_behind(seat: Seat, room: Classroom) -> None:
    """Who answered, left, never got the question, or sits in a group has nothing to finish in private."""
    assert not stays_open(seat, room, at(1), in_time=True)


def test_a_private_deadline_stands_though_the_class_goes_on() -> None:
    """Time that was added, and pauses after the arrival, belong to the round: the next one does not take them away."""
    extra = Extra(30 * SECOND, (Pause(at(-90), at(-60)), Pause(at(-5), at(5)), Pause(at(10), at(20))))
    seat = asked(asking(), allowance=DOUBLE)
    room = closed(asking(extra=extra))
    end = at(120 + 30 + 5 + 10) + GRACE
    assert deadline(seat, room) == end
    assert deadline(seat, replace(room, phase=Phase.ASKING, extra=Extra())) == end


def test_a_round_taken_alone_has_its_own_time() -> None:
    """A round that is put after the class closed it lasts as long as was promised, whatever was added for the class."""
    room = closed(asking(extra=Extra(added=300 * SECOND)))
    seat = put_private(Seat(), 1)
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
    room = asking(bonus=True, extra=Extra(pauses=(Pause(at(-9), at(0)), Pause(at(12), at(312)))))
    seat = asked(room, allowance=DOUBLE)
    assert points_for(True, seat, room, at(312 + 36)) == POINTS + 3  # noqa: FBT003 - as it was marked
    assert points_for(True, seat, closed(room), at(312 + 36)) == POINTS + 3  # noqa: FBT003 - as it was marked
    held = asking(bonus=True, phase=Phase.HELD, since=at(24))
    assert points_for(True, asked(held), held, at(999)) == POINTS + 3  # noqa: FBT003 - as it was marked


def test_in_a_group_a_bonus_runs_from_the_message() -> None:
    """Where one message asks a group, quickness is measured from its arrival."""
    room = asking(bonus=True, together=True, arrived_at=at(10))
    assert points_for(True, put(Seat(), room, late=False), room, at(34)) == POINTS + 3  # noqa: FBT003 - as it was marked


@pytest.mark.parametrize(
    ("answer", "seen", "right", "points", "silent"),
    [(RIGHT, 1, 1, POINTS, 0), (WRONG, 1, 0, 0, 0), (None, 1, 0, 0, 2)],
)
def test_a_closed_round_is_counted_once(answer: Reply | None, seen: int, right: int, points: int, silent: int) -> None:
    """What was answered is counted when the round closes, and never again."""
    seat = replace(asked(asking()), silent=1)
    seat = reply(seat, asking(), answer) if answer else seat
    settled, counted = settle(seat, closed(asking()))
    assert counted == answer
    assert (settled.seen, settled.right, settled.points, settled.silent) == (seen, right, points, silent)
    assert (settled.open, settled.awaited, settled.reply) == (False, False, None)
    assert settle(settled, closed(asking())) == (settled, None)


def test_what_never_arrived_was_not_seen() -> None:
    """A question that never reached somebody counts as neither seen nor let pass."""
    settled, _ = settle(put(Seat(), asking(), late=False), closed(asking()))
    assert (settled.seen, settled.silent) == (0, 0)


def test_a_round_nobody_answered_is_nobodys_silence() -> None:
    """Where nobody at all answered, nobody counts as gone: after a break the class waits for everybody."""
    settled, _ = settle(asked(asking()), closed(asking(), answered=0, quiet=1))
    assert (settled.seen, settled.silent) == (1, 0)


def test_who_is_silent_for_long_is_not_waited_for() -> None:
    """Who let two rounds pass is not waited for any more, until an answer or a return."""
    silent = Seat(silent=SILENT_ROUNDS)
    seen = [put(seat, asking(), late=False) for seat in (replace(silent, silent=1), silent, come_back(silent))]
    assert [seat.awaited for seat in seen] == [True, False, True]
    answered = reply(asked(asking(), silent=SILENT_ROUNDS), asking(), WRONG)
    assert settle(answered, closed(asking()))[0].silent == 0


def test_in_a_group_every_round_since_the_first_vote_is_seen() -> None:
    """Who voted once in a group has seen the rounds from then on, also those without a vote; who left has not."""
    room = asking(together=True)
    voter = reply(put(Seat(), room, late=False), room, RIGHT)
    settled, _ = settle(voter, closed(room))
    later = closed(asking(closed=1, together=True))
    assert settle(settled, later)[0].seen == 2
    assert settle(leave(settled), later)[0].seen == 1


def test_the_first_vote_stands_where_there_is_no_second() -> None:
    """After a discussion the second answer replaces the first; without one the first counts."""
    first = reply(asked(asking()), asking(), RIGHT)
    second_vote = asking(vote=2)
    again = put(first, second_vote, late=False)
    assert (again.earlier, again.reply, takes_answer(again, second_vote)) == (RIGHT, None, True)
    assert put(again, asking(vote=3), late=False).earlier == RIGHT
    assert settle(again, closed(second_vote))[1] == RIGHT
    assert settle(reply(again, second_vote, WRONG), closed(second_vote))[1] == WRONG


def test_a_question_put_again_in_the_same_vote_takes_no_answer_away() -> None:
    """Who answered keeps the answer when the same vote's question comes once more."""
    answered = reply(asked(asking()), asking(), RIGHT)
    assert put(answered, asking(), late=True) == answered


def test_a_round_taken_back_counts_for_nobody() -> None:
    """What was answered to a question that was taken back is dropped."""
    seat = annul(reply(asked(asking()), asking(), RIGHT))
    assert (seat.open, seat.reply, seat.earlier) == (False, None, None)
    assert settle(seat, closed(asking(), Outcome.SKIPPED)) == (seat, None)


def test_a_seat_waits_for_who_left() -> None:
    """Who leaves keeps the marks and the seat; who comes back takes it again."""
    seat = leave(replace(asked(asking()), seen=3, right=2, points=20, silent=1, reply=RIGHT, earlier=WRONG))
    assert (seat.gone, seat.open, seat.seen, seat.right, seat.points) == (True, False, 3, 2, 20)
    assert (seat.reply, seat.earlier) == (None, None)
    back = come_back(seat)
    assert (back.gone, back.silent, back.points) == (False, 0, 20)


def test_granted_time_holds_from_the_next_question() -> None:
    """Time granted while a question is open is for the next, as that one told its own; otherwise it holds at once."""
    assert allow(Seat(), DOUBLE).allowance == DOUBLE
    seat = allow(asked(asking(), allowance=HALF_MORE), UNTIMED)
    assert (seat.allowance, time_of(seat, asking())) == (HALF_MORE, 90 * SECOND)
    settled, _ = settle(seat, closed(asking()))
    assert [one.allowance for one in (put(settled, asking(closed=1), late=False), put_private(settled, 2))] == [
        UNTIMED
    ] * 2
    assert allow(allow(seat, UNTIMED), USUAL).granted == USUAL
    assert put(settled, asking(closed=1), late=False).granted is None
    assert allow(settled, USUAL).granted is None


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
    ("seat", "room", "told"),
    [
        (put(Seat(), asking(), late=False), asking(), events.Left(awaited=True, coming=True)),
        (put(Seat(), asking(), late=True), asking(), events.Left(awaited=True, coming=False)),
        (asked(asking(), silent=2), asking(), events.Left(awaited=False, coming=False)),
        (reply(asked(asking()), asking(), WRONG), asking(), events.Left(awaited=False, coming=False, answered=True)),
        (asked(asking()), asking(closed=1), None),
        (asked(asking()), asking(phase=Phase.DISCUSSING), None),
        (Seat(), asking(), None),
    ],
)
def test_the_room_is_told_who_leaves_the_open_round(seat: Seat, room: Classroom, told: events.Left | None) -> None:
    """Only a seat in the open round is anything to the room; one that finishes in private is not."""
    assert departure(seat, room) == told


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
    room = asking(outcomes=tuple(names[name] for name in outcomes), extras=(Extra(),) * len(outcomes))
    assert next_private_round(Seat(round=number), room) == following


def test_a_round_taken_in_private_counts_like_any() -> None:
    """A closed round that is put to one person alone is answered and counted, and the room does not wait."""
    room = asking(closed=2)
    seat = arrive(put_private(Seat(round=1, seen=1), 2), at(5))
    assert (seat.awaited, seat.coming, is_private(seat, room)) == (False, False, True)
    settled, counted = settle(reply(seat, room, RIGHT), room)
    assert (counted, settled.seen, settled.points, settled.round) == (RIGHT, 2, POINTS, 2)


@given(seats, rooms)
def test_seats_and_rooms_come_back_from_disk(seat: Seat, room: Classroom) -> None:
    """Any seat and any room, written as JSON, read back equal."""
    assert decode(Seat, encode(seat)) == seat
    assert decode(Classroom, encode(room)) == room


@given(seats, st.integers(0, 300), st.booleans())
def test_points_keep_their_bounds(seat: Seat, after: int, bonus: bool) -> None:  # noqa: FBT001 - drawn
    """A right answer earns from ten points to fifteen, later never more than sooner; a wrong one nothing."""
    room = asking(bonus=bonus)
    started = replace(seat, round=1, alone=False, arrived_at=NOW)
    sooner, later = (points_for(True, started, room, at(moment)) for moment in (after, after + 1))  # noqa: FBT003 - as it was marked
    assert POINTS <= later <= sooner <= POINTS + BONUS * bonus
    assert points_for(False, started, room, at(after)) == 0  # noqa: FBT003 - as it was marked
