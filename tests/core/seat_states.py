"""Seats and classes over a link as the tests of a seat need them: open, closed, asked, answered."""

from dataclasses import replace
from datetime import datetime

from class_states import NOW, SECOND

from bot.core.classroom import Classroom, Outcome, Phase, begin
from bot.core.extra_time import Extra
from bot.core.seat import POINTS, Reply, Seat, arrive, put

RIGHT = Reply(right=True, choice=(0,), given="Geneva", note="", points=POINTS, at=NOW)
WRONG = Reply(right=False, choice=(1,), given="Vienna", note="The other one.", points=0, at=NOW)


def at(seconds: float) -> datetime:
    """Give a moment so many seconds after the question was put."""
    return NOW + seconds * SECOND


def asking(closed: int = 0, **fields: object) -> Classroom:
    """Make a class over a link whose next round is open, a minute long, after so many that counted."""
    room = begin(("q1", "q2", "q3", "q4"), NOW, seconds=60, bonus=False, together=False)
    over = {"outcomes": (Outcome.COUNTED,) * closed, "extras": (Extra(),) * closed}
    return replace(room, **{"phase": Phase.ASKING, **over, **fields})


def closed(room: Classroom, outcome: Outcome = Outcome.COUNTED, **fields: object) -> Classroom:
    """Close the open round of a class."""
    over = {"outcomes": (*room.outcomes, outcome), "extras": (*room.extras, room.extra)}
    return replace(room, **{"phase": Phase.REVEALED, "answered": 1, **over, **fields})


def asked(room: Classroom, **fields: object) -> Seat:
    """Make a seat to which the open question was put and came at once."""
    return arrive(put(Seat(**fields), room, late=False), NOW)
