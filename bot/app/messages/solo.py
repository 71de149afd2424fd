"""Messages of a solo quiz."""

from dataclasses import dataclass
from typing import Literal

from bot.app.messages.lesson import AnswerExplanation
from bot.core.prompt import Found, Prompt


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The question of one round, with the progress of the quiz."""

    session: int
    round: int
    of: int
    topic: str
    stem: str
    prompt: Prompt
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The mark of a wrong or skipped answer, and the right answer.

    Attributes:
        outcome: whether the answer was wrong or skipped.
        given: the answer; empty if skipped.
        note: the author's explanation of that mistake, if any.
        found: how many of several right options were chosen; None for other questions.
    """

    outcome: Literal["wrong", "skipped"]
    given: str
    note: str
    lesson: AnswerExplanation
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class RightSpelling:
    """The correct spelling of a right answer that was misspelt."""

    spelling: str


@dataclass(frozen=True, slots=True)
class TopicResult:
    """The result of a quiz on one topic."""

    title: str
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class QuizResult:
    """The result of a quiz.

    Attributes:
        of: number of questions that were answered or skipped.
        missed: the stems of the questions that were answered wrong or skipped.
        seconds: the time spent on questions.
    """

    session: int
    right: int
    of: int
    topics: tuple[TopicResult, ...]
    missed: tuple[str, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class QuizStopped:
    """The notice that the quiz is paused at this round."""

    round: int
    of: int
    right: int


@dataclass(frozen=True, slots=True)
class QuizWaits:
    """The question whether to resume the quiz that is under way or to begin another.

    Attributes:
        topic: the topic of the requested quiz; empty for all topics mixed; None if it is still to be chosen.
        count: its number of questions; None for that of the last quiz.
        missed: the session whose missed questions were requested instead.
    """

    round: int
    of: int
    topic: str | None = None
    count: int | None = None
    missed: int | None = None


@dataclass(frozen=True, slots=True)
class TopicOffer:
    """A topic to choose, with the number of its questions."""

    id: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class QuizSetup:
    """The choices for a quiz, current ones marked. ``message_id`` is the message to edit; None for a new one."""

    topics: tuple[TopicOffer, ...]
    topic: str
    count: int
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuizChosen:
    """The final choice, which replaces the message that offered it. An empty topic means all topics mixed."""

    message_id: int
    topic: str
    count: int
