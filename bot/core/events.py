"""What happened in a quiz, in the past tense. Plain values: who asks the clock and who marks stand elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """The learner answered the question of a round, and it was marked."""

    round: int
    right: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """The learner let the question of a round go."""

    round: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The author took the question out of the bank before it could be asked (again)."""

    round: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """The learner stopped for now."""


@dataclass(frozen=True, slots=True)
class TimeRanOut:
    """Nothing came for so long that the learner must have gone away."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The learner wants to go on, or to see the question again."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The learner gave this quiz up for another."""


SoloEvent = Answered | Skipped | Withdrawn | Stopped | TimeRanOut | Resumed | Abandoned
