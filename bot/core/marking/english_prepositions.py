"""English prepositions of place and time before an answer: a question asks "where?", and the answer is "in Geneva"."""

import re
from collections.abc import Iterable

from bot.core.marking.records import Reading, table

_INTO = table("in into at on to")
_OUT_OF = table("from")
_DROPPED = _INTO | _OUT_OF | table("about during")
_FIRST = re.compile(r"\W*([a-z]+)\s+((?!and\b|&).*\w.*)", re.IGNORECASE | re.DOTALL)


def without_place(text: str) -> Iterable[str]:
    """Return a text without the preposition that it begins with, if it only gives the place in a sentence."""
    found = _FIRST.fullmatch(text)
    return (found[2],) if found and found[1].casefold() in _DROPPED else ()


def leads_apart(typed: str, accepted: str) -> bool:
    """Return whether one text leads into a place and the other out of it: "to Geneva", "from Geneva"."""
    first, second = _preposition(typed), _preposition(accepted)
    return (first in _INTO and second in _OUT_OF) or (first in _OUT_OF and second in _INTO)


def _preposition(text: str) -> str:
    found = _FIRST.fullmatch(text)
    return found[1].casefold() if found else ""


PLACES = Reading(
    name="English prepositions at the beginning",
    source="English usage; what turns the meaning (without, against, for, by, before, after, near) stays",
    read=without_place,
    apart=leads_apart,
    right=(
        ("in Geneva", "Geneva"),
        ("It was in Geneva", "Geneva"),
        ("Geneva", "in Geneva"),
        ("at the Human Rights Council", "Human Rights Council"),
        ("from Kazakhstan", "Kazakhstan"),
        ("in 1948", "1948"),
        ("on page 12", "page 12"),
    ),
    wrong=(
        ("not in Geneva", "Geneva"),
        ("near Geneva", "Geneva"),
        ("before 1948", "1948"),
        ("since 1949", "1948"),
        ("to Geneva", "from Geneva"),
        ("by the people", "for the people"),
        ("without torture", "torture"),
        ("in", "on"),
        ("A&T", "AT&T"),
    ),
)
