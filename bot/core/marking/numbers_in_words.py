"""Numbers written as words, ordinals of rulers and numbers of centuries: all are converted to digits.

Ordinals and cardinals stay different: the fifth year is not five years.
"""

import re
from collections.abc import Iterable

from bot.core.marking.rule_types import TextRule
from bot.core.number_parsing import format_plain, normalize, quantities_in
from bot.core.number_words import ADDED_PARTS, CARDINALS, ONE_AND_A_HALF, ORDINALS, PARTS, SCALES

_ENDINGS = "st|nd|rd|th|[-–]?(?:ый|ой|ий|й|ого|го|ому|му|ом|м|ая|я|ую|ю|ое|е|ші|шы|інші|ыншы|нші|ншы)"
_TENS = {word: value for word, value in CARDINALS.items() if value in range(20, 100, 10)}
_TEN_WORDS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|двадцать|тридцать|сорок|жиырма|отыз|қырық|елу"
_ORDINAL = re.compile(
    rf"\b(?:(?P<digits>\d{{1,3}})(?:{_ENDINGS})|(?:(?P<tens>{_TEN_WORDS})[\s-])?(?P<word>[^\W\d_]+))\b"
)
_NUMBER_WORDS = CARDINALS.keys() | SCALES.keys() | PARTS.keys() | ADDED_PARTS.keys() | ONE_AND_A_HALF
_RULER = re.compile(r"(?P<name>[^\W\d_]{3,}(?: [^\W\d_]{3,})??) (?:the )?(?P<number>\d{1,2})th")
_CENTURY = re.compile(
    r"\b(?P<number>[ivx]{1,6}|\d{1,2})(?:th)?[ -](?P<name>век(?:а|е|у|ом)?|ғасыр(?:да|дың|ы|ға)?|century)\b"
)
_VALUES = {"i": 1, "v": 5, "x": 10}
_CENTURIES = range(1, 40)


def cardinals_in_digits(text: str) -> Iterable[str]:
    """Yield the text with its cardinals in digits; nothing if it has no number words."""
    spelt = normalize(text)
    if not _NUMBER_WORDS.intersection(re.split(r"[\s-]", spelt)):
        return
    if spelt.strip(" .") == "он":  # ambiguous alone: "ten" in Kazakh, "he" in Russian
        return
    places = [(one.start, one.end, one.readings[0]) for one in quantities_in(spelt) if one.in_words]
    places = [place for place in places if not ORDINALS.keys() & set(re.split(r"[\s-]", spelt[place[0] : place[1]]))]
    written = spelt
    for start, end, value in reversed(places):
        written = written[:start] + format_plain(value) + written[end:]
    if places and written != spelt:
        yield written


def ordinals_in_digits(text: str) -> Iterable[str]:
    """Yield the text with its ordinals as digits and "th"; nothing if it has none."""
    spaced = _normal(text)
    written = _ORDINAL.sub(_place, spaced)
    if written != spaced:
        yield written


def normalize_ruler(text: str) -> Iterable[str]:
    """Yield the name and number of a ruler with an ordinal: Elizabeth the Second, Пётр Первый."""
    written = next(iter(ordinals_in_digits(text)), _normal(text))
    if found := _RULER.fullmatch(written.strip(" .!")):
        yield f"{found['name']} {found['number']}"


def normalize_century(text: str) -> Iterable[str]:
    """Yield the text with the numbers of its centuries in digits; nothing if it has none."""
    spaced = _normal(text)
    written = _CENTURY.sub(lambda found: f"{_value(found['number'])}th {found['name']}", spaced)
    if written != spaced:
        yield written


def _normal(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _place(found: re.Match[str]) -> str:
    if found["digits"]:
        return f"{found['digits']}th"
    if found["word"] not in ORDINALS:
        return found[0]
    return f"{_TENS.get(found['tens'], 0) + ORDINALS[found['word']]}th"


def _value(number: str) -> str:
    if number.isdecimal():
        return number
    values = [_VALUES[letter] for letter in number]
    value = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return str(value) if value in _CENTURIES else number


CARDINAL = TextRule(
    name="cardinals in words",
    source="English, Russian and Kazakh usage; the grammar of numbers that questions for a number have",
    variants=cardinals_in_digits,
    right=(
        ("пять лет", "5 лет"),
        ("двадцать пять лет", "25 лет"),
        ("twenty-five years", "25 years"),
        ("7 жарғы", "жеті жарғы"),
        ("жиырма пайыз", "20%"),
        ("он екі ай", "12 ай"),
    ),
    wrong=(
        ("пятый год", "5 год"),
        ("fifth year", "5 year"),
        ("пятьдесят лет", "5 лет"),
        ("двадцать лет", "25 лет"),
        ("шесть лет", "5 лет"),
        ("жетпіс жарғы", "жеті жарғы"),
        ("он", "10"),
        ("минус пять", "5"),
    ),
)

ORDINAL = TextRule(
    name="ordinals in digits",
    source="English, Russian and Kazakh usage",
    variants=ordinals_in_digits,
    right=(
        ("1-й президент", "первый президент"),
        ("1st president", "the first president"),
        ("2-ші орын", "екінші орын"),
        ("twenty-first", "21st"),
    ),
    wrong=(
        ("2-й президент", "первый президент"),
        ("1 president", "the first president"),
        ("11-й президент", "первый президент"),
    ),
)

RULER = TextRule(
    name="numbers of rulers",
    source="English, Russian and Kazakh usage",
    variants=normalize_ruler,
    right=(
        ("Elizabeth the Second", "Elizabeth II"),
        ("Elizabeth 2nd", "Elizabeth II"),
        ("Henry the 8th", "Henry VIII"),
        ("Пётр Первый", "Пётр I"),
        ("Екатерины Второй", "Екатерина II"),
        ("Elizabeth II", "Elizabeth the Second"),
    ),
    wrong=(
        ("Elizabeth the First", "Elizabeth II"),
        ("Пётр Третий", "Пётр I"),
        ("Elizabeth", "Elizabeth II"),
        ("Павел Первый", "Пётр I"),
    ),
)

CENTURY = TextRule(
    name="numbers of centuries",
    source="English, Russian and Kazakh usage",
    variants=normalize_century,
    right=(
        ("19 век", "XIX век"),
        ("19-й век", "XIX век"),
        ("XX ғасыр", "20 ғасыр"),
        ("XIX century", "19th century"),
        ("в XIX веке", "19 век"),
        ("двадцать первый век", "XXI век"),
        ("жиырма бірінші ғасыр", "XXI ғасыр"),
        ("the twenty-first century", "21st century"),
    ),
    wrong=(
        ("XX век", "XIX век"),
        ("XI век", "XIX век"),
        ("9 век", "XIX век"),
        ("19 лет", "XIX век"),
        ("19 centuries", "19th century"),
        ("девятнадцать веков", "XIX век"),
        ("до XIX века", "XIX век"),
    ),
)
