"""What people are told, as plain values that carry all they need: stored in the outbox, shown by the Telegram edge.

A message says what, never how: no markup, no words of the bot's own.
"""

from dataclasses import dataclass
from typing import Literal

from bot.core.prompt import Prompt
from bot.core.scoring import Score


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
    """What would have been right, and where the text says so.

    Attributes:
        outcome: why it is shown.
        statement: True where the question was a statement: then solution and given are the words true and false.
        solution: the right answer or answers.
        given: what was answered; empty after a skip.
        note: why that was wrong, if the author wrote it.
        passage: the title of the passage; ``before``, ``quoted`` and ``after`` are its sentence in three pieces.
    """

    outcome: Literal["wrong", "skipped"]
    statement: bool
    solution: tuple[str, ...]
    given: str
    note: str
    why: str
    passage: str
    before: str
    quoted: str
    after: str


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


@dataclass(frozen=True, slots=True)
class Welcome:
    """Hello. ``questions`` is how many there are in the bank."""

    name: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot can do."""


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """What a person knows."""

    score: Score


@dataclass(frozen=True, slots=True)
class TopicList:
    """The topics, each with how many of its questions are mastered."""

    topics: tuple[TopicResult, ...]
    offers: tuple[TopicOffer, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents of the reading: passages as (id, title)."""

    title: str
    source: str
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassageShown:
    """One passage of the reading, with the ids of its neighbours (empty at the ends)."""

    number: int
    of: int
    title: str
    text: str
    previous: str
    next: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """The languages to choose from."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain sentence, by the name of its text."""

    text: str


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The answer that Telegram wants for every button press; an empty text only stops the button's waiting."""

    press_id: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RightSign:
    """A short sign on a learner's message: right."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ClosedPoll:
    """Close the poll in this message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ClosedButtons:
    """Take the buttons off this message."""

    message_id: int


Message = (
    AskedQuestion
    | Explanation
    | QuizResult
    | QuizStopped
    | QuizWaits
    | QuizSetup
    | QuizChosen
    | Welcome
    | Help
    | ScoreCard
    | TopicList
    | Contents
    | PassageShown
    | LanguageChoice
    | Notice
    | PressAnswer
    | RightSign
    | ClosedPoll
    | ClosedButtons
)
