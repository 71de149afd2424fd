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
class QuestionWithdrawn:
    """The author took the question out of the bank before it could be asked (again)."""

    round: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The learner stopped for now."""


@dataclass(frozen=True, slots=True)
class TimeExpired:
    """Nothing came for so long that the learner must have gone away."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The learner wants to go on, or to see the question again."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The learner gave this quiz up for another."""


SoloEvent = Answered | Skipped | QuestionWithdrawn | Paused | TimeExpired | Resumed | Abandoned


# What happens in a live class alone. It also meets Withdrawn, TimeRanOut, Stopped (for now) and Resumed.


@dataclass(frozen=True, slots=True)
class Started:
    """The teacher opened the first round."""


@dataclass(frozen=True, slots=True)
class QuestionSent:
    """The question of the open round is on its way.

    Attributes:
        copies: how many messages carry it: one a seat, or one for a whole group.
        awaited: how many seats the round waits for.
    """

    copies: int
    awaited: int


@dataclass(frozen=True, slots=True)
class QuestionArrived:
    """One copy of the open round's question reached its chat."""


@dataclass(frozen=True, slots=True)
class QuestionLost:
    """One copy of the open round's question can never arrive; ``awaited`` where the round waited for that seat."""

    awaited: bool


@dataclass(frozen=True, slots=True)
class JoinedLate:
    """Somebody joined while a round is open and is given its question, outside the first copies."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A seat answered the open round; ``awaited`` where the round waited for it."""

    awaited: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left, or was removed.

    Attributes:
        awaited: the open round waited for this seat.
        coming: a first copy of its question was still on its way to it.
        answered: it had answered in this vote, and takes its answer away.
    """

    awaited: bool
    coming: bool
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Advanced:
    """The teacher closed the open round, or asked for the next question, or for the second vote."""


@dataclass(frozen=True, slots=True)
class TimeAdded:
    """The teacher gave the open round so many seconds more."""

    seconds: int


@dataclass(frozen=True, slots=True)
class QuestionDropped:
    """The teacher took the open question back: it counts for nobody."""


@dataclass(frozen=True, slots=True)
class DiscussionStarted:
    """The teacher closed the first vote without showing the answer; the second comes after a discussion."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The teacher ended the class."""


ClassEvent = (
    Started
    | QuestionSent
    | QuestionArrived
    | QuestionLost
    | JoinedLate
    | Replied
    | Left
    | Advanced
    | TimeAdded
    | QuestionDropped
    | DiscussionStarted
    | Ended
    | QuestionWithdrawn
    | TimeExpired
    | Paused
    | Resumed
)
