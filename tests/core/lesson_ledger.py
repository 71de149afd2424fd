"""What the test itself writes down of a class, to judge the room and its seats by."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.seat import Reply


@dataclass
class Person:
    """What the test itself knows of one person: by it the seat is judged.

    Attributes:
        given: the answer that stands in the open or private round.
        marks: how each round was marked that was counted for this person; None where seen without an answer.
        lost: the round in which a question could not reach this person, who then waits for the next.
        left: the round in which this person left last, while it was open to them.
    """

    given: Reply | None = None
    marks: dict[int, Reply | None] = field(default_factory=dict)
    lost: int = 0
    left: int = 0


@dataclass
class Added:
    """By how much a round lasts longer, as the test itself counts."""

    seconds: int = 0
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
