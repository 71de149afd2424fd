"""Notation of numbers and mathematical signs in a typed text: variants are unified, so that texts can be compared.

``½`` becomes ``1/2``, ``10⁵`` and ``10**5`` become ``10^5``, ``<=`` becomes ``≤``, and spaces around a sign between
digits are removed. A sign between two numbers is kept: 1/4 is neither 14 nor 1-4.
"""

import re
import unicodedata
from functools import lru_cache

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_POWER = re.compile(r"(?<=\d)([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,9})")
_COMPARED = (("!=", "≠"), ("=/=", "≠"), ("<>", "≠"), ("<=", "≤"), ("=<", "≤"), (">=", "≥"), ("⩽", "≤"), ("⩾", "≥"))
_NEGATED = {"≮": "≥", "≯": "≤", "≰": ">", "≱": "<"}
_DASHES = "-‐‑‒–—−"
_SIGN = re.compile(rf"(?<=\d)(\s?)(\*\*|[{_DASHES}/÷∕^*×⋅·:]|[xх](?=\s?\d))(\s?)(?=[\d-])")
_WRITTEN = {
    "**": "^",
    "÷": "/",
    "∕": "/",
    "⋅": "×",
    "·": "×",
    "*": "×",
    "x": "×",
    "х": "×",
    **dict.fromkeys(_DASHES, "-"),
}
_FEET = re.compile(r"(?<=\d)['’′](?!\d{3}(?!\d))(?=\d)")
_THOUSANDS = re.compile(r"(?<![\d.,/:^×-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![\d./:^×-])")
_NUMBER = re.compile(r"(?<!\S)-\d+(?:[./:^×-]+\d+)*|\d+(?:[./:^×-]+\d+)*")
_SEPARATED = re.compile(r"[/-]")
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}([./-])\d{1,2}\2\d{1,2}")
_LONG_PART = 3  # "60-251" equals "60/251": a part of three digits marks the symbol of a document, not a fraction

SIGNS = frozenset("+#%=<>≤≥≠±√∞≈")
"""Signs that change the meaning wherever they stand."""

BETWEEN_DIGITS = frozenset("./:^×-")
"""Signs that separate two numbers without a space; elsewhere they are punctuation."""


def unify_notation(text: str) -> str:
    """Return a text with its fractions, powers, comparisons and signs between digits in one notation."""
    text = "".join(_fraction_in_digits(sign) for sign in text)
    for written, sign in _COMPARED:
        text = text.replace(written, sign)
    text = _POWER.sub(lambda found: "^" + found[1].translate(_SUPERSCRIPTS), text)
    text = _SIGN.sub(_between, text)
    return _FEET.sub(" ", text)


def without_grouping(words: str) -> str:
    """Return a folded text without the spaces that group digits in threes: ``1 000`` as ``1000``."""
    return _THOUSANDS.sub(lambda found: found[0].replace(" ", ""), words)


def numbers_of(words: str) -> tuple[str, ...]:
    """Return the numbers of a folded text in order, each with the signs inside it.

    The separators of a document's symbol (60/251, 60-251) and of a date become slashes.
    """
    return tuple(_with_slashes(found[0]) for found in _NUMBER.finditer(words))


@lru_cache(maxsize=1024)
def _fraction_in_digits(sign: str) -> str:
    if sign in _NEGATED:
        return _NEGATED[sign]
    if not unicodedata.decomposition(sign).startswith("<fraction>"):
        return "/" if sign == "⁄" else sign
    return f" {unicodedata.normalize('NFKC', sign)} ".replace("⁄", "/")


def _between(found: re.Match[str]) -> str:
    before, sign, after = found.groups()
    if sign in _DASHES and before and not after:
        return found[0]  # "5 -3": a minus
    return _WRITTEN.get(sign, sign)


def _with_slashes(number: str) -> str:
    if _DATE.fullmatch(number):
        return re.sub("[./-]", "/", number)
    parts = _SEPARATED.split(number.removeprefix("-"))
    document = (
        len(parts) > 1
        and not number.startswith("-")
        and any(part.isdigit() and len(part) >= _LONG_PART for part in parts)
    )
    years = all(len(part) == 4 for part in parts)  # noqa: PLR2004 - 1939-1945 is a span
    return number.replace("-", "/") if document and not years else number
