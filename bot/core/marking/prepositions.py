"""Russian prepositions before an answer: a question asks "where?", and the answer is ``в Казахстане``."""

import re
from collections.abc import Iterable

from bot.core.marking.records import Reading, table

_INTO = table("в во на к ко для")
_OUT_OF = table("из изо от")
_DROPPED = _INTO | _OUT_OF | table("о об обо у с со по при")
_FIRST = re.compile(r"\W*([а-яё]+)\s+(.*\w.*)", re.IGNORECASE | re.DOTALL)


def without_preposition(text: str) -> Iterable[str]:
    """Return a text without the preposition that it begins with, if it only gives the place in a sentence."""
    found = _FIRST.fullmatch(text)
    return (found[2],) if found and found[1].casefold() in _DROPPED else ()


def lead_apart(typed: str, accepted: str) -> bool:
    """Return whether one text leads into a place and the other out of it: ``в Казахстан``, ``из Казахстана``."""
    first, second = _preposition(typed), _preposition(accepted)
    return (first in _INTO and second in _OUT_OF) or (first in _OUT_OF and second in _INTO)


def _preposition(text: str) -> str:
    found = _FIRST.fullmatch(text)
    return found[1].casefold() if found else ""


PREPOSITIONS = Reading(
    name="Russian prepositions at the beginning",
    source="Русская грамматика (1980), § 1655-1670; what turns the meaning (без, против, кроме, до, после, за) stays",
    read=without_preposition,
    apart=lead_apart,
    right=(
        ("в Казахстане", "Казахстан"),
        ("из Казахстана", "Казахстан"),
        ("Казахстан", "в Казахстане"),
        ("о правах человека", "права человека"),
        ("об отмене смертной казни", "отмена смертной казни"),
        ("К пыткам", "пытки"),
        ("со страной", "страна"),
        ("у судьи", "судья"),
        ("на суд", "в суде"),
    ),
    wrong=(
        ("без Казахстана", "Казахстан"),
        ("против пыток", "пытки"),
        ("пытки", "против пыток"),
        ("кроме Казахстана", "Казахстан"),
        ("до суда", "суд"),
        ("после суда", "суд"),
        ("до суда", "после суда"),
        ("за смертную казнь", "смертная казнь"),
        ("не в Казахстане", "Казахстан"),
        ("в Казахстан", "из Казахстана"),
        ("из суда", "в суд"),
        ("в", "на"),
    ),
)
