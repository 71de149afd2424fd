"""A live class, as a state machine: ``step(room, event, now) -> (room, effects)``.

The theory: a class is a row of rounds, one question each, put to everybody at once. The room counts its people and
never names them; each person's part is a ``Seat`` (``seat.py``), and only seats hold marks. A round's time runs from
the arrival of its last first copy, so that nobody has less than was promised. It closes when its time is out, when all
it waits for have answered, or when the teacher says so; only then is anything counted or shown. A round taken back
counts for nobody. A clock that strikes early changes nothing. Every pair of phase and event is in ``TRANSITIONS`` or is
refused by name.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import effects, events
from bot.core.class_state import FORGOTTEN as FORGOTTEN
from bot.core.class_state import GRACE as GRACE
from bot.core.class_state import PATIENCE as PATIENCE
from bot.core.class_state import READING as READING
from bot.core.class_state import Classroom as Classroom
from bot.core.class_state import Outcome as Outcome
from bot.core.class_state import Phase as Phase
from bot.core.errors import MoveRefusedError
from bot.core.extra_time import Extra
from bot.core.transition import Transition

# After so many rounds without an answer nobody is there.
QUIET_ROUNDS = 2

Step = tuple[Classroom, tuple[effects.ClassEffect, ...]]


def begin(questions: tuple[str, ...], now: datetime, *, seconds: int, bonus: bool, together: bool) -> Classroom:
    """Open a class on these questions, at least one, to gather people."""
    if not questions:
        raise ValueError("a class needs at least one question")
    return Classroom(questions, seconds, bonus and seconds > 0, together, Phase.GATHERING, now)


def step(room: Classroom, event: events.ClassEvent, now: datetime) -> Step:
    """Let an event happen. Raises MoveRefusedError where the table has no such move."""
    transition = TRANSITIONS.get((room.phase, type(event)))
    if transition is None:
        raise MoveRefusedError(room.phase, type(event).__name__)
    return transition.move(room, event, now)


def _put(room: Classroom, event: events.QuestionPut, now: datetime) -> Step:
    """Count the first copies. Where there is nobody to wait for, the round's time runs from now."""
    arrived_at = None if event.copies else now
    put = replace(room, copies=event.copies, coming=event.copies, awaited=event.awaited, arrived_at=arrived_at)
    return put, ()


def _arrive(room: Classroom, _event: events.QuestionArrived, now: datetime) -> Step:
    return replace(room, coming=max(room.coming - 1, 0), arrived_at=max(room.arrived_at or now, now)), ()


def _lose(room: Classroom, event: events.QuestionLost, now: datetime) -> Step:
    """Go on without a copy; a group whose only copy is lost waits until that is mended."""
    if not room.together:
        return _leave(room, events.Left(event.awaited, coming=True), now)
    lost = replace(room, coming=0)
    return (lost, ()) if room.phase is Phase.HELD else _hold(lost, events.Stopped(), now)


def _come_late(room: Classroom, _event: events.CameLate, _now: datetime) -> Step:
    return replace(room, awaited=room.awaited + 1), ()


def _reply(room: Classroom, event: events.Replied, now: datetime) -> Step:
    """Take an answer. One that the room did not wait for closes nothing: others like it may still be thinking."""
    replied = replace(room, answered=room.answered + 1, awaited=max(room.awaited - event.awaited, 0))
    return _close_if_complete(replied, now) if event.awaited else (replied, ())


def _leave(room: Classroom, event: events.Left, now: datetime) -> Step:
    coming = max(room.coming - event.coming, 0)
    arrived_at = room.arrived_at or (now if event.coming and not coming else None)
    awaited, answered = max(room.awaited - event.awaited, 0), max(room.answered - event.answered, 0)
    left = replace(room, awaited=awaited, answered=answered, coming=coming, arrived_at=arrived_at)
    return _close_if_complete(left, now) if event.awaited else (left, ())


def _close_if_complete(room: Classroom, now: datetime) -> Step:
    complete = room.phase is Phase.ASKING and not room.together and room.answered and not room.awaited
    return _close(room, now) if complete else (room, ())


def _close_by_teacher(room: Classroom, _event: events.WentOn, now: datetime) -> Step:
    return _close(room, now)


def _close_in_time(room: Classroom, _event: events.TimeRanOut, now: datetime) -> Step:
    """Close a round whose time is out; if nobody answered for too long, wait for the teacher before the next."""
    if not room.is_due(now):
        return room, ()
    closed, todo = _close(room, now)
    if closed.quiet < QUIET_ROUNDS or closed.round == len(closed.questions):
        return closed, todo
    return replace(closed, phase=Phase.RESTING), todo


def _close(room: Classroom, now: datetime) -> Step:
    closed = _with_outcome(room, Outcome.COUNTED, now)
    quiet = 0 if room.answered else room.quiet + 1
    return replace(closed, phase=Phase.REVEALED, since=now, quiet=quiet), (effects.CloseRound(closed.round),)


def _with_outcome(room: Classroom, outcome: Outcome, now: datetime) -> Classroom:
    """End the open round: nothing is awaited in it any more, and nothing is on its way."""
    extras = (*room.extras, room.extra_until(now))
    return replace(room, phase=Phase.REVEALED, outcomes=(*room.outcomes, outcome), extras=extras, awaited=0, coming=0)


def _read(room: Classroom, event: events.TimeRanOut, now: datetime) -> Step:
    """Go on once an explanation stood long enough."""
    return _go_on(room, event, now) if room.is_due(now) else (room, ())


def _go_on(room: Classroom, _event: events.ClassEvent, now: datetime) -> Step:
    """Ask the next question, or finish behind the last."""
    return _ask(replace(room, quiet=0) if room.phase is Phase.RESTING else room, now)


def _ask(room: Classroom, now: datetime, *first: effects.ClassEffect) -> Step:
    """Open the next round, or finish."""
    if len(room.outcomes) == len(room.questions):
        return replace(room, phase=Phase.FINISHED, since=now), (*first, effects.FinishClass())
    asking = _unasked(replace(room, phase=Phase.ASKING, since=now, vote=1, answered=0, extra=Extra()))
    return asking, (*first, effects.AskQuestion(asking.round))


def _ask_again(room: Classroom, _event: events.WentOn, now: datetime) -> Step:
    again = replace(room, phase=Phase.ASKING, since=now, vote=room.vote + 1, answered=0, extra=Extra())
    return _unasked(again), (effects.AskQuestion(room.round),)


def _unasked(room: Classroom) -> Classroom:
    return replace(room, copies=0, coming=0, awaited=0, arrived_at=None)


def _withdraw(room: Classroom, _event: events.Withdrawn, now: datetime) -> Step:
    """Ask the next question in place of one that is gone; where it was put before, what was answered is dropped."""
    was_put = room.copies or room.answered or room.vote > 1
    annulled = (effects.AnnulRound(room.round),) if was_put else ()
    return _ask(_with_outcome(room, Outcome.WITHDRAWN, now), now, *annulled)


def _let_go(room: Classroom, _event: events.LetGo, now: datetime) -> Step:
    annulled = effects.AnnulRound(room.round)
    return _ask(replace(_with_outcome(room, Outcome.SKIPPED, now), quiet=0), now, annulled)


def _add_time(room: Classroom, event: events.TimeAdded, _now: datetime) -> Step:
    added = room.extra.added + timedelta(seconds=event.seconds)
    return replace(room, extra=replace(room.extra, added=added)), ()


def _hold(room: Classroom, _event: events.Stopped, now: datetime) -> Step:
    return replace(room, phase=Phase.HELD, since=now), ()


def _resume(room: Classroom, _event: events.Resumed, now: datetime) -> Step:
    """Go on with the open round: the pause is no part of its time. A question that was lost is put again."""
    asking = replace(room, phase=Phase.ASKING, since=now, extra=room.extra_until(now))
    if room.arrived_at is None and not room.coming:
        return _unasked(asking), (effects.AskQuestion(room.round),)
    return _close_if_complete(asking, now)


def _rest(room: Classroom, _event: events.Stopped, now: datetime) -> Step:
    return replace(room, phase=Phase.RESTING, since=now), ()


def _discuss(room: Classroom, _event: events.DiscussionCalled, now: datetime) -> Step:
    discussing = replace(room, phase=Phase.DISCUSSING, since=now, awaited=0, coming=0)
    return discussing, (effects.ShowVote(room.round),)


def _end(room: Classroom, _event: events.Ended, now: datetime) -> Step:
    """Finish; what was answered in an open round counts. One that nobody answered is taken back."""
    todo: tuple[effects.ClassEffect, ...] = ()
    if room.is_open and (room.answered or room.vote > 1):
        room, todo = _close(room, now)
    elif room.is_open:
        todo = (effects.AnnulRound(room.round),)
        room = _with_outcome(room, Outcome.SKIPPED, now)
    return replace(room, phase=Phase.FINISHED, since=now), (*todo, effects.FinishClass())


_NEXT = (Phase.ASKING, Phase.FINISHED)
_OPEN_OR_CLOSED = (Phase.ASKING, Phase.REVEALED)
_END = (Phase.FINISHED,)

TRANSITIONS: dict[tuple[Phase, type], Transition[Step]] = {
    (Phase.GATHERING, events.Started): Transition(_go_on, (Phase.ASKING,)),
    (Phase.GATHERING, events.Ended): Transition(_end, _END),
    (Phase.ASKING, events.QuestionPut): Transition(_put, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionArrived): Transition(_arrive, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionLost): Transition(_lose, (Phase.ASKING, Phase.HELD, Phase.REVEALED)),
    (Phase.ASKING, events.CameLate): Transition(_come_late, (Phase.ASKING,)),
    (Phase.ASKING, events.Replied): Transition(_reply, _OPEN_OR_CLOSED),
    (Phase.ASKING, events.Left): Transition(_leave, _OPEN_OR_CLOSED),
    (Phase.ASKING, events.Withdrawn): Transition(_withdraw, _NEXT),
    (Phase.ASKING, events.TimeRanOut): Transition(_close_in_time, (*_OPEN_OR_CLOSED, Phase.RESTING)),
    (Phase.ASKING, events.WentOn): Transition(_close_by_teacher, (Phase.REVEALED,)),
    (Phase.ASKING, events.TimeAdded): Transition(_add_time, (Phase.ASKING,)),
    (Phase.ASKING, events.LetGo): Transition(_let_go, _NEXT),
    (Phase.ASKING, events.DiscussionCalled): Transition(_discuss, (Phase.DISCUSSING,)),
    (Phase.ASKING, events.Stopped): Transition(_hold, (Phase.HELD,)),
    (Phase.ASKING, events.Ended): Transition(_end, _END),
    (Phase.HELD, events.QuestionPut): Transition(_put, (Phase.HELD,)),
    (Phase.HELD, events.QuestionArrived): Transition(_arrive, (Phase.HELD,)),
    (Phase.HELD, events.QuestionLost): Transition(_lose, (Phase.HELD,)),
    (Phase.HELD, events.CameLate): Transition(_come_late, (Phase.HELD,)),
    (Phase.HELD, events.Replied): Transition(_reply, (Phase.HELD,)),
    (Phase.HELD, events.Left): Transition(_leave, (Phase.HELD,)),
    (Phase.HELD, events.Resumed): Transition(_resume, _OPEN_OR_CLOSED),
    (Phase.HELD, events.WentOn): Transition(_close_by_teacher, (Phase.REVEALED,)),
    (Phase.HELD, events.LetGo): Transition(_let_go, _NEXT),
    (Phase.HELD, events.DiscussionCalled): Transition(_discuss, (Phase.DISCUSSING,)),
    (Phase.HELD, events.Ended): Transition(_end, _END),
    (Phase.DISCUSSING, events.WentOn): Transition(_ask_again, (Phase.ASKING,)),
    (Phase.DISCUSSING, events.LetGo): Transition(_let_go, _NEXT),
    (Phase.DISCUSSING, events.Ended): Transition(_end, _END),
    (Phase.REVEALED, events.WentOn): Transition(_go_on, _NEXT),
    (Phase.REVEALED, events.TimeRanOut): Transition(_read, (*_NEXT, Phase.REVEALED)),
    (Phase.REVEALED, events.Stopped): Transition(_rest, (Phase.RESTING,)),
    (Phase.REVEALED, events.Ended): Transition(_end, _END),
    (Phase.RESTING, events.WentOn): Transition(_go_on, _NEXT),
    (Phase.RESTING, events.Resumed): Transition(_go_on, _NEXT),
    (Phase.RESTING, events.Ended): Transition(_end, _END),
}
