"""What a learner is told around a quiz alone."""

from dataclasses import dataclass
from typing import Literal

from bot.app.messages.lesson import AnswerExplanation
from bot.core.prompt import Found, Prompt


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The question of one round, with where the quiz stands."""

    session: int
    round: int
    of: int
    topic: str
    stem: str
    prompt: Prompt
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer was marked, and what would have been right.

    Attributes:
        outcome: why it is shown.
        given: what was answered; empty after a skip.
        note: why that was wrong, if the author wrote it.
        found: how many of several right options were chosen; None for other questions.
    """

    outcome: Literal["wrong", "skipped"]
    given: str
    note: str
    lesson: AnswerExplanation
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class RightSpelling:
    """A misspelt answer was right; it is written like this."""

    spelling: str


@dataclass(frozen=True, slots=True)
class TopicResult:
    """How a quiz went on one topic."""

    title: str
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class QuizResult:
    """How a quiz went.

    Attributes:
        of: how many questions were answered or skipped.
        missed: the stems of the questions answered wrong or skipped.
        seconds: time spent on questions.
    """

    session: int
    right: int
    of: int
    topics: tuple[TopicResult, ...]
    missed: tuple[str, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class QuizStopped:
    """The quiz waits at this round."""

    round: int
    of: int
    right: int


@dataclass(frozen=True, slots=True)
class QuizWaits:
    """A quiz is under way: go on with it, or begin another?

    Attributes:
        topic: what was asked for instead, empty for mixed; None where that is still to be chosen.
        count: how many questions of it; None for as many as last time.
        missed: the session whose missed questions were asked for instead.
    """

    round: int
    of: int
    topic: str | None = None
    count: int | None = None
    missed: int | None = None


@dataclass(frozen=True, slots=True)
class TopicOffer:
    """A topic to choose, with how many questions it has."""

    id: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class QuizSetup:
    """The choice of a quiz; what is chosen stands out. ``message_id`` is the message to change, None for a new one."""

    topics: tuple[TopicOffer, ...]
    topic: str
    count: int
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuizChosen:
    """The choice was made: the message that offered it now only tells it. An empty topic is mixed."""

    message_id: int
    topic: str
    count: int
