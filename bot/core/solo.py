"""The state machine of a quiz for one learner: ``step(state, event, now) -> (state, effects)``.

A quiz is a sequence of rounds with one question each. Exactly one round is open until the last one closes. An answer
closes the open round and opens the next. If the learner pauses or is absent, the quiz is PAUSED and its round stays
open; an answer to that round, even days later, counts and continues the quiz. Thinking time includes only the time in
which a question waits for a learner who is present. ``TRANSITIONS`` lists every allowed pair of phase and event; any
other pair raises ``TransitionRefusedError``.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core import effects, events
from bot.core.errors import TransitionRefusedError
from bot.core.transition import Transition

# Longer than anybody thinks about one question, shorter than a lesson: after this silence a learner is absent.
AWAY_AFTER = timedelta(minutes=30)


class Phase(StrEnum):
    """The phase of a quiz.

    Attributes:
        ASKING: the open question waits for the learner.
        PAUSED: the learner paused or is absent; the round stays open.
        FINISHED: every round is closed, or the learner gave the quiz up.
    """

    ASKING = "asking"
    PAUSED = "paused"
    FINISHED = "finished"


class Outcome(StrEnum):
    """The way in which a round ended."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SoloState:
    """The state of one learner's quiz.

    Attributes:
        questions: the ids of the questions in order, one for each round.
        phase: the current phase.
        outcomes: the outcomes of the closed rounds, in order.
        asked_at: the time at which the open question was last sent; None unless ASKING.
        thinking: the thinking time so far.
    """

    questions: tuple[str, ...]
    phase: Phase
    outcomes: tuple[Outcome, ...]
    asked_at: datetime | None
    thinking: timedelta

    @property
    def round(self) -> int:
        """The number of the open round, from 1; one more than the last when all are closed."""
        return len(self.outcomes) + 1

    @property
    def deadline(self) -> datetime | None:
        """The time at which the learner counts as absent; None while no time runs."""
        return self.asked_at + AWAY_AFTER if self.asked_at else None


Step = tuple[SoloState, tuple[effects.SoloEffect, ...]]


def begin(questions: tuple[str, ...], now: datetime) -> Step:
    """Start a quiz with these questions, at least one; return the first state and its effects."""
    if not questions:
        raise ValueError("a quiz needs at least one question")
    state = SoloState(questions, Phase.ASKING, (), now, timedelta())
    return state, (effects.AskQuestion(1),)


def step(state: SoloState, event: events.SoloEvent, now: datetime) -> Step:
    """Apply an event; return the next state and its effects. Raises TransitionRefusedError if it is not allowed."""
    if isinstance(event, events.Answered | events.Skipped | events.QuestionWithdrawn) and event.round != state.round:
        raise TransitionRefusedError(state.phase, f"{type(event).__name__} for round {event.round}")
    transition = TRANSITIONS.get((state.phase, type(event)))
    if transition is None:
        raise TransitionRefusedError(state.phase, type(event).__name__)
    return transition.apply(state, event, now)


def _answer(state: SoloState, event: events.Answered, now: datetime) -> Step:
    if event.right:
        return _close(state, Outcome.RIGHT, now, effects.ConfirmAnswer(event.round))
    return _close(state, Outcome.WRONG, now, effects.CorrectAnswer(event.round))


def _skip(state: SoloState, event: events.Skipped, now: datetime) -> Step:
    return _close(state, Outcome.SKIPPED, now, effects.RevealAnswer(event.round))


def _withdraw(state: SoloState, _event: events.QuestionWithdrawn, now: datetime) -> Step:
    return _close(state, Outcome.WITHDRAWN, now)


def _pause(state: SoloState, _event: events.Paused, now: datetime) -> Step:
    paused = replace(state, phase=Phase.PAUSED, asked_at=None, thinking=_thinking_until(state, now))
    return paused, (effects.ConfirmStop(),)


def _expire(state: SoloState, _event: events.TimeExpired, _now: datetime) -> Step:
    return replace(state, phase=Phase.PAUSED, asked_at=None), ()


def _resume(state: SoloState, _event: events.Resumed, now: datetime) -> Step:
    asking = replace(state, phase=Phase.ASKING, asked_at=now, thinking=_thinking_until(state, now))
    return asking, (effects.AskQuestion(state.round),)


def _abandon(state: SoloState, _event: events.Abandoned, now: datetime) -> Step:
    return replace(state, phase=Phase.FINISHED, asked_at=None, thinking=_thinking_until(state, now)), ()


def _close(state: SoloState, outcome: Outcome, now: datetime, *first: effects.SoloEffect) -> Step:
    """Close the open round, then open the next or finish."""
    closed = replace(state, outcomes=(*state.outcomes, outcome), thinking=_thinking_until(state, now))
    if closed.round > len(closed.questions):
        return replace(closed, phase=Phase.FINISHED, asked_at=None), (*first, effects.ShowResult())
    return replace(closed, phase=Phase.ASKING, asked_at=now), (*first, effects.AskQuestion(closed.round))


def _thinking_until(state: SoloState, now: datetime) -> timedelta:
    """Return the thinking time, including the time since the question was sent; a clock set back adds none."""
    return state.thinking + max(now - state.asked_at, timedelta()) if state.asked_at else state.thinking


_NEXT = (Phase.ASKING, Phase.FINISHED)

TRANSITIONS: dict[tuple[Phase, type], Transition[Step]] = {
    (Phase.ASKING, events.Answered): Transition(_answer, _NEXT),
    (Phase.ASKING, events.Skipped): Transition(_skip, _NEXT),
    (Phase.ASKING, events.QuestionWithdrawn): Transition(_withdraw, _NEXT),
    (Phase.ASKING, events.Paused): Transition(_pause, (Phase.PAUSED,)),
    (Phase.ASKING, events.TimeExpired): Transition(_expire, (Phase.PAUSED,)),
    (Phase.ASKING, events.Resumed): Transition(_resume, (Phase.ASKING,)),
    (Phase.ASKING, events.Abandoned): Transition(_abandon, (Phase.FINISHED,)),
    (Phase.PAUSED, events.Answered): Transition(_answer, _NEXT),
    (Phase.PAUSED, events.Skipped): Transition(_skip, _NEXT),
    (Phase.PAUSED, events.Resumed): Transition(_resume, (Phase.ASKING,)),
    (Phase.PAUSED, events.Abandoned): Transition(_abandon, (Phase.FINISHED,)),
}
