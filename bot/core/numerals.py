"""Numbers as people write them: digits of any script, grouped or with a decimal comma, and English number words.

Reads what is there and nothing else: which number is the right one is for a kind of question to say. Ordinals are
numbers too (``twenty-eighth`` is 28); what may be part of a fraction is left unread.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"hundred": 100, "k": 1_000, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

SMALL_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
"""English words for 0-20 and for the tens up to 90, with their values."""

_FIRST_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    "nineteenth",
)
ORDINAL_WORDS = {word: place for place, word in enumerate(_FIRST_ORDINALS, 1)} | {
    f"{word[:-1]}ieth": 20 + 10 * i for i, word in enumerate(_TENS)
}
"""English words for 1st-20th and for the tens up to 90th, with their values."""

_ORDINALS = ORDINAL_WORDS | {f"{word}th": value for word, value in _SCALES.items() if word != "k"}

# A group of three after a comma is thousands ("1,000"), after a point it is decimals ("3.142") unless the zeros or a
# second group tell otherwise ("1.000", "1.000.000"). A hyphen before digits is a minus only after a space or nothing.
# Nine groups at most: without a bound, a long row of groups would be read again from each of its groups.
_DIGITS = r"""(?P<sign>(?<!\S)[-−])?(?:
      (?P<spaced>[1-9]\d{0,2}(?:[\ \u00a0\u2009\u202f'’]\d{3}){1,9}(?!\d)(?:[.,]\d+)?)
    | (?P<comma>[1-9]\d{0,2}(?:,\d{3}){1,9}(?!,?\d)(?:\.\d+)?)
    | (?P<point>[1-9]\d{0,2}(?:(?:\.\d{3}){2,9}|\.000)(?!\.?\d)(?:,\d+)?)
    | (?P<plain>\d+(?:[.,]\d+)?|(?<![\w.,])[.,]\d+))"""
_TOKEN = re.compile(rf"{_DIGITS}|(?P<word>[^\W\d_]+)|(?P<joint>[\s-]+)|(?P<other>.)", re.VERBOSE | re.DOTALL)
_GROUPING = {"spaced": " \u00a0\u2009\u202f'’", "comma": ",", "point": ".", "plain": ""}
_ARTICLE = re.compile(r"\ban?\s+(?=(?:hundred|thousand|million|billion)\b)")
_PARTS = "|".join(word for word in _ORDINALS if word not in {"first", "second"})
_FRACTION = rf"\b(?:half|halves|quarters?|(?:{_PARTS})s|an?\s+(?:{_PARTS}))\b"
_UNREADABLE = re.compile(rf"[¼-¾⅐-⅞⁄]|\d[²³¹⁰⁴-⁹]|{_FRACTION}")


def western_digits(text: str) -> str:
    """Rewrite the decimal digits of every script (full-width, Arabic, ...) as 0-9; superscripts stay as they are."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """Find the different numbers in a text, in the order in which they come.

    ``about 1,000 or one thousand`` gives 1000 alone. A text with fractions or powers (``2½``, ``one third``, ``10⁵``)
    gives nothing: half of such a number would be a different one.
    """
    plain = western_digits(text).casefold()
    if _UNREADABLE.search(plain):
        return ()
    phrases = list(_phrases(_ARTICLE.sub("one ", plain)))
    return tuple(dict.fromkeys(map(_value, phrases))) if all(phrases) else ()


def plain(number: Decimal) -> str:
    """Write a number in digits, without exponent or idle zeros: ``1E+3`` as ``1000``, ``2.50`` as ``2.5``."""
    digits = format(number or Decimal(0), "f")  # minus zero is zero
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _phrases(text: str) -> Iterator[list[Decimal]]:
    """Gather the parts of each number: ``two hundred and five`` is 2, 100, 5; a fraction gives no parts."""
    phrase: list[Decimal] = []
    linked = False
    for token in _TOKEN.finditer(text):
        number, word = _number(token), token["word"]
        if number is None:
            linked = linked and (token["joint"] is not None or (word == "and" and _is_scale(phrase[-1])))
            continue
        if linked and word == "second" and not _joins(phrase, number):
            continue  # of time
        if linked and word in _ORDINALS and not _makes_ordinal(phrase, number):
            yield []
        elif linked and word is not None and _joins(phrase, number):
            phrase.append(number)
        elif word not in _SCALES:  # a scale alone ("millions", "K") counts nothing
            if phrase:
                yield phrase
            phrase = [number]
        linked = bool(phrase) and word not in _ORDINALS
    if phrase:
        yield phrase


def _number(token: re.Match[str]) -> Decimal | None:
    if (word := token["word"]) is not None:
        value = SMALL_WORDS.get(word, _SCALES.get(word, _ORDINALS.get(word)))
        return None if value is None else Decimal(value)
    for shape, separators in _GROUPING.items():
        if (digits := token[shape]) is not None:
            ungrouped = digits.translate({ord(sign): None for sign in separators})
            number = Decimal(ungrouped.replace(",", "."))
            return number.copy_negate() if token["sign"] else number
    return None


def _makes_ordinal(phrase: list[Decimal], number: Decimal) -> bool:
    """Say whether an ordinal goes on with a number: 28th, 200th; not a third, and not a hundredth."""
    return _joins(phrase, number) and not (phrase == [1] and _is_scale(number))


def _is_scale(number: Decimal) -> bool:
    return number in _SCALES.values()


def _joins(phrase: list[Decimal], number: Decimal) -> bool:
    last = phrase[-1]
    after_tens = last in range(20, 100, 10) and number in range(1, 10)
    after_scale = len(phrase) > 1 and _is_scale(last) and number in range(1, 100)
    return _is_scale(number) or after_tens or after_scale


def _value(phrase: list[Decimal]) -> Decimal:
    total, current = Decimal(0), phrase[0]
    for part in phrase[1:]:
        if part == _SCALES["hundred"]:
            current *= part
        elif _is_scale(part):
            total, current = total + current * part, Decimal(0)
        else:
            current += part
    return total + current
