"""The start of a class, the end of a round, second votes, dropped rounds, and the end of the class."""

import pytest
from class_states import NOW, SECOND, apply_events, class_in

from bot.core import effects, events
from bot.core.classroom import VOTE_GRACE, ClassState, Outcome, Phase, begin, step


def test_a_class_gathers_until_it_is_started() -> None:
    """A new class has no round and no deadline; the start asks the first question."""
    state = begin(("q1", "q2"), NOW, seconds=60, bonus=True, together=False)
    assert (state.phase, state.round, state.is_open, state.deadline) == (Phase.GATHERING, 0, False, None)
    started, todo = step(state, events.Started(), NOW)
    assert (started.phase, started.round, todo) == (Phase.ASKING, 1, (effects.AskQuestion(1),))


def test_a_class_needs_a_question() -> None:
    """A class without questions cannot be created."""
    with pytest.raises(ValueError, match="at least one question"):
        begin((), NOW, seconds=0, bonus=False, together=True)


def test_a_bonus_needs_timed_rounds() -> None:
    """Without a time for each round there is no bonus."""
    assert not begin(("q1",), NOW, seconds=0, bonus=True, together=False).bonus
    assert begin(("q1",), NOW, seconds=20, bonus=True, together=False).bonus


def test_a_round_closes_when_all_have_answered() -> None:
    """The last awaited answer closes the round; the one before it does not."""
    state, todo = step(class_in(), events.Replied(awaited=True), NOW)
    assert (state.phase, state.awaited, state.answered, todo) == (Phase.ASKING, 1, 1, ())
    state, todo = step(state, events.Replied(awaited=True), NOW)
    assert (state.phase, state.outcomes, todo) == (Phase.REVEALED, (Outcome.COUNTED,), (effects.CloseRound(1),))


def test_a_pupil_who_left_is_not_awaited() -> None:
    """When the last awaited pupil leaves, the round closes with its answers."""
    state = apply_events(class_in(), events.Replied(awaited=True))
    left, todo = step(state, events.Left(awaited=True, coming=False), NOW)
    assert (left.phase, todo) == (Phase.REVEALED, (effects.CloseRound(1),))


def test_a_round_without_people_stays_open() -> None:
    """If all leave without an answer, the round stays open for late joiners until its time is over."""
    gone = events.Left(awaited=True, coming=False)
    state = apply_events(class_in(), gone, gone)
    assert (state.phase, state.awaited, state.deadline) == (Phase.ASKING, 0, NOW + 60 * SECOND + VOTE_GRACE)


def test_the_answer_of_a_pupil_who_left_is_not_counted() -> None:
    """An answer of a pupil who left is not counted as given; those who stay are still awaited."""
    state = apply_events(
        class_in(), events.Replied(awaited=True), events.Left(awaited=False, coming=False, answered=True)
    )
    assert (state.phase, state.answered, state.awaited) == (Phase.ASKING, 0, 1)


def test_an_unawaited_answer_closes_nothing() -> None:
    """If all seats were silent for long, the first answer does not close the round for the others."""
    state, todo = step(class_in(awaited=0), events.Replied(awaited=False), NOW)
    assert (state.phase, state.answered, todo) == (Phase.ASKING, 1, ())


def test_a_group_awaits_no_seat() -> None:
    """In a group, whose members are unknown, votes alone do not close a round."""
    state = class_in(together=True, copies=1, awaited=0)
    assert apply_events(state, *[events.Replied(awaited=False)] * 5).phase is Phase.ASKING


def test_the_teacher_closes_untimed_rounds() -> None:
    """Without seconds there is no deadline: the teacher closes the round and asks the next question."""
    state = class_in(seconds=0)
    assert state.deadline is None
    state, todo = step(state, events.Advanced(), NOW)
    assert (state.phase, state.deadline, todo) == (Phase.REVEALED, None, (effects.CloseRound(1),))
    assert step(state, events.Advanced(), NOW)[1] == (effects.AskQuestion(2),)


def test_a_lost_question_pauses_a_group() -> None:
    """A lost question pauses the group once; resuming sends it again and keeps the added time."""
    state = apply_events(class_in(together=True, copies=1, coming=1, awaited=0, arrived_at=None), events.TimeAdded(30))
    held, todo = step(state, events.QuestionLost(awaited=False), NOW)
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
    """The first vote is shown without closing the round; advancing asks the same question for a new count."""
    state, todo = step(class_in(answered=1), events.DiscussionStarted(), NOW)
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
def test_a_question_can_be_dropped(phase: Phase) -> None:
    """A dropped round is annulled, counts for nobody, and the next question follows."""
    state, todo = step(class_in(phase), events.QuestionDropped(), NOW)
    assert (state.outcomes, state.counted, todo) == (
        (Outcome.SKIPPED,),
        0,
        (effects.AnnulRound(1), effects.AskQuestion(2)),
    )


def test_a_withdrawn_question_is_skipped() -> None:
    """A question withdrawn before it was sent has nothing to annul; one withdrawn before its second vote has."""
    unput = apply_events(class_in(Phase.GATHERING), events.Started())
    assert step(unput, events.QuestionWithdrawn(1), NOW)[1] == (effects.AskQuestion(2),)
    second = apply_events(class_in(), events.DiscussionStarted(), events.Advanced())
    state, todo = step(second, events.QuestionWithdrawn(1), NOW)
    assert (state.outcomes, todo) == ((Outcome.WITHDRAWN,), (effects.AnnulRound(1), effects.AskQuestion(2)))


@pytest.mark.parametrize(
    ("state", "outcomes", "todo"),
    [
        (class_in(Phase.GATHERING), (), ()),
        (class_in(answered=1), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (class_in(answered=1, copies=0), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (class_in(Phase.DISCUSSING, answered=1), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (class_in(vote=2), (Outcome.COUNTED,), (effects.CloseRound(1),)),
        (class_in(), (Outcome.SKIPPED,), (effects.AnnulRound(1),)),
        (class_in(Phase.REVEALED, closed=1, answered=1), (Outcome.COUNTED,), ()),
        (class_in(Phase.RESTING, closed=1), (Outcome.COUNTED,), ()),
    ],
)
def test_the_teacher_ends_the_class(
    state: ClassState, outcomes: tuple[Outcome, ...], todo: tuple[effects.ClassEffect, ...]
) -> None:
    """At the end an open round counts if somebody answered it, and is annulled otherwise."""
    ended, done = step(state, events.Ended(), NOW)
    assert (ended.phase, ended.outcomes, ended.deadline) == (Phase.FINISHED, outcomes, None)
    assert done == (*todo, effects.FinishClass())
