"""The state machine of a live class: ``step(state, event, now) -> (state, effects)``.

A class is a sequence of rounds. Each round asks everybody one question at the same time. The state of the class only
counts people: each person's part, with answers and marks, is a ``Seat`` (``seat.py``). The time of a round starts when
the last of the first copies of its question arrives, so that nobody has less time than announced. A round closes when
its time is over, when every seat that it waits for has answered, or when the teacher closes it; only then are answers
counted and shown. A dropped or withdrawn round counts for nobody. A timer that fires before the deadline changes
nothing. ``TRANSITIONS`` lists every allowed pair of phase and event; any other pair raises ``TransitionRefusedError``.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import effects, events
from bot.core.class_state import ABANDONED_AFTER as ABANDONED_AFTER
from bot.core.class_state import DELIVERY_GRACE as DELIVERY_GRACE
from bot.core.class_state import READING_TIME as READING_TIME
from bot.core.class_state import VOTE_GRACE as VOTE_GRACE
from bot.core.class_state import ClassState as ClassState
from bot.core.class_state import Outcome as Outcome
from bot.core.class_state import Phase as Phase
from bot.core.errors import TransitionRefusedError
from bot.core.extra_time import ExtraTime
from bot.core.transition import Transition

# After this number of consecutive rounds without an answer, the class waits for the teacher.
MOST_QUIET_ROUNDS = 2

Step = tuple[ClassState, tuple[effects.ClassEffect, ...]]


def begin(questions: tuple[str, ...], now: datetime, *, seconds: int, bonus: bool, together: bool) -> ClassState:
    """Create a class with these questions, at least one, in which pupils gather."""
    if not questions:
        raise ValueError("a class needs at least one question")
    return ClassState(questions, seconds, bonus and seconds > 0, together, Phase.GATHERING, now)


def step(state: ClassState, event: events.ClassEvent, now: datetime) -> Step:
    """Apply an event; return the next state and its effects. Raises TransitionRefusedError if it is not allowed."""
    transition = TRANSITIONS.get((state.phase, type(event)))
    if transition is None:
        raise TransitionRefusedError(state.phase, type(event).__name__)
    return transition.apply(state, event, now)


def _record_copies(state: ClassState, event: events.QuestionSent, now: datetime) -> Step:
    """Record the number of first copies; if there are none, the time of the round starts now."""
    arrived_at = None if event.copies else now
    put = replace(state, copies=event.copies, coming=event.copies, awaited=event.awaited, arrived_at=arrived_at)
    return put, ()


def _arrive(state: ClassState, _event: events.QuestionArrived, now: datetime) -> Step:
    return replace(state, coming=max(state.coming - 1, 0), arrived_at=max(state.arrived_at or now, now)), ()


def _lose(state: ClassState, event: events.QuestionLost, now: datetime) -> Step:
    """Continue without a lost copy; a group, which has only one copy, is paused until the teacher resumes."""
    if not state.together:
        return _leave(state, events.Left(event.awaited, coming=True), now)
    lost = replace(state, coming=0)
    return (lost, ()) if state.phase is Phase.HELD else _pause(lost, events.Paused(), now)


def _join_late(state: ClassState, _event: events.JoinedLate, _now: datetime) -> Step:
    return replace(state, awaited=state.awaited + 1), ()


def _reply(state: ClassState, event: events.Replied, now: datetime) -> Step:
    """Count an answer. One from a seat that the round does not wait for never closes it: others may still think."""
    replied = replace(state, answered=state.answered + 1, awaited=max(state.awaited - event.awaited, 0))
    return _close_if_complete(replied, now) if event.awaited else (replied, ())


def _leave(state: ClassState, event: events.Left, now: datetime) -> Step:
    coming = max(state.coming - event.coming, 0)
    arrived_at = state.arrived_at or (now if event.coming and not coming else None)
    awaited, answered = max(state.awaited - event.awaited, 0), max(state.answered - event.answered, 0)
    left = replace(state, awaited=awaited, answered=answered, coming=coming, arrived_at=arrived_at)
    return _close_if_complete(left, now) if event.awaited else (left, ())


def _close_if_complete(state: ClassState, now: datetime) -> Step:
    complete = state.phase is Phase.ASKING and not state.together and state.answered and not state.awaited
    return _close(state, now) if complete else (state, ())


def _close_by_teacher(state: ClassState, _event: events.Advanced, now: datetime) -> Step:
    return _close(state, now)


def _close_by_deadline(state: ClassState, _event: events.TimeExpired, now: datetime) -> Step:
    """Close a round whose time is over; after too many rounds without an answer, wait for the teacher."""
    if not state.is_due(now):
        return state, ()
    closed, todo = _close(state, now)
    if closed.quiet < MOST_QUIET_ROUNDS or closed.round == len(closed.questions):
        return closed, todo
    return replace(closed, phase=Phase.RESTING), todo


def _close(state: ClassState, now: datetime) -> Step:
    closed = _with_outcome(state, Outcome.COUNTED, now)
    quiet = 0 if state.answered else state.quiet + 1
    return replace(closed, phase=Phase.REVEALED, since=now, quiet=quiet), (effects.CloseRound(closed.round),)


def _with_outcome(state: ClassState, outcome: Outcome, now: datetime) -> ClassState:
    """End the open round with an outcome; the class no longer waits for its answers or copies."""
    extras = (*state.extras, state.extra_until(now))
    return replace(state, phase=Phase.REVEALED, outcomes=(*state.outcomes, outcome), extras=extras, awaited=0, coming=0)


def _advance_after_reading(state: ClassState, event: events.TimeExpired, now: datetime) -> Step:
    """Advance when the time for reading the explanation is over."""
    return _advance(state, event, now) if state.is_due(now) else (state, ())


def _advance(state: ClassState, _event: events.ClassEvent, now: datetime) -> Step:
    """Ask the next question, or finish after the last."""
    return _ask(replace(state, quiet=0) if state.phase is Phase.RESTING else state, now)


def _ask(state: ClassState, now: datetime, *first: effects.ClassEffect) -> Step:
    """Open the next round, or finish after the last; ``first`` are the effects before it."""
    if len(state.outcomes) == len(state.questions):
        return replace(state, phase=Phase.FINISHED, since=now), (*first, effects.FinishClass())
    asking = _without_copies(replace(state, phase=Phase.ASKING, since=now, vote=1, answered=0, extra=ExtraTime()))
    return asking, (*first, effects.AskQuestion(asking.round))


def _ask_next_vote(state: ClassState, _event: events.Advanced, now: datetime) -> Step:
    again = replace(state, phase=Phase.ASKING, since=now, vote=state.vote + 1, answered=0, extra=ExtraTime())
    return _without_copies(again), (effects.AskQuestion(state.round),)


def _without_copies(state: ClassState) -> ClassState:
    return replace(state, copies=0, coming=0, awaited=0, arrived_at=None)


def _withdraw(state: ClassState, _event: events.QuestionWithdrawn, now: datetime) -> Step:
    """Ask the next question instead of one that left the bank; if it was already sent, its answers are dropped."""
    was_put = state.copies or state.answered or state.vote > 1
    annulled = (effects.AnnulRound(state.round),) if was_put else ()
    return _ask(_with_outcome(state, Outcome.WITHDRAWN, now), now, *annulled)


def _drop(state: ClassState, _event: events.QuestionDropped, now: datetime) -> Step:
    annulled = effects.AnnulRound(state.round)
    return _ask(replace(_with_outcome(state, Outcome.SKIPPED, now), quiet=0), now, annulled)


def _add_time(state: ClassState, event: events.TimeAdded, _now: datetime) -> Step:
    added = state.extra.added + timedelta(seconds=event.seconds)
    return replace(state, extra=replace(state.extra, added=added)), ()


def _pause(state: ClassState, _event: events.Paused, now: datetime) -> Step:
    return replace(state, phase=Phase.HELD, since=now), ()


def _resume(state: ClassState, _event: events.Resumed, now: datetime) -> Step:
    """Resume the open round, with its time extended by the pause; send the question again if it was lost."""
    asking = replace(state, phase=Phase.ASKING, since=now, extra=state.extra_until(now))
    if state.arrived_at is None and not state.coming:
        return _without_copies(asking), (effects.AskQuestion(state.round),)
    return _close_if_complete(asking, now)


def _pause_between_rounds(state: ClassState, _event: events.Paused, now: datetime) -> Step:
    return replace(state, phase=Phase.RESTING, since=now), ()


def _discuss(state: ClassState, _event: events.DiscussionStarted, now: datetime) -> Step:
    discussing = replace(state, phase=Phase.DISCUSSING, since=now, awaited=0, coming=0)
    return discussing, (effects.ShowVote(state.round),)


def _end(state: ClassState, _event: events.Ended, now: datetime) -> Step:
    """Finish the class; an open round counts if somebody answered it, and is annulled otherwise."""
    todo: tuple[effects.ClassEffect, ...] = ()
    if state.is_open and (state.answered or state.vote > 1):
        state, todo = _close(state, now)
    elif state.is_open:
        todo = (effects.AnnulRound(state.round),)
        state = _with_outcome(state, Outcome.SKIPPED, now)
    return replace(state, phase=Phase.FINISHED, since=now), (*todo, effects.FinishClass())


_NEXT = (Phase.ASKING, Phase.FINISHED)
_OPEN_OR_CLOSED = (Phase.ASKING, Phase.REVEALED)
_END = (Phase.FINISHED,)

TRANSITIONS: dict[tuple[Phase, type], Transition[Step]] = {
    (Phase.GATHERING, events.Started): Transition(_advance, (Phase.ASKING,)),
    (Phase.GATHERING, events.Ended): Transition(_end, _END),
    (Phase.ASKING, events.QuestionSent): Transition(_record_copies, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionArrived): Transition(_arrive, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionLost): Transition(_lose, (Phase.ASKING, Phase.HELD, Phase.REVEALED)),
    (Phase.ASKING, events.JoinedLate): Transition(_join_late, (Phase.ASKING,)),
    (Phase.ASKING, events.Replied): Transition(_reply, _OPEN_OR_CLOSED),
    (Phase.ASKING, events.Left): Transition(_leave, _OPEN_OR_CLOSED),
    (Phase.ASKING, events.QuestionWithdrawn): Transition(_withdraw, _NEXT),
    (Phase.ASKING, events.TimeExpired): Transition(_close_by_deadline, (*_OPEN_OR_CLOSED, Phase.RESTING)),
    (Phase.ASKING, events.Advanced): Transition(_close_by_teacher, (Phase.REVEALED,)),
    (Phase.ASKING, events.TimeAdded): Transition(_add_time, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionDropped): Transition(_drop, _NEXT),
    (Phase.ASKING, events.DiscussionStarted): Transition(_discuss, (Phase.DISCUSSING,)),
    (Phase.ASKING, events.Paused): Transition(_pause, (Phase.HELD,)),
    (Phase.ASKING, events.Ended): Transition(_end, _END),
    (Phase.HELD, events.QuestionSent): Transition(_record_copies, (Phase.HELD,)),
    (Phase.HELD, events.QuestionArrived): Transition(_arrive, (Phase.HELD,)),
    (Phase.HELD, events.QuestionLost): Transition(_lose, (Phase.HELD,)),
    (Phase.HELD, events.JoinedLate): Transition(_join_late, (Phase.HELD,)),
    (Phase.HELD, events.Replied): Transition(_reply, (Phase.HELD,)),
    (Phase.HELD, events.Left): Transition(_leave, (Phase.HELD,)),
    (Phase.HELD, events.Resumed): Transition(_resume, _OPEN_OR_CLOSED),
    (Phase.HELD, events.Advanced): Transition(_close_by_teacher, (Phase.REVEALED,)),
    (Phase.HELD, events.QuestionDropped): Transition(_drop, _NEXT),
    (Phase.HELD, events.DiscussionStarted): Transition(_discuss, (Phase.DISCUSSING,)),
    (Phase.HELD, events.Ended): Transition(_end, _END),
    (Phase.DISCUSSING, events.Advanced): Transition(_ask_next_vote, (Phase.ASKING,)),
    (Phase.DISCUSSING, events.QuestionDropped): Transition(_drop, _NEXT),
    (Phase.DISCUSSING, events.Ended): Transition(_end, _END),
    (Phase.REVEALED, events.Advanced): Transition(_advance, _NEXT),
    (Phase.REVEALED, events.TimeExpired): Transition(_advance_after_reading, (*_NEXT, Phase.REVEALED)),
    (Phase.REVEALED, events.Paused): Transition(_pause_between_rounds, (Phase.RESTING,)),
    (Phase.REVEALED, events.Ended): Transition(_end, _END),
    (Phase.RESTING, events.Advanced): Transition(_advance, _NEXT),
    (Phase.RESTING, events.Resumed): Transition(_advance, _NEXT),
    (Phase.RESTING, events.Ended): Transition(_end, _END),
}
