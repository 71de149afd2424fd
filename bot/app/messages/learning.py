"""Messages around the quiz: welcome, help, score, topics, reading, language."""

from dataclasses import dataclass

from bot.app.messages.solo import TopicOffer, TopicResult
from bot.core.scoring import Score


@dataclass(frozen=True, slots=True)
class Welcome:
    """The welcome. ``questions`` is the number of questions in the bank."""

    name: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class Help:
    """The help: a description of the bot and its commands."""


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """A person's score."""

    score: Score


@dataclass(frozen=True, slots=True)
class TopicList:
    """The topics, each with the number of its questions that are mastered."""

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
