"""A quiz for one learner, as a state machine: ``step(state, event, now) -> (state, effects)``.

The theory: a quiz is a row of rounds, one question each, and exactly one round is open until the last is closed.
An answer closes the open round and opens the next. A learner who stops, or goes away, leaves the quiz PAUSED with its
round still open; an answer to that round, even days later, counts and sets the quiz going again. Time counts only while
a question is before a learner who is there. Every pair of phase and event is in ``TRANSITIONS`` or is refused by name.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core import effects, events
from bot.core.errors import MoveRefusedError
from bot.core.transition import Transition

# Longer than anyone thinks about one question of a reading, shorter than a lesson: who is silent this long has left.
AWAY_AFTER = timedelta(minutes=30)


class Phase(StrEnum):
    """Where a quiz stands."""

    ASKING = "asking"
    PAUSED = "paused"
    FINISHED = "finished"


class Outcome(StrEnum):
    """How a round ended."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SoloState:
    """One quiz of one learner.

    Attributes:
        questions: the ids of the questions, one a round, in order.
        phase: where the quiz stands.
        outcomes: how each closed round ended, in order.
        asked_at: when the open question was last put; None unless ASKING.
        thinking: time spent on questions so far.
    """

    questions: tuple[str, ...]
    phase: Phase
    outcomes: tuple[Outcome, ...]
    asked_at: datetime | None
    thinking: timedelta

    @property
    def round(self) -> int:
        """The number of the open round, from 1; one past the last when all are closed."""
        return len(self.outcomes) + 1

    @property
    def deadline(self) -> datetime | None:
        """When the learner counts as gone away; None while nothing is due."""
        return self.asked_at + AWAY_AFTER if self.asked_at else None


Step = tuple[SoloState, tuple[effects.SoloEffect, ...]]


def begin(questions: tuple[str, ...], now: datetime) -> Step:
    """Start a quiz of these questions, at least one. Gives the first state and what to do."""
    if not questions:
        raise ValueError("a quiz needs at least one question")
    state = SoloState(questions, Phase.ASKING, (), now, timedelta())
    return state, (effects.AskQuestion(1),)


def step(state: SoloState, event: events.SoloEvent, now: datetime) -> Step:
    """Let an event happen. Raises MoveRefusedError where the table has no such move or the round is not open."""
    if isinstance(event, events.Answered | events.Skipped | events.QuestionWithdrawn) and event.round != state.round:
        raise MoveRefusedError(state.phase, f"{type(event).__name__} for round {event.round}")
    transition = TRANSITIONS.get((state.phase, type(event)))
    if transition is None:
        raise MoveRefusedError(state.phase, type(event).__name__)
    return transition.move(state, event, now)


def _answer(state: SoloState, event: events.Answered, now: datetime) -> Step:
    if event.right:
        return _close(state, Outcome.RIGHT, now, effects.ConfirmAnswer(event.round))
    return _close(state, Outcome.WRONG, now, effects.CorrectAnswer(event.round))


def _skip(state: SoloState, event: events.Skipped, now: datetime) -> Step:
    return _close(state, Outcome.SKIPPED, now, effects.RevealAnswer(event.round))


def _withdraw(state: SoloState, _event: events.QuestionWithdrawn, now: datetime) -> Step:
    return _close(state, Outcome.WITHDRAWN, now)


def _stop(state: SoloState, _event: events.Paused, now: datetime) -> Step:
    paused = replace(state, phase=Phase.PAUSED, asked_at=None, thinking=_thought(state, now))
    return paused, (effects.ConfirmStop(),)


def _fall_asleep(state: SoloState, _event: events.TimeExpired, _now: datetime) -> Step:
    return replace(state, phase=Phase.PAUSED, asked_at=None), ()


def _resume(state: SoloState, _event: events.Resumed, now: datetime) -> Step:
    asking = replace(state, phase=Phase.ASKING, asked_at=now, thinking=_thought(state, now))
    return asking, (effects.AskQuestion(state.round),)


def _abandon(state: SoloState, _event: events.Abandoned, now: datetime) -> Step:
    return replace(state, phase=Phase.FINISHED, asked_at=None, thinking=_thought(state, now)), ()


def _close(state: SoloState, outcome: Outcome, now: datetime, *first: effects.SoloEffect) -> Step:
    """Close the open round, then open the next or finish."""
    closed = replace(state, outcomes=(*state.outcomes, outcome), thinking=_thought(state, now))
    if closed.round > len(closed.questions):
        return replace(closed, phase=Phase.FINISHED, asked_at=None), (*first, effects.ShowResult())
    return replace(closed, phase=Phase.ASKING, asked_at=now), (*first, effects.AskQuestion(closed.round))


def _thought(state: SoloState, now: datetime) -> timedelta:
    """Count the time since the question was put; a clock set back counts as none."""
    return state.thinking + max(now - state.asked_at, timedelta()) if state.asked_at else state.thinking


_ON = (Phase.ASKING, Phase.FINISHED)

TRANSITIONS: dict[tuple[Phase, type], Transition[Step]] = {
    (Phase.ASKING, events.Answered): Transition(_answer, _ON),
    (Phase.ASKING, events.Skipped): Transition(_skip, _ON),
    (Phase.ASKING, events.QuestionWithdrawn): Transition(_withdraw, _ON),
    (Phase.ASKING, events.Paused): Transition(_stop, (Phase.PAUSED,)),
    (Phase.ASKING, events.TimeExpired): Transition(_fall_asleep, (Phase.PAUSED,)),
    (Phase.ASKING, events.Resumed): Transition(_resume, (Phase.ASKING,)),
    (Phase.ASKING, events.Abandoned): Transition(_abandon, (Phase.FINISHED,)),
    (Phase.PAUSED, events.Answered): Transition(_answer, _ON),
    (Phase.PAUSED, events.Skipped): Transition(_skip, _ON),
    (Phase.PAUSED, events.Resumed): Transition(_resume, (Phase.ASKING,)),
    (Phase.PAUSED, events.Abandoned): Transition(_abandon, (Phase.FINISHED,)),
}
