"""Several right options among wrong ones; all must be found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.choices import MOST_OPTIONS, choice_prompt, chosen_of, mark_choice, read_choice
from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Option, Value
from bot.core.marking import AnswerTexts
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt


@dataclass(frozen=True, slots=True)
class SeveralRight(Kind):
    """Several right options among wrong ones; in the author's order the right ones are first."""

    answers: tuple[str, ...]
    wrong: tuple[Option, ...]

    name: ClassVar[str] = "several right"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("answers", "texts", required=True, description="the right options", least=2, most=MOST_OPTIONS - 1),
        Field("wrong", "options", required=True, description="the wrong options", most=MOST_OPTIONS - 2),
    )

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `answers` and `wrong`. Raises QuestionError with every fault found."""
        reader = FieldReader(cls, fields)
        answers = reader.texts("answers")
        wrong = read_choice(reader, "answers", answers)
        reader.raise_faults()
        return cls(answers, wrong)

    def write(self) -> dict[str, Value]:
        """Return the fields."""
        return {"answers": self.answers, "wrong": self.wrong}

    def prompt(self, seed: int) -> Prompt:
        """Offer all options in a random order."""
        return choice_prompt(self.answers, self.wrong, seed, several=True)

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark the chosen options: right if they are exactly the right ones."""
        chosen = chosen_of(answer, len(self.answers) + len(self.wrong))
        return mark_choice(chosen, self.answers, self.wrong) if chosen else NotAnAnswer("option")

    def solution(self) -> tuple[str, ...]:
        """Return the right options."""
        return self.answers

    def answer_texts(self) -> AnswerTexts:
        """Return the options."""
        return AnswerTexts(self.answers, tuple(option.text for option in self.wrong))
