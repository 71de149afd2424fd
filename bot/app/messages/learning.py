"""What surrounds the quiz: hello, help, the score, the topics, the reading, the language."""

from dataclasses import dataclass

from bot.app.messages.solo import TopicOffer, TopicResult
from bot.core.scoring import Score


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
