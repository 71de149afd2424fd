"""Interface of a kind of question: how it is written, asked and marked. Each file in ``kinds/`` implements one."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from bot.core.marking import AnswerTexts, OtherAnswers
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice question; ``note`` explains why it is wrong (empty if the author wrote nothing)."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind as an author writes it in the bank.

    Attributes:
        name: the YAML key.
        shape: the type of its value. ``option`` is a text or ``{text:, note:}``; ``options`` a list of those;
            ``texts`` a list of texts; ``boolean`` the words true or false; ``number`` a plain decimal number.
        required: whether a question of this kind must have it.
        description: its meaning, shown in editors.
        least, most: the limits of the number of items in ``options`` and ``texts``.
    """

    name: str
    shape: Literal["text", "option", "options", "texts", "boolean", "number", "year"]
    required: bool
    description: str
    least: int = 1
    most: int = 50


# A value that the loader passes to ``Kind.read``: scalars as the strings that the author wrote, options as ``Option``.
Value = str | Option | tuple[str, ...] | tuple[Option, ...]


class Kind(ABC):
    """A type of question. Instances are frozen dataclasses with the values that the author wrote.

    Attributes:
        name: the kind's name in reports, e.g. ``one right``.
        fields: the fields of this kind. The first identifies the kind; kinds that share it (``answer``) override
            ``claims``.
    """

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]

    @classmethod
    def claims(cls, fields: Mapping[str, Value]) -> bool:
        """Return whether a question with these fields is of this kind."""
        return cls.fields[0].name in fields

    @classmethod
    @abstractmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from its fields. Raises QuestionError with every fault found."""

    @abstractmethod
    def write(self) -> dict[str, Value]:
        """Return the fields, so that ``read(write())`` equals self."""

    @abstractmethod
    def prompt(self, seed: int) -> Prompt:
        """Create the prompt of the question; the seed decides the order of options if it may vary."""

    @abstractmethod
    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark an answer; return NotAnAnswer if it cannot be an answer to this kind of question."""

    @abstractmethod
    def solution(self) -> tuple[str, ...]:
        """Return the right answer or answers as they are shown to learners (``true``/``false`` for a statement)."""

    def answer_texts(self) -> AnswerTexts:
        """Return the answers to this question that are texts; none by default."""
        return AnswerTexts(())

    def mark_beside(self, others: OtherAnswers) -> Self:  # noqa: ARG002 - only typed answers can be misspelt
        """Return this kind with the answers of the other questions in its bank, which are not misspellings."""
        return self
