"""Parser for numbers: digits of any script, grouped or with a decimal comma, fractions and number words.

Ordinals are numbers too (``twenty-eighth`` is 28). An ambiguous number has several readings: ``3,142`` is 3142 and
3.142. Which number is right is decided by the kind of question.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.core.number_grammar import NumberPart, NumberPhrase, begin_phrase, extend_phrase
from bot.core.number_words import (
    ADDED_PARTS,
    AND_WORDS,
    CARDINALS,
    DENOMINATORS,
    LONE_SCALES,
    MINUS_WORDS,
    ONE_AND_A_HALF,
    ORDINAL_WORDS,
    ORDINALS,
    PARTS,
    POINT_WORDS,
    SCALES,
    SMALL_WORDS,
)

__all__ = [
    "ORDINAL_WORDS",
    "SMALL_WORDS",
    "Quantity",
    "format_plain",
    "normalize",
    "numbers_in",
    "quantities_in",
    "western_digits",
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: its readings, the likelier first, and its start and end in the normalized text."""

    readings: tuple[Decimal, ...]
    start: int
    end: int
    in_words: bool = False


# One group of three digits after a comma or a point may be thousands or decimals. At most nine groups: without a bound,
# the pattern would search a long row of groups again from each group.
_SPACES = r"\ \u00a0\u2009\u202f'’"
_DASHES = "-‐‑‒–−－﹣⁻"
_DIGITS = rf"""(?:
      (?P<fraction>(?<!/)(?:(?P<whole>\d{{1,12}})(?:[\s-]|\s-\s))?(?P<upper>\d{{1,12}})\s?/\s?(?P<lower>\d{{1,12}})
        (?!\d|[.,]\d|\s?/\s?\d))
    | (?P<spaced>[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}}){{1,9}}(?!\d)(?:[.,]\d+)?)
    | (?P<comma>[1-9]\d{{0,2}}(?:,\d{{3}}){{1,9}}(?!,?\d)(?:\.\d+)?)
    | (?P<point>[1-9]\d{{0,2}}(?:(?:\.\d{{3}}){{2,9}}(?:,\d+)?|(?:\.\d{{3}}),\d+|\.000)(?!\.?\d))
    | (?P<plain>\d+(?:[.,]\d+)?|(?<![\w.,])[.,]\d+))"""
_OPENS = r"(?<![^\s(\[{\"'«“„=:<>≈~,;*_|$€£₸₽])"
_MINUS = rf"""(?P<minus>
      {_OPENS}(?:(?P<dash>[{_DASHES}]{{1,2}})|—(?=[\d.,]))(?P<gap>\s?)
    | (?P<long>(?<!\S)—\s)
    | \b(?:{"|".join(MINUS_WORDS)})\b:?[\s-]?)[$€£₸₽]?"""
_TOKEN = re.compile(rf"{_MINUS}|{_DIGITS}|(?P<word>[^\W\d_]+)|(?P<joint>\s+|-)|(?P<other>.)", re.VERBOSE | re.DOTALL)
_GROUPING = {"spaced": " \u00a0\u2009\u202f'’", "comma": ",", "point": ".", "plain": ""}
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SCALE_NAMES = "hundred|thousand|million|billion|trillion"
_PART_NAMES = "|".join(word for word in ("half", "quarter", *ORDINAL_WORDS) if word not in {"first", "second"})
_PART_OF = re.compile(rf"\b(half|halves|quarters?|thirds?)\s(?:of\s)?an?\s(?={_SCALE_NAMES}\b)")
_ARTICLE = re.compile(rf"\ban?\s+(?=(?:{_SCALE_NAMES}|{_PART_NAMES})\b)")
_LONE_SCALE = re.compile(rf"^\W*(?=(?:{_SCALE_NAMES})\W*$)")
_SPACE = re.compile(r"[^\S\n]+")
_POWER = re.compile(r"\d[²³¹⁰⁴-⁹]|\d\s?(?:\^|\*|×|÷|\+|[xх](?=\s?\d))\s?-?\d|±")
_BELOW_ZERO = re.compile(r"\b(?:below zero|ниже нуля|нөлден төмен|мороза|аяз)\b")
_KAZAKH_LETTER = re.compile("[әғқңөұүһі]")
_KAZAKH_UNITS = frozenset({"жыл", "адам", "сан", "минут", "метр", "тенге", "пайыз"})


def _parts_from(kind: str, values: Mapping[str, int | Decimal]) -> dict[str, NumberPart]:
    return {
        word: NumberPart(kind, (Decimal(value),), in_words=True, takes_ones=word.startswith("он"))
        for word, value in values.items()
    }


_WORDS: dict[str, NumberPart] = {
    **_parts_from("ordinal", ORDINALS),
    **_parts_from("second", {"second": 2}),
    **_parts_from("cardinal", CARDINALS),
    **_parts_from("scale", SCALES),
    **_parts_from("lone scale", {word: SCALES[word] for word in LONE_SCALES}),
    **_parts_from("digits", dict.fromkeys(ONE_AND_A_HALF, Decimal("1.5"))),
    **_parts_from("part", PARTS),
    **_parts_from("fraction", ADDED_PARTS),
    **_parts_from("of", DENOMINATORS),
}


def western_digits(text: str) -> str:
    """Rewrite the decimal digits of every script (full-width, Arabic, ...) as 0-9; superscripts stay as they are."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def normalize(text: str) -> str:
    """Normalize a text for ``quantities_in``: lower case, digits 0-9, ``½`` as `` 1/2 ``, ``ё`` as ``е``."""
    spaced = _SPACE.sub(" ", text)
    opened = "".join(_fraction_in_digits(sign) for sign in western_digits(spaced).casefold().replace("ё", "е"))
    return _LONE_SCALE.sub(r"\g<0>one ", _ARTICLE.sub("one ", _PART_OF.sub(r"\1 ", opened.replace("⁄", "/"))))


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """Return the different numbers in a text in order, each in its likelier reading.

    ``about 1,000 or one thousand`` has only 1000. A text with powers (``10⁵``) has none, since its digits alone would
    be other numbers.
    """
    return tuple(dict.fromkeys(quantity.readings[0] for quantity in quantities_in(normalize(text))))


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """Return the different quantities in a normalized text; two that share a reading are the same."""
    if _POWER.search(text):
        return ()
    frost = _BELOW_ZERO.search(text)
    readable = _BELOW_ZERO.sub(lambda found: "." * len(found[0]), text) if frost else text
    different: list[Quantity] = []
    places: dict[Decimal, int] = {}
    for phrase in _with_fractions(_phrases(readable)):
        readings = phrase.readings()
        if not readings:
            return ()
        if frost:
            readings = tuple(-abs(reading) for reading in readings)
        found = Quantity(readings, phrase.start, phrase.end, phrase.in_words)
        place = next((places[reading] for reading in readings if reading in places), None)
        if place is None:
            places.update(dict.fromkeys(readings, len(different)))
            different.append(found)
        else:
            shared = tuple(reading for reading in different[place].readings if reading in readings)
            different[place] = replace(different[place], readings=shared or readings)
    return tuple(different)


def format_plain(number: Decimal) -> str:
    """Format a number without exponent and trailing zeros: ``1E+3`` as ``1000``, ``2.50`` as ``2.5``."""
    digits = format(number or Decimal(0), "f")  # minus zero is zero
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _fraction_in_digits(sign: str) -> str:
    if not unicodedata.decomposition(sign).startswith("<fraction>"):
        return sign
    return f" {unicodedata.normalize('NFKC', sign)} "


def _phrases(text: str) -> Iterator[NumberPhrase]:
    """Yield the number phrases of a text: ``two hundred and five`` is one phrase of the parts 2, 100 and 5."""
    phrase: NumberPhrase | None = None
    link, sign, sign_end = "", "", -1
    ten = _has_kazakh_ten(text)
    for token in _TOKEN.finditer(text):
        if token["minus"] is not None:
            sign, sign_end = _sign(token, text), token.end()
            link = ""
            continue
        word = _part_of(token, ten=ten)
        if word is None:
            link = _link(link, token)
            continue
        signed = sign if token.start() == sign_end else ""
        if phrase is not None and link and not signed and extend_phrase(phrase, word, link):
            phrase.end = token.end()
        elif (fresh := begin_phrase(word, token.start(), token.end(), signed, link)) is not None:
            if phrase is not None:
                yield phrase
            phrase = fresh
        link = "tight" if phrase is not None else ""
    if phrase is not None:
        yield phrase


def _with_fractions(phrases: Iterator[NumberPhrase]) -> Iterator[NumberPhrase]:
    """Yield the phrases, with a whole number and the fraction that continues it as one: ``two and a half``."""
    last: NumberPhrase | None = None
    for phrase in phrases:
        if last is not None and phrase.extends(last):
            last.fraction, last.end = phrase, phrase.end
            continue
        if last is not None:
            yield last
        last = phrase
    if last is not None:
        yield last


def _link(link: str, token: re.Match[str]) -> str:
    """Return the link of the next token to the number before it: "tight", "and", "point" or "" for none."""
    if token["joint"] is not None or not link:
        return link
    if token["word"] in AND_WORDS:
        return "and"
    return "point" if token["word"] in POINT_WORDS else ""


def _sign(token: re.Match[str], text: str) -> str:
    """Return "minus", or "either" if the sign may be a dash between a word and the number."""
    dashed = token["gap"] and token["dash"] and "−" not in token["dash"]
    return "either" if token["long"] or (dashed and text[: token.start()].rstrip()[-1:].isalpha()) else "minus"


def _has_kazakh_ten(text: str) -> bool:
    """Return whether ``он`` is the Kazakh ten: the text has Kazakh letters, or only number words and units."""
    words = re.findall(r"[^\W\d_]+", text)
    return bool(_KAZAKH_LETTER.search(text)) or all(word in CARDINALS or word in _KAZAKH_UNITS for word in words)


def _part_of(token: re.Match[str], *, ten: bool) -> NumberPart | None:
    if token["word"] is None:
        return _part_in_digits(token)
    return None if token["word"] == "он" and not ten else _WORDS.get(token["word"])


def _part_in_digits(token: re.Match[str]) -> NumberPart | None:
    if token["fraction"] is not None:
        if not int(token["lower"]):
            return NumberPart("fraction", ())
        part = Decimal(token["upper"]) / Decimal(token["lower"])
        kind = "digits" if token["whole"] else "fraction"
        return NumberPart(kind, (Decimal(token["whole"] or 0) + part,))
    for shape, separators in _GROUPING.items():
        if (digits := token[shape]) is not None:
            ungrouped = digits.translate({ord(sign): None for sign in separators})
            likely = Decimal(ungrouped.replace(",", "."))
            if not _AMBIGUOUS.fullmatch(digits):
                return NumberPart("digits", (likely,))
            whole = Decimal(re.sub("[.,]", "", digits))
            return NumberPart("digits", tuple(dict.fromkeys((likely, whole, Decimal(digits.replace(",", "."))))))
    return None
