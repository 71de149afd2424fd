"""A year to write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.authoring import Authoring
from bot.core.kind import Field, Kind, Value
from bot.core.limits import LONGEST_ANSWER, fits
from bot.core.numerals import western_digits
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt, Written, WrittenPrompt

_YEAR = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Year(Kind):
    """A year of the common era, 1 to 9999."""

    year: int

    name: ClassVar[str] = "year"
    fields: ClassVar[tuple[Field, ...]] = (Field("year", "year", required=True, description="the right year"),)

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `year`. Raises QuestionError with every fault found."""
        authoring = Authoring(cls, fields)
        text = authoring.text("year")
        if text and not _YEAR.fullmatch(text):
            authoring.fault("year", f"is “{text}”: write a year in 1 to 4 digits, such as 2012")
        authoring.finish()
        return cls(int(text))

    def write(self) -> dict[str, Value]:
        """Give back the field."""
        return {"year": str(self.year)}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - nothing to shuffle
        """Ask for a year."""
        return WrittenPrompt("year")

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark the one year in what was written; none, several or a longer number is no answer."""
        if not isinstance(answer, Written) or not fits(answer.text, LONGEST_ANSWER):
            return NotAnAnswer("year")
        runs = set(re.findall(r"[0-9]+", western_digits(answer.text)))
        if len(runs) != 1 or len(run := runs.pop()) > _MOST_DIGITS:
            return NotAnAnswer("year")
        return Mark(int(run) == self.year, " ".join(answer.text.split()))

    def solution(self) -> tuple[str, ...]:
        """Give the year."""
        return (str(self.year),)
