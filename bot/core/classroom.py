"""A live class, as a state machine: ``step(room, event, now) -> (room, effects)``.

The theory: a class is a row of rounds, one question each, put to everybody at once. The room counts its people and
never names them; each person's part is a ``Seat`` (``seat.py``), and only seats hold marks. A round's time runs from
the arrival of its last first copy, so that nobody has less than was promised. It closes when its time is out, when all
it waits for have answered, or when the teacher says so; only then is anything counted or shown. A round taken back
counts for nobody. Every pair of phase and event is in ``TRANSITIONS`` or is refused by name.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core import effects, events
from bot.core.errors import MoveRefusedError
from bot.core.transition import Transition

# Votes given in the last second are on their way for a second or two.
GRACE = timedelta(seconds=2)
# How long a round goes on waiting for copies that do not arrive, once the time of all others is out.
PATIENCE = timedelta(seconds=30)
# How long an explanation stands before the next question comes by itself: some 60 words at a pupil's pace.
READING = timedelta(seconds=20)
# After so many rounds without an answer nobody is there.
QUIET_ROUNDS = 2


class Phase(StrEnum):
    """Where a class stands."""

    GATHERING = "gathering"
    ASKING = "asking"
    HELD = "held"
    DISCUSSING = "discussing"
    REVEALED = "revealed"
    RESTING = "resting"
    FINISHED = "finished"


class Outcome(StrEnum):
    """How a round ended."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Classroom:
    """One live class.

    Attributes:
        questions: the ids of the questions, one a round, in order.
        seconds: how long a round lasts; 0 where the teacher says when.
        bonus: whether quick right answers earn more.
        together: True where one message puts the question to a whole group, False where every seat has its own.
        phase: where the class stands.
        outcomes: how each closed round ended, in order.
        vote: 1, or 2 after a discussion.
        copies, coming: messages that carry the open question, and those of them still on their way.
        awaited, answered: seats the open round waits for, and seats that answered it (in this vote).
        arrived_at: when the last copy so far arrived; None before the first.
        since: when the present phase began.
        extra: what was added to the time of the open round, by the teacher or by a pause.
        quiet: rounds without an answer, one after the other.
    """

    questions: tuple[str, ...]
    seconds: int
    bonus: bool
    together: bool
    phase: Phase
    since: datetime
    outcomes: tuple[Outcome, ...] = ()
    vote: int = 1
    copies: int = 0
    coming: int = 0
    awaited: int = 0
    answered: int = 0
    arrived_at: datetime | None = None
    extra: timedelta = timedelta()
    quiet: int = 0

    @property
    def round(self) -> int:
        """The number of the round that is open or was closed last, from 1; 0 before the first."""
        return len(self.outcomes) + self.is_open

    @property
    def is_open(self) -> bool:
        """Whether a round is open, so that its answer is hidden."""
        return self.phase in (Phase.ASKING, Phase.HELD, Phase.DISCUSSING)

    @property
    def takes_answers(self) -> bool:
        """Whether the open round takes answers now."""
        return self.phase in (Phase.ASKING, Phase.HELD)

    @property
    def counted(self) -> int:
        """How many rounds were counted so far."""
        return self.outcomes.count(Outcome.COUNTED)

    @property
    def deadline(self) -> datetime | None:
        """When the class goes on by itself; None while it waits for somebody."""
        if not self.seconds:
            return None
        if self.phase is Phase.REVEALED:
            return self.since + READING
        if self.ends_at is None:
            return None
        return self.ends_at + GRACE + (PATIENCE if self.coming else timedelta())

    @property
    def ends_at(self) -> datetime | None:
        """When the open round's time is out for whoever got the question last; None where none runs."""
        if not self.seconds or self.phase is not Phase.ASKING or self.arrived_at is None:
            return None
        return self.arrived_at + timedelta(seconds=self.seconds) + self.extra


Step = tuple[Classroom, tuple[effects.ClassEffect, ...]]


def begin(questions: tuple[str, ...], now: datetime, *, seconds: int, bonus: bool, together: bool) -> Classroom:
    """Open a class on these questions, at least one, to gather people."""
    if not questions:
        raise ValueError("a class needs at least one question")
    return Classroom(questions, seconds, bonus and seconds > 0, together, Phase.GATHERING, now)


def step(room: Classroom, event: events.ClassEvent, now: datetime) -> Step:
    """Let an event happen. Raises MoveRefusedError where the table has no such move or the round is not open."""
    transition = TRANSITIONS.get((room.phase, type(event)))
    if transition is None:
        raise MoveRefusedError(room.phase, type(event).__name__)
    return transition.move(room, event, now)


def _start(room: Classroom, _event: events.Started, now: datetime) -> Step:
    return _ask(room, now)


def _put(room: Classroom, event: events.QuestionPut, now: datetime) -> Step:
    """Count the first copies. Where there is nobody to wait for, the round's time runs from now."""
    arrived_at = None if event.copies else now
    put = replace(room, copies=event.copies, coming=event.copies, awaited=event.awaited, arrived_at=arrived_at)
    return put, ()


def _arrive(room: Classroom, _event: events.QuestionArrived, now: datetime) -> Step:
    return replace(room, coming=max(room.coming - 1, 0), arrived_at=now), ()


def _lose(room: Classroom, event: events.QuestionLost, now: datetime) -> Step:
    """Go on without a copy; a group whose only copy is lost waits until that is mended."""
    if room.together:
        return _hold(room, events.Stopped(), now)
    return _leave(room, events.Left(event.awaited, coming=True), now)


def _come_late(room: Classroom, _event: events.CameLate, _now: datetime) -> Step:
    return replace(room, awaited=room.awaited + 1), ()


def _reply(room: Classroom, event: events.Replied, now: datetime) -> Step:
    replied = replace(room, answered=room.answered + 1, awaited=room.awaited - event.awaited)
    return _close_if_complete(replied, now)


def _leave(room: Classroom, event: events.Left, now: datetime) -> Step:
    coming = room.coming - event.coming
    arrived_at = room.arrived_at or (now if room.copies and not coming else None)
    left = replace(room, awaited=room.awaited - event.awaited, coming=coming, arrived_at=arrived_at)
    return _close_if_complete(left, now)


def _close_if_complete(room: Classroom, now: datetime) -> Step:
    complete = room.phase is Phase.ASKING and not room.together and room.answered and not room.awaited
    return _close(room, now) if complete else (room, ())


def _close_by_teacher(room: Classroom, _event: events.WentOn, now: datetime) -> Step:
    return _close(room, now)


def _close_in_time(room: Classroom, _event: events.TimeRanOut, now: datetime) -> Step:
    """Close a round whose time is out; if nobody answered for too long, wait for the teacher."""
    closed, todo = _close(room, now)
    if closed.quiet < QUIET_ROUNDS:
        return closed, todo
    return replace(closed, phase=Phase.RESTING), (*todo, effects.TellPause(quiet=True))


def _close(room: Classroom, now: datetime) -> Step:
    quiet = 0 if room.answered else room.quiet + 1
    closed = replace(
        room, phase=Phase.REVEALED, since=now, outcomes=(*room.outcomes, Outcome.COUNTED), awaited=0, quiet=quiet
    )
    return closed, (effects.CloseRound(closed.round),)


def _go_on(room: Classroom, _event: events.ClassEvent, now: datetime) -> Step:
    """Ask the next question, or finish behind the last."""
    return _ask(replace(room, quiet=0) if room.phase is Phase.RESTING else room, now)


def _ask(room: Classroom, now: datetime, *first: effects.ClassEffect) -> Step:
    """Open the next round, or finish."""
    if len(room.outcomes) == len(room.questions):
        return replace(room, phase=Phase.FINISHED, since=now), (*first, effects.FinishClass())
    asking = replace(_unasked(room), phase=Phase.ASKING, since=now, vote=1)
    return asking, (*first, effects.AskQuestion(asking.round))


def _ask_again(room: Classroom, _event: events.WentOn, now: datetime) -> Step:
    return replace(_unasked(room), phase=Phase.ASKING, since=now, vote=2), (effects.AskQuestion(room.round),)


def _unasked(room: Classroom) -> Classroom:
    return replace(room, copies=0, coming=0, awaited=0, answered=0, arrived_at=None, extra=timedelta())


def _withdraw(room: Classroom, _event: events.Withdrawn, now: datetime) -> Step:
    return _ask(replace(room, outcomes=(*room.outcomes, Outcome.WITHDRAWN)), now)


def _let_go(room: Classroom, _event: events.LetGo, now: datetime) -> Step:
    annulled = effects.AnnulRound(room.round)
    return _ask(replace(room, outcomes=(*room.outcomes, Outcome.SKIPPED), quiet=0), now, annulled)


def _add_time(room: Classroom, event: events.TimeAdded, _now: datetime) -> Step:
    return replace(room, extra=room.extra + timedelta(seconds=event.seconds)), ()


def _hold(room: Classroom, _event: events.Stopped, now: datetime) -> Step:
    return replace(room, phase=Phase.HELD, since=now), (effects.TellPause(quiet=False),)


def _resume(room: Classroom, _event: events.Resumed, now: datetime) -> Step:
    """Go on with the open round: the pause is no part of its time. A question that never arrived is put again."""
    if room.copies and room.arrived_at is None:
        return replace(_unasked(room), phase=Phase.ASKING, since=now), (effects.AskQuestion(room.round),)
    pause = max(now - room.since, timedelta())
    return _close_if_complete(replace(room, phase=Phase.ASKING, since=now, extra=room.extra + pause), now)


def _rest(room: Classroom, _event: events.Stopped, now: datetime) -> Step:
    return replace(room, phase=Phase.RESTING, since=now), (effects.TellPause(quiet=False),)


def _discuss(room: Classroom, _event: events.DiscussionCalled, now: datetime) -> Step:
    return replace(room, phase=Phase.DISCUSSING, since=now), (effects.ShowVote(room.round),)


def _end(room: Classroom, _event: events.Ended, now: datetime) -> Step:
    """Finish; what was answered in an open round counts."""
    closed, todo = _close(room, now) if room.is_open and room.copies else (room, ())
    return replace(closed, phase=Phase.FINISHED, since=now), (*todo, effects.FinishClass())


_NEXT = (Phase.ASKING, Phase.FINISHED)
_OPEN_OR_CLOSED = (Phase.ASKING, Phase.REVEALED)
_END = (Phase.FINISHED,)

TRANSITIONS: dict[tuple[Phase, type], Transition[Step]] = {
    (Phase.GATHERING, events.Started): Transition(_start, (Phase.ASKING,)),
    (Phase.GATHERING, events.Ended): Transition(_end, _END),
    (Phase.ASKING, events.QuestionPut): Transition(_put, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionArrived): Transition(_arrive, (Phase.ASKING,)),
    (Phase.ASKING, events.QuestionLost): Transition(_lose, (Phase.ASKING, Phase.HELD, Phase.REVEALED)),
    (Phase.ASKING, events.CameLate): Transition(_come_late, (Phase.ASKING,)),
    (Phase.ASKING, events.Replied): Transition(_reply, _OPEN_OR_CLOSED),
    (Phase.ASKING, events.Left): Transition(_leave, _OPEN_OR_CLOSED),
    (Phase.ASKING, events.Withdrawn): Transition(_withdraw, _NEXT),
    (Phase.ASKING, events.TimeRanOut): Transition(_close_in_time, (Phase.REVEALED, Phase.RESTING)),
    (Phase.ASKING, events.WentOn): Transition(_close_by_teacher, (Phase.REVEALED,)),
    (Phase.ASKING, events.TimeAdded): Transition(_add_time, (Phase.ASKING,)),
    (Phase.ASKING, events.LetGo): Transition(_let_go, _NEXT),
    (Phase.ASKING, events.DiscussionCalled): Transition(_discuss, (Phase.DISCUSSING,)),
    (Phase.ASKING, events.Stopped): Transition(_hold, (Phase.HELD,)),
    (Phase.ASKING, events.Ended): Transition(_end, _END),
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
    (Phase.REVEALED, events.TimeRanOut): Transition(_go_on, _NEXT),
    (Phase.REVEALED, events.Stopped): Transition(_rest, (Phase.RESTING,)),
    (Phase.REVEALED, events.Ended): Transition(_end, _END),
    (Phase.RESTING, events.WentOn): Transition(_go_on, _NEXT),
    (Phase.RESTING, events.Resumed): Transition(_go_on, _NEXT),
    (Phase.RESTING, events.Ended): Transition(_end, _END),
}
