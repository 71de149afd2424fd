"""When a round ends and the next begins: deadlines, pauses, time that is added, and silence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from class_states import NOW, SECOND, room_in, walk

from bot.core import effects, events
from bot.core.classroom import GRACE, PATIENCE, READING, Phase, begin, step
from bot.core.extra_time import ExtraTime, Pause


def test_time_runs_from_the_last_first_copy() -> None:
    """A round lasts its seconds and the grace from the latest arrival; a copy still on its way is waited for."""
    state = walk(room_in(arrived_at=None, copies=2, coming=2))
    assert state.deadline is None
    state, _ = step(state, events.QuestionArrived(), NOW + 5 * SECOND)
    assert (state.coming, state.deadline) == (1, NOW + 65 * SECOND + GRACE + PATIENCE)
    state, _ = step(state, events.QuestionArrived(), NOW + 9 * SECOND)
    assert (state.coming, state.deadline, state.ends_at) == (0, NOW + 69 * SECOND + GRACE, NOW + 69 * SECOND)


def test_a_clock_set_back_takes_no_time_away() -> None:
    """An arrival that seems earlier than the one before moves the end of the round nowhere."""
    room = walk(room_in(coming=1), events.QuestionArrived(), now=NOW - 30 * SECOND)
    assert room.deadline == NOW + 60 * SECOND + GRACE


def test_a_lost_copy_is_not_waited_for() -> None:
    """When the last copy on its way is lost, time runs for whoever comes; its pupil is not waited for."""
    room = walk(room_in(arrived_at=None, coming=1, awaited=1), events.QuestionLost(awaited=True))
    assert (room.coming, room.awaited, room.deadline) == (0, 0, NOW + 60 * SECOND + GRACE)


def test_nobody_there_is_no_reason_to_wait_for_ever() -> None:
    """A question put to nobody runs out in its time."""
    state = walk(begin(("q1",), NOW, seconds=20, bonus=False, together=False), events.Started())
    assert walk(state, events.QuestionSent(copies=0, awaited=0)).deadline == NOW + 20 * SECOND + GRACE


@pytest.mark.parametrize("early", [SECOND, GRACE + SECOND, 61 * SECOND])
def test_an_early_clock_changes_nothing(early: timedelta) -> None:
    """A clock that strikes before the deadline, as it may after time was added, closes no round and ends no reading."""
    asking, read = room_in(), room_in(Phase.REVEALED, closed=1)
    for room in (asking, read):
        assert room.deadline
        assert step(room, events.TimeExpired(), room.deadline - early) == (room, ())
    assert step(room_in(seconds=0), events.TimeExpired(), NOW + timedelta(days=1)) == (room_in(seconds=0), ())


def test_time_closes_a_round() -> None:
    """At the deadline the round closes, and after a time for reading the next question comes."""
    asking = room_in(answered=1)
    assert asking.deadline
    closed, todo = step(asking, events.TimeExpired(), asking.deadline)
    assert (closed.phase, closed.awaited, todo) == (Phase.REVEALED, 0, (effects.CloseRound(1),))
    assert closed.deadline == asking.deadline + READING
    going_on, todo = step(closed, events.TimeExpired(), closed.deadline)
    assert (going_on.phase, going_on.answered, todo) == (Phase.ASKING, 0, (effects.AskQuestion(2),))


def test_two_quiet_rounds_pause_the_class() -> None:
    """When two rounds pass without an answer the class waits for the teacher, and then starts counting anew."""
    late = NOW + timedelta(hours=1)
    room = walk(room_in(questions=("q1", "q2", "q3", "q4")), events.TimeExpired(), events.Advanced(), now=late)
    room = replace(room, copies=2, arrived_at=NOW)
    resting, todo = step(room, events.TimeExpired(), late)
    assert (resting.phase, resting.deadline) == (Phase.RESTING, None)
    assert todo == (effects.CloseRound(2),)
    assert walk(resting, events.Resumed()).quiet == 0


def test_an_answer_ends_the_quiet() -> None:
    """A round with an answer, or taken back by a teacher who is there, makes the count of quiet rounds start anew."""
    assert walk(room_in(quiet=1, answered=1), events.Advanced()).quiet == 0
    assert walk(room_in(quiet=1), events.QuestionDropped()).quiet == 0


def test_the_last_round_does_not_pause() -> None:
    """After the last round nothing is left to wait for: a quiet class ends by itself."""
    room = walk(room_in(closed=1, quiet=1), events.TimeExpired(), now=NOW + timedelta(hours=1))
    assert (room.phase, room.deadline) == (Phase.REVEALED, NOW + timedelta(hours=1) + READING)
    assert step(room, events.TimeExpired(), room.deadline)[1] == (effects.FinishClass(),)


def test_a_pause_is_no_part_of_the_time() -> None:
    """A held round has no deadline, takes answers, and goes on with the time it had left."""
    held = walk(room_in(), events.Paused(), now=NOW + 20 * SECOND)
    assert (held.phase, held.deadline, held.takes_answers) == (Phase.HELD, None, True)
    held = walk(held, events.Replied(awaited=True))
    assert walk(held, events.Resumed(), now=NOW + 50 * SECOND).deadline == NOW + 90 * SECOND + GRACE


def test_a_pause_before_the_arrival_adds_nothing() -> None:
    """Who gets the question after a pause has the usual time, and during one has it from its end."""
    room = room_in(coming=1)
    held = walk(room, events.Paused())
    after = walk(walk(held, events.Resumed(), now=NOW + 600 * SECOND), events.QuestionArrived(), now=NOW + 601 * SECOND)
    assert after.deadline == NOW + 661 * SECOND + GRACE
    during = walk(
        walk(held, events.QuestionArrived(), now=NOW + 300 * SECOND), events.Resumed(), now=NOW + 600 * SECOND
    )
    assert during.deadline == NOW + 660 * SECOND + GRACE


def test_a_pause_holds_the_last_answer_back() -> None:
    """When all have answered in a pause, the round closes as the class goes on."""
    held = walk(room_in(), events.Paused(), *[events.Replied(awaited=True)] * 2)
    assert held.phase is Phase.HELD
    assert step(held, events.Resumed(), NOW)[1] == (effects.CloseRound(1),)


def test_a_pause_puts_nothing_twice() -> None:
    """A question still on its way when the class goes on is not put again."""
    room = room_in(arrived_at=None, coming=2)
    assert step(walk(room, events.Paused()), events.Resumed(), NOW)[1] == ()


def test_added_time_moves_the_deadline() -> None:
    """Each time the teacher adds some, the round lasts so much longer; the next one does not."""
    room = walk(room_in(), events.TimeAdded(30), events.TimeAdded(30))
    assert room.deadline == NOW + 120 * SECOND + GRACE
    assert walk(room, events.Advanced(), events.Advanced()).extra == ExtraTime()


def test_each_vote_has_its_own_time() -> None:
    """Time added to one vote is none of the next, and a second discussion opens a third vote."""
    first = walk(room_in(), events.TimeAdded(30))
    second = walk(first, events.DiscussionStarted(), events.Advanced())
    third = walk(second, events.DiscussionStarted(), events.Advanced())
    assert [(room.vote, room.extra.added) for room in (first, second, third)] == [
        *((1, 30 * SECOND), (2, timedelta()), (3, timedelta())),
    ]


def test_a_round_closed_in_a_pause_remembers_the_pause() -> None:
    """Who finishes in private a round that was closed while it was held loses no time to the pause."""
    closed = walk(walk(room_in(), events.Paused(), now=NOW + SECOND), events.Advanced(), now=NOW + 9 * SECOND)
    assert closed.extras == (ExtraTime(pauses=(Pause(NOW + SECOND, NOW + 9 * SECOND),)),)
