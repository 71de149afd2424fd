"""Abbreviations before a number: "ch. 5", "p. 12", «гл. 5», «стр. 12»."""

import re
from collections.abc import Iterable

from bot.core.marking.rule_types import TextRule

_NAMES = {
    "chapter": "ch chap",
    "page": "p pg",
    "part": "pt",
    "section": "sec sect",
    "paragraph": "para par",
    "volume": "vol",
    "figure": "fig",
    "table": "tab",
    "resolution": "res",
    "глава": "гл",
    "страница": "стр",
    "параграф": "пар",
    "пункт": "п",
    "раздел": "разд",
    "часть": "ч",
    "том": "т",
}
_FULL = {short: full for full, shorts in _NAMES.items() for short in shorts.split()}
_PREPOSITION = r"(?:(?:in|on|see|at|from|of|в|на|из|см\.?) )?"
_NUMBER = r"(?=\d|[IVXivx]{1,6}\b)"
_SHORT = re.compile(rf"{_PREPOSITION}(?P<name>{'|'.join(_FULL)})\b(?:\. ?| ){_NUMBER}", re.IGNORECASE)


def expand_abbreviation(text: str) -> Iterable[str]:
    """Yield the text with the abbreviation before its number expanded; nothing if it begins with none."""
    spaced = " ".join(text.split())
    if found := _SHORT.match(spaced):
        yield f"{_FULL[found['name'].casefold()]} {spaced[found.end() :]}"


ABBREVIATION = TextRule(
    name="abbreviations before a number",
    source="English and Russian usage",
    variants=expand_abbreviation,
    right=(
        ("ch. 5", "Chapter 5"),
        ("on p. 12", "page 12"),
        ("Pt. 3", "Part III"),
        ("Sec. 4", "section 4"),
        ("гл. 5", "глава 5"),
        ("на стр. 12", "страница 12"),
        ("ч. 2", "часть 2"),
    ),
    wrong=(
        ("ch. 5", "Chapter 15"),
        ("p. 5", "Chapter 5"),
        ("not ch. 5", "Chapter 5"),
        ("гл. 5", "глава 6"),
        ("п.", "пункт"),
        ("P", "page"),
    ),
)
