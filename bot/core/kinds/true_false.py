"""A statement that is true or false."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Value
from bot.core.prompt import Answer, Chosen, Mark, NotAnAnswer, Prompt, TrueFalsePrompt
from bot.core.truth_words import FALSE, TRUE, calls_statement


@dataclass(frozen=True, slots=True)
class TrueFalse(Kind):
    """A statement that is true or false; choice 0 is true, choice 1 is false."""

    answer: bool

    name: ClassVar[str] = "true/false"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("answer", "boolean", required=True, description="true or false: whether the statement is true"),
    )

    @classmethod
    def claims(cls, fields: Mapping[str, Value]) -> bool:
        """Return whether the `answer` is true or false; with `wrong`, `True` is an option of a choice question."""
        return calls_statement(fields)

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `answer` alone. Raises QuestionError with every fault found."""
        reader = FieldReader(cls, fields)
        word = reader.text("answer")
        if word and word not in TRUE and word not in FALSE:
            reader.add_fault("answer", f"is “{word}”: write true or false")
        reader.raise_faults()
        return cls(word in TRUE)

    def write(self) -> dict[str, Value]:
        """Return the field."""
        return {"answer": _word(self.answer)}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - true always comes before false
        """Ask whether the statement is true."""
        return TrueFalsePrompt(self.answer)

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark choice 0 (true) or 1 (false); any other choice is not an answer."""
        if not isinstance(answer, Chosen) or answer.options not in {(0,), (1,)}:
            return NotAnAnswer("option")
        called = answer.options == (0,)
        return Mark(called == self.answer, _word(called))

    def solution(self) -> tuple[str, ...]:
        """Return the word ``true`` or ``false``."""
        return (_word(self.answer),)


def _word(value: bool) -> str:  # noqa: FBT001 - the value to convert
    return "true" if value else "false"
