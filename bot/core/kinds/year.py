"""A year to write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Value
from bot.core.marking.dates import normalize_dates
from bot.core.number_parsing import SMALL_WORDS, normalize, quantities_in
from bot.core.number_rules import YEAR, refusing_rule
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt, Written, WrittenPrompt
from bot.core.text_limits import LONGEST_ANSWER, is_within

_YEAR = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_LAST_YEAR = 9999
_LEAST_IN_WORDS = 100  # smaller number words usually count other things
_DAY = re.compile(r"\s?\bmonth \d{1,2} day \d{1,2}\b")  # the form of normalized dates
_RUN = re.compile(r"[0-9]+")
_LOW = "|".join(word for word, value in SMALL_WORDS.items() if 10 <= value < 100)  # noqa: PLR2004 - two digits
_BY_HUNDREDS = re.compile(
    rf"\b((?:{'|'.join(word for word, value in SMALL_WORDS.items() if 10 <= value <= 20)}))"  # noqa: PLR2004 - to 20xx
    rf"[\s-]+(?:(?:oh|o|zero)[\s-]+|(?={_LOW}))"
)


@dataclass(frozen=True, slots=True)
class Year(Kind):
    """A year of the common era, 1 to 9999."""

    year: int

    name: ClassVar[str] = "year"
    fields: ClassVar[tuple[Field, ...]] = (Field("year", "year", required=True, description="the right year"),)

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `year`. Raises QuestionError with every fault found."""
        reader = FieldReader(cls, fields)
        text = reader.text("year")
        if text and not _YEAR.fullmatch(text):
            reader.add_fault("year", f"is “{text}”: write a year in 1 to 4 digits, such as 2012")
        reader.raise_faults()
        return cls(int(text))

    def write(self) -> dict[str, Value]:
        """Return the field."""
        return {"year": str(self.year)}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - nothing to shuffle
        """Ask for a year."""
        return WrittenPrompt("year")

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark the year in a written text; a text with none, several or a longer number is not an answer."""
        if not isinstance(answer, Written) or not is_within(answer.text, LONGEST_ANSWER):
            return NotAnAnswer("year")
        text = _with_hundreds(_without_days(normalize(answer.text)))
        spans = _spans(text)
        if len({year for year, _, _ in spans}) != 1 or spans[0][0] > _LAST_YEAR:
            return NotAnAnswer("year")
        right = spans[0][0] == self.year and not any(refusing_rule(YEAR, text, start, end) for _, start, end in spans)
        return Mark(right, " ".join(answer.text.split()))

    def solution(self) -> tuple[str, ...]:
        """Return the year."""
        return (str(self.year),)


def _without_days(text: str) -> str:
    """Return a text without the day and month of its full dates: "before 16 December 1991" is "before 1991"."""
    written = next((one for one in normalize_dates(text) if _DAY.search(one)), text)
    return _DAY.sub("", written)


def _with_hundreds(text: str) -> str:
    """Return a text with years read by hundreds written in full: ``nineteen oh five`` as ``nineteen hundred five``."""
    return _BY_HUNDREDS.sub(r"\1 hundred ", text)


def _spans(text: str) -> list[tuple[int, int, int]]:
    """Return the years in a text, in digits or (from 100 on) in words, each with its start and end."""
    digits = [(int(found[0]), found.start(), found.end()) for found in _RUN.finditer(text)]
    words = (
        quantity for quantity in quantities_in(text) if quantity.in_words and quantity.readings[0] >= _LEAST_IN_WORDS
    )
    return digits + [(int(quantity.readings[0]), quantity.start, quantity.end) for quantity in words]
