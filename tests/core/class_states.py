"""Classes in any phase, with whatever can happen to them, as the tests of the room need them."""

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


def happened(event: type) -> events.ClassEvent:
    """Make an event of this type, of somebody whom the room waits for."""
    values = {
        events.QuestionSent: (2, 2),
        events.QuestionLost: (True,),
        events.Replied: (True,),
        events.Left: (True, True),
        events.TimeAdded: (30,),
        events.QuestionWithdrawn: (1,),
    }
    return event(*values.get(event, ()))


def room_in(phase: Phase = Phase.ASKING, closed: int = 0, **fields: object) -> ClassState:
    """Make a class of two questions in this phase, a minute a round, whose question is with both its pupils."""
    state = begin(("q1", "q2"), NOW, seconds=60, bonus=False, together=False)
    outcomes = (Outcome.COUNTED,) * (2 if phase is Phase.FINISHED else closed)
    put_to = {"copies": 2, "awaited": 2, "arrived_at": NOW} if phase in (Phase.ASKING, Phase.HELD) else {}
    usual = {"phase": phase, "outcomes": outcomes, "extras": (ExtraTime(),) * len(outcomes), **put_to}
    return replace(state, **{**usual, **fields})


def walk(state: ClassState, *happenings: events.ClassEvent, now: datetime = NOW) -> ClassState:
    """Let one event happen after the other, all at one moment."""
    for event in happenings:
        state, _ = step(state, event, now)
    return state
