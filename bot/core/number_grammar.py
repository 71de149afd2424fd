"""The grammar of number phrases: which part can continue a phrase, and the value of the whole phrase."""

from dataclasses import dataclass, field
from decimal import Decimal

_TEN = Decimal(10)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class NumberPart:
    """A part of a number: its kind and its possible values; a fraction with the denominator 0 has none."""

    kind: str
    values: tuple[Decimal, ...]
    in_words: bool = False
    takes_ones: bool = False

    @property
    def next_below(self) -> Decimal:
        """The upper bound (exclusive) of the next part: 100 after hundreds, 10 after tens and after a Kazakh ten."""
        value = self.values[0]
        if value >= _HUNDRED:
            return _HUNDRED
        tens = value > _TEN and value % _TEN == 0
        return _TEN if tens or (self.takes_ones and value == _TEN) else Decimal(0)


@dataclass(slots=True)
class NumberPhrase:
    """A number that is read part by part.

    Attributes:
        totals: for each reading, the sum of the groups before the last scale word.
        currents: for each reading, the value of the group after it.
        next_below: the upper bound (exclusive) of the next part, so that 5 continues 20 and 13 does not; 0 if only a
            scale word may follow.
        link: how the phrase is linked to the number before it.
    """

    start: int
    end: int
    currents: tuple[Decimal, ...]
    totals: tuple[Decimal, ...]
    next_below: Decimal
    sign: str = ""
    link: str = ""
    kind: str = "cardinal"
    in_words: bool = False
    scale: Decimal = Decimal(0)
    decimals: str = ""
    closed: bool = False
    fraction: "NumberPhrase | None" = field(default=None)

    def readings(self) -> tuple[Decimal, ...]:
        """Return the possible values of the phrase; none if it cannot be read."""
        tail = Decimal(f"0.{self.decimals}") if self.decimals else Decimal(0)
        if self.fraction is not None:
            tail = self.fraction.currents[0] if self.fraction.currents else Decimal(0)
        values = tuple(
            total + current + tail if tail else total + current if total else current
            for total, current in zip(self.totals, self.currents, strict=True)
        )
        if self.sign == "minus":
            return tuple(value.copy_negate() for value in values)
        return (*values, *(value.copy_negate() for value in values)) if self.sign else values

    def extends(self, whole: "NumberPhrase") -> bool:
        """Return whether this phrase is a fraction that continues a whole number: two and a half, 2 1/2."""
        fits = self.kind in {"part", "fraction"} and len(self.currents) == 1 and 0 < self.currents[0] < 1
        numbers = whole.kind not in {"part", "fraction"} and not whole.decimals and whole.fraction is None
        integral = all(value == value.to_integral_value() for value in (*whole.currents, *whole.totals))
        linked = self.link == "and" or (self.link == "tight" and self.kind == "fraction")
        return fits and numbers and integral and linked and not self.sign


def begin_phrase(word: NumberPart, start: int, end: int, sign: str, link: str) -> NumberPhrase | None:
    """Create a phrase that begins with a part; None if the part alone is not a number (a scale word: "millions")."""
    zeros = (Decimal(0),) * len(word.values)
    phrase = NumberPhrase(start, end, word.values, zeros, Decimal(0), sign, link, word.kind, word.in_words)
    if word.kind == "scale":
        return None
    if word.kind == "lone scale":
        if word.values[0] == _HUNDRED:
            phrase.next_below = _HUNDRED
        else:
            phrase.totals, phrase.currents = word.values, (Decimal(0),)
            phrase.scale = phrase.next_below = word.values[0]
    elif word.kind == "cardinal":
        phrase.next_below = word.next_below
    elif word.kind in {"ordinal", "second"}:
        phrase.closed = True
    return phrase


def extend_phrase(phrase: NumberPhrase, word: NumberPart, link: str) -> bool:
    """Extend a phrase by the next part; return whether the part continues it and does not begin another number."""
    if phrase.closed or not word.values:
        return False
    if link == "point" or (phrase.decimals and link == "tight" and word.kind == "cardinal"):
        return _add_decimal(phrase, word)
    if "scale" in word.kind:
        return link == "tight" and _scale(phrase, word.values[0])
    if phrase.kind == "of":
        return _complete_kazakh_fraction(phrase, word)
    if word.kind == "part":
        return link == "tight" and _multiply_by_part(phrase, word.values[0])
    return _add(phrase, word, link)


def _add(phrase: NumberPhrase, word: NumberPart, link: str) -> bool:
    """Add a cardinal or an ordinal; return whether it continues the phrase. "Second" in "1 second" is a unit."""
    value = word.values[0]
    if phrase.decimals:
        return False
    if _joins(phrase, value, word, link):
        phrase.currents = tuple(current + value for current in phrase.currents)
        phrase.next_below = word.next_below
    elif word.kind == "ordinal" and link == "tight" and value >= _HUNDRED and phrase.currents != (Decimal(1),):
        return _scale(phrase, value)
    elif word.kind == "ordinal":
        return link == "tight" and _make_fraction(phrase, value)
    elif word.kind != "second":
        return False
    phrase.closed = word.kind in {"ordinal", "second"}
    return True


def _joins(phrase: NumberPhrase, value: Decimal, word: NumberPart, link: str) -> bool:
    if link == "and" and phrase.next_below < _HUNDRED:
        return False
    number = word.kind in {"cardinal", "ordinal", "second"} or (word.kind == "digits" and phrase.next_below >= _HUNDRED)
    single = len(phrase.currents) == len(word.values) == 1
    return number and single and 0 < value < phrase.next_below and value == value.to_integral_value()


def _scale(phrase: NumberPhrase, value: Decimal) -> bool:
    if phrase.decimals:
        tail = Decimal(f"0.{phrase.decimals}")
        phrase.currents, phrase.decimals = tuple(current + tail for current in phrase.currents), ""
    if not any(phrase.currents) and value <= phrase.scale:
        return False
    if value == _HUNDRED:
        phrase.currents = tuple(current * value for current in phrase.currents)
        phrase.next_below = _HUNDRED
        return True
    if phrase.scale and value > phrase.scale:  # two hundred thousand million
        phrase.totals = tuple(
            (total + current) * value for total, current in zip(phrase.totals, phrase.currents, strict=True)
        )
    else:
        phrase.totals = tuple(
            total + current * value for total, current in zip(phrase.totals, phrase.currents, strict=True)
        )
    phrase.currents = (Decimal(0),) * len(phrase.currents)
    phrase.kind = "cardinal"
    phrase.next_below = phrase.scale = value
    return True


def _complete_kazakh_fraction(phrase: NumberPhrase, word: NumberPart) -> bool:
    """Complete a Kazakh fraction, in which the denominator comes first ("of four, three"); return whether it fits."""
    if word.kind not in {"cardinal", "digits"} or not phrase.currents[0]:
        return False
    phrase.currents, phrase.kind, phrase.closed = (word.values[0] / phrase.currents[0],), "fraction", True
    return True


def _multiply_by_part(phrase: NumberPhrase, value: Decimal) -> bool:
    if phrase.decimals or phrase.kind in {"part", "fraction"} or any(phrase.totals) or len(phrase.currents) > 1:
        return False
    if phrase.currents[0] >= 1 and value == Decimal("0.5") and phrase.currents[0] != 1:
        return False
    phrase.currents, phrase.kind, phrase.closed = (phrase.currents[0] * value,), "part", False
    phrase.next_below = Decimal(0)
    return True


def _make_fraction(phrase: NumberPhrase, value: Decimal) -> bool:
    """Use an ordinal after a number as a denominator: two fifths; "3 first" makes the phrase unreadable."""
    if value > 1 and len(phrase.currents) == 1 and not any(phrase.totals):
        phrase.currents, phrase.kind = (phrase.currents[0] / value,), "fraction"
    else:
        phrase.currents, phrase.totals = (), ()
    phrase.closed = True
    return True


def _add_decimal(phrase: NumberPhrase, word: NumberPart) -> bool:
    single = len(word.values) == 1 and word.kind in {"cardinal", "digits"} and word.values[0] == int(word.values[0])
    if not single or len(phrase.decimals) > 20:  # noqa: PLR2004 - longer than any answer
        return False
    phrase.decimals += str(int(word.values[0]))
    return True
