"""Events of a quiz, named in the past tense. They carry the result of marking; the time is passed beside them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """The learner answered the question of a round, and the answer was marked."""

    round: int
    right: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """The learner skipped the question of a round."""

    round: int


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn:
    """The author removed the question from the bank before it was sent or sent again."""

    round: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The learner or the teacher paused."""


@dataclass(frozen=True, slots=True)
class TimeExpired:
    """A deadline passed: the learner's absence, the end of a round, or the time for reading an explanation."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The learner or the teacher continued, or asked for the question again."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The learner gave this quiz up for another one."""


SoloEvent = Answered | Skipped | QuestionWithdrawn | Paused | TimeExpired | Resumed | Abandoned


# Events of a live class only. It also has QuestionWithdrawn, TimeExpired, Paused and Resumed.


@dataclass(frozen=True, slots=True)
class Started:
    """The teacher started the first round."""


@dataclass(frozen=True, slots=True)
class QuestionSent:
    """The question of the open round was queued for sending.

    Attributes:
        copies: the number of first copies: one for each seat, or one for a whole group.
        awaited: the number of seats that the round waits for.
    """

    copies: int
    awaited: int


@dataclass(frozen=True, slots=True)
class QuestionArrived:
    """One copy of the open round's question reached its chat."""


@dataclass(frozen=True, slots=True)
class QuestionLost:
    """One copy of the open round's question cannot be delivered; ``awaited`` if the round waited for that seat."""

    awaited: bool


@dataclass(frozen=True, slots=True)
class JoinedLate:
    """A pupil joined during a round and gets its question in addition to the first copies."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A seat answered the open round; ``awaited`` if the round waited for it."""

    awaited: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A person left or was removed.

    Attributes:
        awaited: whether the open round waited for this seat.
        coming: whether the first copy of the question for this seat had not arrived.
        answered: whether the seat had answered in this vote; its answer no longer counts.
    """

    awaited: bool
    coming: bool
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Advanced:
    """The teacher closed the open round, asked for the next question, or started the second vote."""


@dataclass(frozen=True, slots=True)
class TimeAdded:
    """The teacher added seconds to the open round."""

    seconds: int


@dataclass(frozen=True, slots=True)
class QuestionDropped:
    """The teacher dropped the open question: the round counts for nobody."""


@dataclass(frozen=True, slots=True)
class DiscussionStarted:
    """The teacher closed the first vote without showing the answer; a second vote follows the discussion."""


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
