"""Seats, and classes over a link, for the tests of seats."""

from dataclasses import replace
from datetime import datetime

from class_states import NOW, SECOND

from bot.core.classroom import ClassState, Outcome, Phase, begin
from bot.core.extra_time import ExtraTime
from bot.core.seat import POINTS, Reply, Seat, arrive, open_round

RIGHT = Reply(right=True, choice=(0,), given="Geneva", note="", points=POINTS, at=NOW)
WRONG = Reply(right=False, choice=(1,), given="Vienna", note="The other one.", points=0, at=NOW)


def at(seconds: float) -> datetime:
    """Return the time this number of seconds after the question was sent."""
    return NOW + seconds * SECOND


def asking(closed: int = 0, **fields: object) -> ClassState:
    """Create a class over a link with an open round of a minute after this number of counted rounds."""
    state = begin(("q1", "q2", "q3", "q4"), NOW, seconds=60, bonus=False, together=False)
    over = {"outcomes": (Outcome.COUNTED,) * closed, "extras": (ExtraTime(),) * closed}
    return replace(state, **{"phase": Phase.ASKING, **over, **fields})


def closed(state: ClassState, outcome: Outcome = Outcome.COUNTED, **fields: object) -> ClassState:
    """Close the open round of a class."""
    over = {"outcomes": (*state.outcomes, outcome), "extras": (*state.extras, state.extra)}
    return replace(state, **{"phase": Phase.REVEALED, "answered": 1, **over, **fields})


def asked(state: ClassState, **fields: object) -> Seat:
    """Create a seat whose open question arrived at once."""
    return arrive(open_round(Seat(**fields), state, late=False), NOW)
