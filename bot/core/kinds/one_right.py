"""One right option among wrong ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.choices import MOST_OPTIONS, choice_prompt, chosen_of, mark_choice, read_choice
from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Option, Value
from bot.core.marking import AnswerTexts
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt
from bot.core.truth_words import calls_statement


@dataclass(frozen=True, slots=True)
class OneRight(Kind):
    """One right option among wrong ones; in the author's order the right one is first."""

    answer: str
    wrong: tuple[Option, ...]

    name: ClassVar[str] = "one right"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("answer", "text", required=True, description="the right option"),
        Field("wrong", "options", required=True, description="the wrong options", most=MOST_OPTIONS - 1),
    )

    @classmethod
    def claims(cls, fields: Mapping[str, Value]) -> bool:
        """Return whether there is an `answer` that is not true or false; with `wrong`, `True` may be an option."""
        return "answer" in fields and not calls_statement(fields)

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `answer` and `wrong`. Raises QuestionError with every fault found."""
        reader = FieldReader(cls, fields)
        answer = reader.text("answer")
        wrong = read_choice(reader, "answer", (answer,))
        reader.raise_faults()
        return cls(answer, wrong)

    def write(self) -> dict[str, Value]:
        """Return the fields."""
        return {"answer": self.answer, "wrong": self.wrong}

    def prompt(self, seed: int) -> Prompt:
        """Offer all options in a random order."""
        return choice_prompt((self.answer,), self.wrong, seed, several=False)

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark the chosen option; none, several or an unknown one is not an answer."""
        chosen = chosen_of(answer, 1 + len(self.wrong))
        return mark_choice(chosen, (self.answer,), self.wrong) if len(chosen) == 1 else NotAnAnswer("option")

    def solution(self) -> tuple[str, ...]:
        """Return the right option."""
        return (self.answer,)

    def answer_texts(self) -> AnswerTexts:
        """Return the options."""
        return AnswerTexts((self.answer,), tuple(option.text for option in self.wrong))
