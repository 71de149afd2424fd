"""A bank as the rest of the program sees it: passages, topics, questions. Already checked."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.kind import Kind


class Level(StrEnum):
    """How hard a question is, in the author's judgement; the order of the members is from easy to hard."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Passage:
    """A short piece of the reading."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What questions are grouped and counted by."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        id: stable for ever; scores are kept by it.
        topic: the id of its topic.
        level: how hard it is.
        stem: what is asked.
        kind: how it is asked and marked, with its answers.
        why: the explanation, in the author's words.
        passage: the id of the passage that proves the answer.
        quote: words of that passage that prove it.
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
    """A whole question bank: a reading and the questions on it, in the author's order."""

    title: str
    language: str
    source: str
    licence: str
    reading: tuple[Passage, ...]
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
