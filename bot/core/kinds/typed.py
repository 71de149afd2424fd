"""A word, name or short phrase to type; small slips are forgiven."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.authoring import Authoring
from bot.core.kind import Field, Kind, Option, Value
from bot.core.limits import LONGEST_ANSWER, fits
from bot.core.marking import fold, matches
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt, Written, WrittenPrompt


@dataclass(frozen=True, slots=True)
class Typed(Kind):
    """A text to type.

    Attributes:
        accept: the texts that are right; the first is the one shown.
        wrong: texts never to be taken for a right one, however near, each with its note.
    """

    accept: tuple[str, ...]
    wrong: tuple[Option, ...] = ()

    name: ClassVar[str] = "typed"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("accept", "texts", required=True, description="the right answers; the first is shown"),
        Field("wrong", "options", required=False, description="answers never to be taken for a right one"),
    )

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `accept` and, if there, `wrong`. Raises QuestionError with every fault found."""
        authoring = Authoring(cls, fields)
        accept = authoring.texts("accept")
        for index, text in enumerate(accept):
            if text and not _is_answer(text):
                authoring.fault("accept", f"needs a letter or digit and at most {LONGEST_ANSWER} characters", index)
        wrong = authoring.options("wrong")
        authoring.refuse_shared("wrong", (option.text for option in wrong), "accept", accept)
        authoring.finish()
        return cls(accept, wrong)

    def write(self) -> dict[str, Value]:
        """Give back the fields."""
        wrong: dict[str, Value] = {"wrong": self.wrong} if self.wrong else {}
        return {"accept": self.accept, **wrong}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - nothing to shuffle
        """Ask for a text."""
        return WrittenPrompt("text")

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark a text; one without letters and digits, or of over 200 characters, is no answer."""
        if not isinstance(answer, Written) or not _is_answer(answer.text):
            return NotAnAnswer("text")
        given = " ".join(answer.text.split())
        if matches(given, self.accept, (option.text for option in self.wrong)):
            return Mark(right=True, given=given)
        return Mark(right=False, given=given, note=self._note(given))

    def solution(self) -> tuple[str, ...]:
        """Give the first accepted text."""
        return self.accept[:1]

    def _note(self, given: str) -> str:
        return next((option.note for option in self.wrong if matches(given, (option.text,))), "")


def _is_answer(text: str) -> bool:
    return fits(text, LONGEST_ANSWER) and any(sign.isalnum() for sign in fold(text))
