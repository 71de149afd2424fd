"""States of a class in any phase, and its events, for the tests of the state machine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from bot.core import events
from bot.core.classroom import TRANSITIONS, ClassState, Outcome, Phase, begin, step
from bot.core.extra_time import ExtraTime

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EVENTS = get_args(events.ClassEvent)
REFUSED = {(phase, event) for phase in Phase for event in EVENTS} - set(TRANSITIONS)


def event_of(event: type) -> events.ClassEvent:
    """Create an event of this type, from a seat that the class waits for."""
    values = {
        events.QuestionSent: (2, 2),
        events.QuestionLost: (True,),
        events.Replied: (True,),
        events.Left: (True, True),
        events.TimeAdded: (30,),
        events.QuestionWithdrawn: (1,),
    }
    return event(*values.get(event, ()))


def class_in(phase: Phase = Phase.ASKING, closed: int = 0, **fields: object) -> ClassState:
    """Create a class of two questions in this phase, with rounds of a minute and two pupils who have the question."""
    state = begin(("q1", "q2"), NOW, seconds=60, bonus=False, together=False)
    outcomes = (Outcome.COUNTED,) * (2 if phase is Phase.FINISHED else closed)
    put_to = {"copies": 2, "awaited": 2, "arrived_at": NOW} if phase in (Phase.ASKING, Phase.HELD) else {}
    usual = {"phase": phase, "outcomes": outcomes, "extras": (ExtraTime(),) * len(outcomes), **put_to}
    return replace(state, **{**usual, **fields})


def apply_events(state: ClassState, *actions: events.ClassEvent, now: datetime = NOW) -> ClassState:
    """Apply events one after the other at one time."""
    for event in actions:
        state, _ = step(state, event, now)
    return state
