"""The test's own records of a live class, to compare its state and seats with."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.seat import Reply


@dataclass
class Person:
    """The test's record of one person, to compare the seat with.

    Attributes:
        given: the answer that counts in the open or private round.
        marks: the answer that counted in each round; None if the person saw it without answering.
        lost: the round whose question could not be delivered to this person.
        left: the last round during which this person left.
    """

    given: Reply | None = None
    marks: dict[int, Reply | None] = field(default_factory=dict)
    lost: int = 0
    left: int = 0


@dataclass
class Added:
    """The time added to a round, by the test's own count."""

    seconds: int = 0
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
