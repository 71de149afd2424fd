"""The question bank: passages, topics and questions. Its values are valid; the loader has checked them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.kind import Kind


class Level(StrEnum):
    """The difficulty of a question in the author's judgement; the members are ordered from easy to hard."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Passage:
    """One section of the reading text."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, by which questions are grouped and counted."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        id: must never change; scores are stored under it.
        topic: the id of its topic.
        level: its difficulty.
        stem: the text of the question.
        kind: its type, with its answers.
        why: the author's explanation.
        passage: the id of the passage that proves the answer.
        quote: the words of that passage that prove it.
    """

    id: str
    topic: str
    level: Level
    stem: str
    kind: Kind
    why: str
    passage: str
    quote: str


@dataclass(frozen=True, slots=True)
class Bank:
    """A question bank: a reading text and the questions on it, in the author's order."""

    title: str
    language: str
    source: str
    licence: str
    reading: tuple[Passage, ...]
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
