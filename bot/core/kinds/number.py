"""A number to write, exact or within a distance."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Value
from bot.core.number_parsing import Quantity, format_plain, normalize, numbers_in, quantities_in
from bot.core.number_rules import NUMBER, refusing_rule, with_percent_as_fraction
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt, Written, WrittenPrompt
from bot.core.text_limits import LONGEST_ANSWER, is_within
from bot.core.units import has_other_unit, raise_powers

_PLAIN = re.compile(r"(?!-0(\.0+)?$)-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?e[-+]?\d{1,2}", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 12  # before the point and after it: sums of two such numbers are exact in Decimal's 28 digits


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A number, right when it is within ``within`` of the author's; ``unit`` is shown beside the question."""

    number: Decimal
    within: Decimal = Decimal(0)
    unit: str = ""

    name: ClassVar[str] = "number"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("number", "number", required=True, description="the right number"),
        Field("within", "number", required=False, description="the largest difference that is still right, 0 or more"),
        Field("unit", "text", required=False, description="the unit, shown beside the question"),
    )

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind from `number`, `within` and `unit`. Raises QuestionError with every fault found."""
        reader = FieldReader(cls, fields)
        number = _decimal(reader, "number")
        within = _decimal(reader, "within")
        if within < 0:
            reader.add_fault("within", "is less than 0: write the largest difference that is still right, 0 or more")
        unit = reader.text("unit")
        reader.raise_faults()
        return cls(number, within, unit)

    def write(self) -> dict[str, Value]:
        """Return the fields except those with default values."""
        within = {"within": format_plain(self.within)} if self.within else {}
        unit = {"unit": self.unit} if self.unit else {}
        return {"number": format_plain(self.number), **within, **unit}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - nothing to shuffle
        """Ask for a number in the unit."""
        return WrittenPrompt("number", self.unit)

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:
        """Mark the number in a written text; a text with none, or with two different ones, is not an answer."""
        if not isinstance(answer, Written) or not is_within(answer.text, LONGEST_ANSWER):
            return NotAnAnswer("number")
        text = normalize(self._without_unit(answer.text))
        found = quantities_in(text)
        if len(found) != 1:
            return NotAnAnswer("number")
        return Mark(self._is_right(text, found[0]), " ".join(answer.text.split()))

    def _is_right(self, text: str, found: Quantity) -> bool:
        """Return whether one reading of a quantity is the right number and no word around it changes its meaning."""
        if refusing_rule(NUMBER, text, found.start, found.end):
            return False
        if self.unit and has_other_unit(self.unit, text, found.start, found.end):
            return False
        readings = found.readings if self.unit else with_percent_as_fraction(found.readings, text, found.end)
        return any(self.number - self.within <= reading <= self.number + self.within for reading in readings)

    def solution(self) -> tuple[str, ...]:
        """Return the number with its unit."""
        return (f"{format_plain(self.number)} {self.unit}".strip(),)

    def _without_unit(self, text: str) -> str:
        """Return the text without the unit, singular or plural, which may contain a number (``per 100 people``)."""
        if not self.unit:
            return text
        unit = re.escape(self.unit.removesuffix("s"))
        return raise_powers(re.sub(rf"(?<![^\W\d_]){unit}s?(?!\w)", " ", text, flags=re.IGNORECASE))


def _decimal(reader: FieldReader, name: str) -> Decimal:
    text = reader.text(name)
    if not text:
        return Decimal(0)
    if not _PLAIN.fullmatch(text):
        reader.add_fault(name, f"is “{text}”, which is not a plain number: {_remedy(text)}")
        return Decimal(0)
    if any(len(digits) > _MOST_DIGITS for digits in text.removeprefix("-").split(".")):
        reader.add_fault(name, f"is too long: at most {_MOST_DIGITS} digits before the point and after it")
        return Decimal(0)
    return Decimal(text)


def _remedy(text: str) -> str:
    """Suggest a plain number for one in another notation: 1_000, 010, 1e5, 3,5, three."""
    meant = numbers_in(text.replace("_", ""))
    if _EXPONENT.fullmatch(text):
        meant = (Decimal(text),)
    readable = len(meant) == 1 and abs(meant[0].adjusted()) < _MOST_DIGITS
    return f"write {format_plain(meant[0])}" if readable else "write digits alone, such as 1000 or 2.5"
