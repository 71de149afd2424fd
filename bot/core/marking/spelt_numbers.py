"""Numbers that people write as words, ordinals of rulers and numbers of centuries; all are read in digits.

An ordinal is no cardinal: the fifth year is not five years.
"""

import re
from collections.abc import Iterable

from bot.core.marking.records import Reading
from bot.core.number_words import ORDINALS
from bot.core.numerals import normal, plain, quantities

_ORDINAL_DIGITS = r"\d{1,3}(?:st|nd|rd|th|[-–]?(?:й|го|му|м|я|ю|ой))"
_RULER = re.compile(
    rf"(?P<name>[^\W\d_]{{3,}}(?: [^\W\d_]{{3,}})?) (?:the )?(?P<number>{'|'.join(sorted(ORDINALS))}|{_ORDINAL_DIGITS})"
)
_CENTURY = re.compile(
    r"\b(?P<number>[ivx]{1,6}|\d{1,2})(?:st|nd|rd|th|[-–]?(?:й|го|м|ом|ші|шы|інші|ыншы))?[ -]"
    r"(?P<name>век(?:а|е|у|ом)?|ғасыр(?:да|дың|ы|ға)?|century)\b"
)
_VALUES = {"i": 1, "v": 5, "x": 10}
_CENTURIES = range(1, 40)


def in_digits(text: str) -> Iterable[str]:
    """Yield a text with its cardinals in digits; nothing where it spells none."""
    spelt = normal(text)
    if spelt.strip(" .") == "он":  # alone, it is the Russian "he" as well as the Kazakh ten
        return
    places = [(one.start, one.end, one.readings[0]) for one in quantities(spelt) if one.in_words]
    places = [place for place in places if not ORDINALS.keys() & set(re.split(r"[\s-]", spelt[place[0] : place[1]]))]
    written = spelt
    for start, end, value in reversed(places):
        written = written[:start] + plain(value) + written[end:]
    if places and written != spelt:
        yield written


def ruler(text: str) -> Iterable[str]:
    """Yield a name with a number where an ordinal follows it: Elizabeth the Second, Пётр Первый."""
    spaced = " ".join(text.replace("ё", "е").split()).strip(" .!")
    if found := _RULER.fullmatch(spaced.casefold()):
        number = found["number"]
        value = ORDINALS[number] if number in ORDINALS else re.match(r"\d+", number)[0]  # type: ignore[index]
        yield f"{spaced[: found.end('name')]} {value}"


def century(text: str) -> Iterable[str]:
    """Yield a text whose centuries are in digits; nothing where it names none."""
    spaced = " ".join(text.casefold().split())
    written = _CENTURY.sub(lambda found: f"{_value(found['number'])} {found['name']}", spaced)
    if written != spaced:
        yield written


def _value(number: str) -> str:
    if number.isdecimal():
        return number
    values = [_VALUES[letter] for letter in number]
    value = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return str(value) if value in _CENTURIES else number


SPELT = Reading(
    name="numbers in words",
    source="English, Russian and Kazakh usage; the grammar of numbers that questions for a number have",
    read=in_digits,
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

RULER = Reading(
    name="numbers of rulers",
    source="English, Russian and Kazakh usage",
    read=ruler,
    right=(
        ("Elizabeth the Second", "Elizabeth II"),
        ("Elizabeth 2nd", "Elizabeth II"),
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

CENTURY = Reading(
    name="numbers of centuries",
    source="English, Russian and Kazakh usage",
    read=century,
    right=(
        ("19 век", "XIX век"),
        ("19-й век", "XIX век"),
        ("XX ғасыр", "20 ғасыр"),
        ("XIX century", "19th century"),
        ("в XIX веке", "19 век"),
    ),
    wrong=(
        ("XX век", "XIX век"),
        ("XI век", "XIX век"),
        ("9 век", "XIX век"),
        ("19 лет", "XIX век"),
        ("до XIX века", "XIX век"),
    ),
)
