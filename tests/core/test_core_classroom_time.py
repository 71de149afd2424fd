"""Deadlines of rounds and explanations, pauses, added time, and silence."""

from dataclasses import replace
from datetime import timedelta

import pytest
from class_states import NOW, SECOND, apply_events, class_in

from bot.core import effects, events
from bot.core.classroom import DELIVERY_GRACE, READING_TIME, VOTE_GRACE, Phase, begin, step
from bot.core.extra_time import ExtraTime, Pause


def test_time_starts_with_the_last_arrival() -> None:
    """A round lasts its seconds and the grace from the latest arrival; a copy that has not arrived is awaited."""
    state = apply_events(class_in(arrived_at=None, copies=2, coming=2))
    assert state.deadline is None
    state, _ = step(state, events.QuestionArrived(), NOW + 5 * SECOND)
    assert (state.coming, state.deadline) == (1, NOW + 65 * SECOND + VOTE_GRACE + DELIVERY_GRACE)
    state, _ = step(state, events.QuestionArrived(), NOW + 9 * SECOND)
    assert (state.coming, state.deadline, state.ends_at) == (0, NOW + 69 * SECOND + VOTE_GRACE, NOW + 69 * SECOND)


def test_a_clock_set_back_shortens_no_round() -> None:
    """An arrival with an earlier time than the one before does not move the end of the round."""
    state = apply_events(class_in(coming=1), events.QuestionArrived(), now=NOW - 30 * SECOND)
    assert state.deadline == NOW + 60 * SECOND + VOTE_GRACE


def test_a_lost_copy_is_not_awaited() -> None:
    """When the last copy is lost, time runs for late joiners, and its pupil is not awaited."""
    state = apply_events(class_in(arrived_at=None, coming=1, awaited=1), events.QuestionLost(awaited=True))
    assert (state.coming, state.awaited, state.deadline) == (0, 0, NOW + 60 * SECOND + VOTE_GRACE)


def test_a_question_without_pupils_expires() -> None:
    """A question sent to nobody expires after its time."""
    state = apply_events(begin(("q1",), NOW, seconds=20, bonus=False, together=False), events.Started())
    assert apply_events(state, events.QuestionSent(copies=0, awaited=0)).deadline == NOW + 20 * SECOND + VOTE_GRACE


@pytest.mark.parametrize("early", [SECOND, VOTE_GRACE + SECOND, 61 * SECOND])
def test_an_early_timer_changes_nothing(early: timedelta) -> None:
    """A timer that fires before the deadline, which may have moved, closes no round and ends no explanation."""
    asking, read = class_in(), class_in(Phase.REVEALED, closed=1)
    for state in (asking, read):
        assert state.deadline
        assert step(state, events.TimeExpired(), state.deadline - early) == (state, ())
    assert step(class_in(seconds=0), events.TimeExpired(), NOW + timedelta(days=1)) == (class_in(seconds=0), ())


def test_time_closes_a_round() -> None:
    """At the deadline the round closes, and after the reading time the next question follows."""
    asking = class_in(answered=1)
    assert asking.deadline
    closed, todo = step(asking, events.TimeExpired(), asking.deadline)
    assert (closed.phase, closed.awaited, todo) == (Phase.REVEALED, 0, (effects.CloseRound(1),))
    assert closed.deadline == asking.deadline + READING_TIME
    going_on, todo = step(closed, events.TimeExpired(), closed.deadline)
    assert (going_on.phase, going_on.answered, todo) == (Phase.ASKING, 0, (effects.AskQuestion(2),))


def test_two_quiet_rounds_pause_the_class() -> None:
    """After two rounds without an answer the class waits for the teacher, and the count restarts."""
    late = NOW + timedelta(hours=1)
    state = apply_events(
        class_in(questions=("q1", "q2", "q3", "q4")), events.TimeExpired(), events.Advanced(), now=late
    )
    state = replace(state, copies=2, arrived_at=NOW)
    resting, todo = step(state, events.TimeExpired(), late)
    assert (resting.phase, resting.deadline) == (Phase.RESTING, None)
    assert todo == (effects.CloseRound(2),)
    assert apply_events(resting, events.Resumed()).quiet == 0


def test_an_answer_restarts_the_count_of_quiet_rounds() -> None:
    """A round with an answer, or dropped by the teacher, restarts the count of quiet rounds."""
    assert apply_events(class_in(quiet=1, answered=1), events.Advanced()).quiet == 0
    assert apply_events(class_in(quiet=1), events.QuestionDropped()).quiet == 0


def test_the_last_round_does_not_pause() -> None:
    """After the last round a quiet class finishes without waiting."""
    state = apply_events(class_in(closed=1, quiet=1), events.TimeExpired(), now=NOW + timedelta(hours=1))
    assert (state.phase, state.deadline) == (Phase.REVEALED, NOW + timedelta(hours=1) + READING_TIME)
    assert step(state, events.TimeExpired(), state.deadline)[1] == (effects.FinishClass(),)


def test_a_pause_does_not_use_up_time() -> None:
    """A paused round has no deadline, accepts answers, and continues with the remaining time."""
    held = apply_events(class_in(), events.Paused(), now=NOW + 20 * SECOND)
    assert (held.phase, held.deadline, held.takes_answers) == (Phase.HELD, None, True)
    held = apply_events(held, events.Replied(awaited=True))
    assert apply_events(held, events.Resumed(), now=NOW + 50 * SECOND).deadline == NOW + 90 * SECOND + VOTE_GRACE


def test_a_pause_before_the_arrival_adds_nothing() -> None:
    """A question that arrives after a pause has the usual time; during a pause the time starts at its end."""
    state = class_in(coming=1)
    held = apply_events(state, events.Paused())
    after = apply_events(
        apply_events(held, events.Resumed(), now=NOW + 600 * SECOND), events.QuestionArrived(), now=NOW + 601 * SECOND
    )
    assert after.deadline == NOW + 661 * SECOND + VOTE_GRACE
    during = apply_events(
        apply_events(held, events.QuestionArrived(), now=NOW + 300 * SECOND), events.Resumed(), now=NOW + 600 * SECOND
    )
    assert during.deadline == NOW + 660 * SECOND + VOTE_GRACE


def test_a_round_completed_in_a_pause_closes_at_its_end() -> None:
    """If all have answered during a pause, the round closes when the class resumes."""
    held = apply_events(class_in(), events.Paused(), *[events.Replied(awaited=True)] * 2)
    assert held.phase is Phase.HELD
    assert step(held, events.Resumed(), NOW)[1] == (effects.CloseRound(1),)


def test_a_question_on_its_way_is_not_sent_again() -> None:
    """A question that has not arrived when the class resumes is not sent again."""
    state = class_in(arrived_at=None, coming=2)
    assert step(apply_events(state, events.Paused()), events.Resumed(), NOW)[1] == ()


def test_added_time_moves_the_deadline() -> None:
    """Each addition of the teacher extends the round, but not the next one."""
    state = apply_events(class_in(), events.TimeAdded(30), events.TimeAdded(30))
    assert state.deadline == NOW + 120 * SECOND + VOTE_GRACE
    assert apply_events(state, events.Advanced(), events.Advanced()).extra == ExtraTime()


def test_each_vote_has_its_own_time() -> None:
    """Time added to one vote does not extend the next; a second discussion starts a third vote."""
    first = apply_events(class_in(), events.TimeAdded(30))
    second = apply_events(first, events.DiscussionStarted(), events.Advanced())
    third = apply_events(second, events.DiscussionStarted(), events.Advanced())
    assert [(state.vote, state.extra.added) for state in (first, second, third)] == [
        *((1, 30 * SECOND), (2, timedelta()), (3, timedelta())),
    ]


def test_a_round_closed_in_a_pause_keeps_the_pause() -> None:
    """A pupil who finishes in private a round closed during a pause loses no time to the pause."""
    closed = apply_events(
        apply_events(class_in(), events.Paused(), now=NOW + SECOND), events.Advanced(), now=NOW + 9 * SECOND
    )
    assert closed.extras == (ExtraTime(pauses=(Pause(NOW + SECOND, NOW + 9 * SECOND),)),)
