"""Normalization of dates to year, month and day: "10th December 1948", "10.12.1948", «10 желтоқсан».

With points and dashes the day comes first, as in Europe, unless the text begins with a year of four digits. With
slashes the month may come first, so both dates are variants. A missing year is never added.
"""

import re
from collections.abc import Iterable, Iterator

from bot.core.marking.month_names import DAYS, MONTHS, PLAIN
from bot.core.marking.rule_types import TextRule

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


_MARK = 0xE000
"""The patterns search a text in which each month is one private-use character: this code point plus its number."""

_DAY = (
    r"(?<![\d.,/-])(?P<day>0?[1-9]|[12]\d|3[01])"
    r"(?:\s?(?:st|nd|rd|th)\b|\s?-?(?:го|ого|е|ое|ши|шы|ы|и|ынша|ында|инде)\b)?(?!\d)"
)
_MONTH = rf"(?P<month>[{chr(_MARK + 1)}-{chr(_MARK + 12)}])\.?"
_YEAR = r"(?:в\s)?(?<!\d)(?<!\d[.,/-])(?P<year>\d{4})(?![\d/])(?:\s?(?:г|год|года|году|ж|жыл|жылы|жылгы|жылдын)\b\.?)?"
_BEFORE_DATE = r"(?:\bon\s)?(?:\bthe\s)?"
_SEPARATOR = r"[\s.,/-]{0,3}"
_OF = r"(?:of\s|in\s)?"
_KAZAKH_DAY = r"(?:\sкуни\b)?"
_IN_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BEFORE_DATE}{_DAY}{_SEPARATOR}{_OF}{_MONTH}{_SEPARATOR}{_OF}{_YEAR}{_KAZAKH_DAY}",
        rf"{_BEFORE_DATE}{_MONTH}{_SEPARATOR}(?:the\s)?{_DAY}{_SEPARATOR}{_OF}{_YEAR}",
        rf"{_YEAR}{_SEPARATOR}{_BEFORE_DATE}{_DAY}{_SEPARATOR}{_OF}{_MONTH}{_KAZAKH_DAY}",
        rf"{_YEAR}{_SEPARATOR}{_MONTH}{_SEPARATOR}(?:the\s)?{_DAY}{_KAZAKH_DAY}",
        rf"{_BEFORE_DATE}{_DAY}{_SEPARATOR}{_OF}{_MONTH}{_KAZAKH_DAY}",
        rf"{_BEFORE_DATE}{_MONTH}{_SEPARATOR}(?:the\s)?{_DAY}{_KAZAKH_DAY}",
        rf"(?:\bin\s)?{_MONTH}{_SEPARATOR}{_OF}{_YEAR}",
        rf"{_YEAR}{_SEPARATOR}{_MONTH}",
    )
)
_IN_DIGITS = re.compile(
    r"(?:\bon\s)?(?<![\w.,/-])(?P<first>\d{1,2})(?:\s?(?P<sign>[./-])\s?|\s(?=\d{1,2}\s\d{4}\Z|[ivx]{1,4}\s))"
    r"(?P<second>\d{1,2}|[ivx]{1,4})(?:\s?[./-]\s?|\s)(?P<year>\d{4})(?![\d/-]|\.\d)"
    r"(?:\s?(?:г|год|года|ж|жыл|жылы)\b\.?)?(?!\w)"
)
_YEAR_FIRST = re.compile(
    r"(?:\bon\s)?(?<![\w.,/-])(?P<year>\d{4})[./-](?P<second>\d{1,2})[./-](?P<first>\d{1,2})(?![\w/-]|\.\d)"
)
_WORDS = re.compile(r"[^\W\d_]+")
_YEAR_ALONE = re.compile(r"(?:in\s|в\s)?(?:the\s)?(?:year\s)?(\d{3,4})(?:\s?(?:г|год|года|году|ж|жыл|жылы)\b\.?)?")
_TWO_NUMBERS = re.compile(r"(?:on\s)?(\d{1,2})([./-])(\d{1,2})\.?", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})\.?")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def normalize_dates(text: str) -> Iterable[str]:
    """Yield the text with its dates as year, month and day in digits; nothing if it has none."""
    spaced = " ".join(text.split()).strip(" .,;:!?()\"'«»“”")
    plain = spaced.lower().translate(PLAIN)
    if len(plain) != len(spaced) or any(_MARK <= ord(sign) <= _MARK + len(_LENGTHS) for sign in plain):
        return
    if plain.removeprefix("in ") in MONTHS:
        yield f"month {MONTHS[plain.removeprefix('in ')]}"
    elif (found := _YEAR_ALONE.fullmatch(plain)) is not None:
        yield found[1]
    elif any(sign.isdecimal() for sign in plain) or not MONTHS.keys().isdisjoint(_WORDS.findall(plain)):
        marked = _with_marks(plain)
        written = {_rewritten(spaced, *marked, month_first=month_first) for month_first in (False, True)}
        yield from sorted(written - {spaced})


def read_short_date(text: str) -> Iterable[str]:
    """Yield the day and month, or month and year, that a text of two numbers and a separator can mean."""
    if (found := _TWO_NUMBERS.fullmatch(text.strip())) is not None:
        orders = [(found[1], found[3]), (found[3], found[1])][: 2 if found[2] == "/" else 1]
        yield from filter(None, (_date("", int(month), int(day)) for day, month in orders if int(day)))
    elif (found := _MONTH_OF_YEAR.fullmatch(text.strip())) is not None:
        yield _date(found[2], int(found[1]), 0)


def _with_marks(plain: str) -> tuple[str, list[int]]:
    """Return a text with days in digits and each month as one character, and the original place of each character."""
    marked, places, place = "", [], 0
    for start, end, mark in _marks(plain):
        marked += plain[place:start] + mark
        places += [*range(place, start), *[start] * len(mark)]
        place = end
    return marked + plain[place:], [*places, *range(place, len(plain) + 1)]


def _marks(plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and replacement of each day in words and month name; nothing if no month is named."""
    words = [*_WORDS.finditer(plain)]
    if MONTHS.keys().isdisjoint(found[0] for found in words):
        return
    taken = -1
    for found, after in zip(words, [*words[1:], None], strict=True):
        pair = re.sub(r"[\s-]", " ", plain[found.start() : after.end()]) if after else ""
        if found.start() < taken:
            continue
        if after and pair in DAYS:
            taken = after.end()
            yield found.start(), taken, str(DAYS[pair])
        elif found[0] in DAYS:
            yield *found.span(), str(DAYS[found[0]])
        elif found[0] in MONTHS:
            yield *found.span(), chr(_MARK + MONTHS[found[0]])


def _rewritten(text: str, marked: str, places: list[int], *, month_first: bool) -> str:
    """Return a text with its dates in digits.

    Args:
        text: the text as it was typed.
        marked: the same text with each month as one character.
        places: for each character of ``marked``, its place in ``text``.
        month_first: whether the month comes first in dates with slashes.
    """
    spans = [*_found(marked, month_first=month_first)]
    kept, place = "", 0
    for start, end, date in sorted(spans):
        kept += f"{text[place : places[start]]} {date} "
        place = places[end]
    return " ".join((kept + text[place:]).split()) if spans else text


def _found(marked: str, *, month_first: bool) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and normal form of each date; what one pattern has found is hidden from the next."""
    has_month = any(_MARK < ord(sign) <= _MARK + len(_LENGTHS) for sign in marked)
    for pattern in (*(_IN_WORDS if has_month else ()), _YEAR_FIRST, _IN_DIGITS):
        for found in pattern.finditer(marked):
            date = _read(found, month_first=month_first and pattern is _IN_DIGITS)
            if date:
                start, end = found.span()
                marked = marked[:start] + "\n" * (end - start) + marked[end:]
                yield start, end, date


def _read(found: re.Match[str], *, month_first: bool) -> str:
    parts = found.groupdict()
    if "first" in parts:
        second = parts["second"]
        first, second = int(parts["first"]), _ROMAN.index(second) + 1 if second in _ROMAN else int(second)
        swapped = second > len(_LENGTHS) or (month_first and parts.get("sign") == "/")
        return _date(parts["year"], *((first, second) if swapped else (second, first)))
    return _date(parts.get("year") or "", ord(parts["month"]) - _MARK, int(parts.get("day") or 0))


def _date(year: str, month: int, day: int) -> str:
    """Return the normal form of a date; empty if there is no such day."""
    if not 1 <= month <= len(_LENGTHS) or day > _LENGTHS[month - 1]:
        return ""
    return " ".join(filter(None, (year, f"month {month}", f"day {day}" if day else "")))


_FULL = (
    *("10th December 1948", "December 10, 1948", "10.12.1948", "1948-12-10", "10 декабря 1948 г.", "10/12/1948"),
    *(
        "1948 жылғы 10 желтоқсан",
        "12/10/1948",
        "the 10th of December, 1948",
        "Dec. 10th 1948",
        "10. 12. 1948",
        "10.XII.1948",
    ),
    *(
        "в 1948 году, 10 декабря",
        "десятого декабря 1948 года",
        "1948 жылдың 10 желтоқсаны",
        "on the tenth of December 1948",
    ),
)
DATE = TextRule(
    name="dates",
    source="CLDR's formats of dates in English, Russian and Kazakh; ISO 8601",
    variants=normalize_dates,
    right=(
        *(
            (typed, accepted)
            for typed in _FULL
            for accepted in ("10 December 1948", "10 декабря 1948 года", "10.12.1948")
        ),
        ("December 10", "10th of December"),
        ("10 желтоқсан", "10 декабря"),
        ("twenty-fifth of December", "25 December"),
        ("в декабре 1948 года", "December 1948"),
        ("Dec.", "December"),
        ("в 1948 году", "1948"),
        ("adopted on 10 December 1948", "adopted on December 10, 1948"),
    ),
    wrong=(
        *(
            (typed, "10 December 1948")
            for typed in ("11 December 1948", "10 November 1948", "10.12.1949", "12.10.1948")
        ),
        *((typed, "10 December 1948") for typed in ("10 December", "December 1948", "1948", "10/11/1948", "10121948")),
        *(
            (typed, "10 December 1948")
            for typed in ("before 10.12.1948", "not December 10, 1948", "10 December 1948 BC")
        ),
        ("10 декабря 1949 года", "10.12.1948"),
        ("до 10.12.1948", "10 декабря 1948 года"),
        ("December", "November"),
        ("Казань", "қазан"),
        ("31.02.1948", "2.3.1948"),
    ),
)

SHORT_DATE = TextRule(
    name="part of a date in digits",
    source="CLDR's short formats of dates",
    variants=read_short_date,
    typed_only=True,
    right=(
        ("10.12", "10 December"),
        ("10/12", "10 декабря"),
        ("12/10", "December 10"),
        ("16.12.", "16 желтоқсан"),
        ("12.1948", "December 1948"),
    ),
    wrong=(("12.10", "10 December"), ("10.12", "10 December 1948"), ("4/1", "1/4"), ("10.12", "12.10"), ("0.5", "May")),
)
