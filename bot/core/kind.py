"""The contract of a kind of question: how it is written, asked and marked. One implementation a file in ``kinds/``."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from bot.core.marking import AnswerTexts, OtherAnswers
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice question; ``note`` says why it is wrong (empty where the author wrote nothing)."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind as an author writes it in the bank.

    Attributes:
        name: the YAML key.
        shape: what it holds. ``option`` is a text or ``{text:, note:}``; ``options`` a list of those;
            ``texts`` a list of texts; ``boolean`` the words true or false; ``number`` a plain decimal number.
        required: whether a question of this kind must have it.
        description: what it means, shown in editors.
        least, most: for ``options`` and ``texts``, how many items there may be.
    """

    name: str
    shape: Literal["text", "option", "options", "texts", "boolean", "number", "year"]
    required: bool
    description: str
    least: int = 1
    most: int = 50


# What the loader hands to ``Kind.read``: scalars as the strings the author wrote, options as ``Option``.
Value = str | Option | tuple[str, ...] | tuple[Option, ...]


class Kind(ABC):
    """One way to ask and to mark. Instances are frozen dataclasses that hold what the author wrote.

    Attributes:
        name: the kind's name in reports, e.g. ``one right``.
        fields: the fields of this kind; the first announces it. A kind whose announcing field is shared
            with another kind (``answer``) is told apart by ``claims``.
    """

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]

    @classmethod
    def claims(cls, fields: Mapping[str, Value]) -> bool:
        """Say whether a question with these fields is of this kind."""
        return cls.fields[0].name in fields

    @classmethod
    @abstractmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from its fields. Raises QuestionError with every fault found."""

    @abstractmethod
    def write(self) -> dict[str, Value]:
        """Give back the fields, so that ``read(write())`` equals self."""

    @abstractmethod
    def prompt(self, seed: int) -> Prompt:
        """Put the question; the seed decides the order of options where the order may vary."""

    @abstractmethod
    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark an answer, or say that it cannot be one."""

    @abstractmethod
    def solution(self) -> tuple[str, ...]:
        """Give the right answer or answers as a learner should read them (``true``/``false`` for a statement)."""

    def answer_texts(self) -> AnswerTexts:
        """Return the texts that a learner may take for an answer to this question; none where there are no texts."""
        return AnswerTexts(())

    def mark_beside(self, others: OtherAnswers) -> Self:  # noqa: ARG002 - only what is typed can be misspelt
        """Return this kind as it marks beside the other questions of its bank."""
        return self
