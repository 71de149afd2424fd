"""Data for ``dates``: names of months and ordinals of days in English, Russian and Kazakh.

In lower case, with ``е`` for ``ё`` and with the Russian letters that are typed for Kazakh ones.
"""

from bot.core.number_words import CARDINALS, ORDINALS

PLAIN = str.maketrans("ёәіңғүұқөһ", "еаинг" + "уукох")
"""Each letter is replaced by one letter, so that places in the text do not move."""

_ENGLISH = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
_RUSSIAN_STEMS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_RUSSIAN_SHORT = ("янв", "фев февр", "мар", "апр", "май", "июн", "июл", "авг", "сен сент", "окт", "ноя нояб", "дек")
_HARD, _SOFT, _MAY = ("", "а", "у", "ом", "е"), ("ь", "я", "ю", "ем", "е"), ("й", "я", "ю", "ем", "е")
_KAZAKH = (
    *("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша"),
    "желтоқсан",
)
_SUFFIXES = (
    *("", "да", "де", "та", "те", "ның", "нің", "дың", "дің", "тың", "тің", "ы", "і", "сы", "сі", "ында", "інде"),
    *("ының", "інің", "нда", "нде", "сында", "сінде", "сының", "сінің", "дан", "ден", "нан", "нен", "ға", "ге", "ғы"),
)
_GENITIVE = ("ое", "ого", "ье", "ьего")
_LAST_DAY = 31


def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for place, stem in enumerate(_RUSSIAN_STEMS):
        endings = _MAY if stem == "ма" else _HARD if stem[-1] == "т" else _SOFT
        russian = (*(stem + ending for ending in endings), *_RUSSIAN_SHORT[place].split())
        kazakh = ((_KAZAKH[place] + suffix).translate(PLAIN) for suffix in _SUFFIXES)
        found.update(dict.fromkeys((*_ENGLISH[place].split(), *russian, *kazakh), place + 1))
    return found


def _days() -> dict[str, int]:
    ordinals = {
        word.translate(PLAIN): value
        for word, value in ORDINALS.items()
        if value <= _LAST_DAY and (word.isascii() or word.endswith((*_GENITIVE, "ші", "шы")))
    }
    tens = {word: value for word, value in CARDINALS.items() if value in {20, 30} and word[-1] in "yьаз"}
    compounds = {
        f"{ten} {ordinal}": value + place
        for ten, value in tens.items()
        for ordinal, place in ordinals.items()
        if place < 10 and value + place <= _LAST_DAY and ten.isascii() == ordinal.isascii()  # noqa: PLR2004 - ones
    }
    return ordinals | compounds


MONTHS = _months()
"""The number of each month by its names and abbreviations, in the cases that occur in dates."""

DAYS = _days()
"""The values 1 to 31 by ordinals in words; compound ordinals have one space."""
