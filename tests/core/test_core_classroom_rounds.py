"""How a class begins, whom a round waits for, how it is voted in again or taken back, and how the class ends."""

import pytest
from class_states import NOW, SECOND, room_in, walk

from bot.core import effects, events
from bot.core.classroom import GRACE, ClassState, Outcome, Phase, begin, step


def test_a_class_gathers_until_it_is_started() -> None:
    """A new class has no round and no deadline; the start asks the first question."""
    state = begin(("q1", "q2"), NOW, seconds=60, bonus=True, together=False)
    assert (state.phase, state.round, state.is_open, state.deadline) == (Phase.GATHERING, 0, False, None)
    started, todo = step(state, events.Started(), NOW)
    assert (started.phase, started.round, todo) == (Phase.ASKING, 1, (effects.AskQuestion(1),))


def test_a_class_needs_a_question() -> None:
    """A class of no questions cannot be opened."""
    with pytest.raises(ValueError, match="at least one question"):
        begin((), NOW, seconds=0, bonus=False, together=True)


def test_a_bonus_needs_a_clock() -> None:
    """Where the teacher says when, there is nothing to measure quickness against, and no bonus."""
    assert not begin(("q1",), NOW, seconds=0, bonus=True, together=False).bonus
    assert begin(("q1",), NOW, seconds=20, bonus=True, together=False).bonus


def test_a_round_closes_when_all_have_answered() -> None:
    """The last answer that the room waits for closes the round; the one before it does not."""
    state, todo = step(room_in(), events.Replied(awaited=True), NOW)
    assert (state.phase, state.awaited, state.answered, todo) == (Phase.ASKING, 1, 1, ())
    state, todo = step(state, events.Replied(awaited=True), NOW)
    assert (state.phase, state.outcomes, todo) == (Phase.REVEALED, (Outcome.COUNTED,), (effects.CloseRound(1),))


def test_who_leaves_is_not_waited_for() -> None:
    """When the last that the room waits for leaves, the round closes with the answers there are."""
    room = walk(room_in(), events.Replied(awaited=True))
    left, todo = step(room, events.Left(awaited=True, coming=False), NOW)
    assert (left.phase, todo) == (Phase.REVEALED, (effects.CloseRound(1),))


def test_an_empty_class_closes_nothing() -> None:
    """Where all leave without an answer, the round stays open for whoever comes, until its time is out."""
    gone = events.Left(awaited=True, coming=False)
    room = walk(room_in(), gone, gone)
    assert (room.phase, room.awaited, room.deadline) == (Phase.ASKING, 0, NOW + 60 * SECOND + GRACE)


def test_who_leaves_takes_the_open_answer_along() -> None:
    """An answer of somebody who left is not among those given; who stays is still waited for."""
    room = walk(room_in(), events.Replied(awaited=True), events.Left(awaited=False, coming=False, answered=True))
    assert (room.phase, room.answered, room.awaited) == (Phase.ASKING, 0, 1)


def test_an_answer_that_nobody_waits_for_closes_nothing() -> None:
    """Where all were silent for long, the first to answer does not cut the others short."""
    state, todo = step(room_in(awaited=0), events.Replied(awaited=False), NOW)
    assert (state.phase, state.answered, todo) == (Phase.ASKING, 1, ())


def test_a_group_waits_for_nobody_by_name() -> None:
    """In a group, where nobody knows who is there, votes alone close no round."""
    room = room_in(together=True, copies=1, awaited=0)
    assert walk(room, *[events.Replied(awaited=False)] * 5).phase is Phase.ASKING


def test_the_teacher_says_when() -> None:
    """Without seconds nothing happens by itself; the teacher closes the round and asks the next question."""
    state = room_in(seconds=0)
    assert state.deadline is None
    state, todo = step(state, events.Advanced(), NOW)
    assert (state.phase, state.deadline, todo) == (Phase.REVEALED, None, (effects.CloseRound(1),))
    assert step(state, events.Advanced(), NOW)[1] == (effects.AskQuestion(2),)


def test_a_group_waits_until_its_question_can_be_put() -> None:
    """A lost question holds the group, once; going on puts it again, with the time that was added."""
    room = walk(room_in(together=True, copies=1, coming=1, awaited=0, arrived_at=None), events.TimeAdded(30))
    held, todo = step(room, events.QuestionLost(awaited=False), NOW)
    assert (held.phase, todo) == (Phase.HELD, ())
    assert step(held, events.QuestionLost(awaited=False), NOW + SECOND) == (held, ())
    again, todo = step(held, events.Resumed(), NOW + 60 * SECOND)
    assert (again.phase, again.round, again.extra.added, todo) == (
        Phase.ASKING,
        1,
        30 * SECOND,
        (effects.AskQuestion(1),),
    )


def test_a_discussion_opens_a_second_vote() -> None:
    """The first vote is shown without closing the round; going on asks the same question again, for a new count."""
    state, todo = step(room_in(answered=1), events.DiscussionStarted(), NOW)
    assert (state.phase, state.is_open, state.takes_answers, todo) == (
        Phase.DISCUSSING,
        True,
        False,
        (effects.ShowVote(1),),
    )
    again, todo = step(state, events.Advanced(), NOW)
    assert (again.phase, again.round, again.vote, again.answered, todo) == (
        Phase.ASKING,
        1,
        2,
        0,
        (effects.AskQuestion(1),),
    )


@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.HELD, Phase.DISCUSSING])
def test_a_question_can_be_taken_back(phase: Phase) -> None:
    """A round taken back is annulled, counts for nobody, and the next question comes."""
    state, todo = step(room_in(phase), events.QuestionDropped(), NOW)
    assert (state.outcomes, state.counted, todo) == (
        (Outcome.SKIPPED,),
        0,
        (effects.AnnulRound(1), effects.AskQuestion(2)),
    )


def test_a_withdrawn_question_is_passed_over() -> None:
    """A question gone before it was put leaves nothing to take back; one gone before its second vote does."""
    unput = walk(room_in(Phase.GATHERING), events.Started())
    assert step(unput, events.QuestionWithdrawn(1), NOW)[1] == (effects.AskQuestion(2),)
    second = walk(room_in(), events.DiscussionStarted(), events.Advanced())
    state, todo = step(second, events.QuestionWithdrawn(1), NOW)
    assert (state.outcomes, todo) == ((Outcome.WITHDRAWN,), (effects.AnnulRound(1), effects.AskQuestion(2)))


@pytest.mark.parametrize(
    ("state", "outcomes", "todo"),
    [
        (room_in(Phase.GATHERING), (), ()),
        (room_in(answered=1), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(answered=1, copies=0), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(Phase.DISCUSSING, answered=1), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(vote=2), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (room_in(), (Outcome.SKIPPED,), (effects.AnnulRound(1),)),
        (room_in(Phase.REVEALED, closed=1, answered=1), (Outcome.COUNTED,), ()),
        (room_in(Phase.RESTING, closed=1), (Outcome.COUNTED,), ()),
    ],
)
def test_the_teacher_ends_the_class(
    state: ClassState, outcomes: tuple[Outcome, ...], todo: tuple[effects.ClassEffect, ...]
) -> None:
    """At the end an open round counts if anybody answered it, and is taken back if nobody did."""
    ended, done = step(state, events.Ended(), NOW)
    assert (ended.phase, ended.outcomes, ended.deadline) == (Phase.FINISHED, outcomes, None)
    assert done == (*todo, effects.FinishClass())
