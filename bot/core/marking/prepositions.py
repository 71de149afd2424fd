"""Prepositions before an answer, as in reply to "where?": "in Geneva", ``в Казахстане``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.marking.rule_types import TextRule, word_set

_FIRST = re.compile(r"\W*([a-zа-яё]+)\s+((?!(?:and|и)\b|&).*\w.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Prepositions:
    """The prepositions of a language that do not change the meaning of an answer.

    Attributes:
        into: those of direction to a place, or of location.
        out_of: those of direction from a place.
        others: the rest.
    """

    into: frozenset[str]
    out_of: frozenset[str]
    others: frozenset[str]

    def without(self, text: str) -> Iterable[str]:
        """Return the text without the preposition at its beginning; nothing if it begins with none."""
        found = _FIRST.fullmatch(text)
        return (found[2],) if found and found[1].casefold() in self.into | self.out_of | self.others else ()

    def have_opposite_directions(self, typed: str, accepted: str) -> bool:
        """Return whether one text is a direction to a place and the other one from it: "to Geneva", "from Geneva"."""
        first, second = _first_word(typed), _first_word(accepted)
        return (first in self.into and second in self.out_of) or (first in self.out_of and second in self.into)


def _first_word(text: str) -> str:
    found = _FIRST.fullmatch(text)
    return found[1].casefold() if found else ""


_ENGLISH = _Prepositions(word_set("in into at on to"), word_set("from"), word_set("about during"))
_RUSSIAN = _Prepositions(word_set("в во на к ко для"), word_set("из изо от"), word_set("о об обо у с со по при"))

ENGLISH = TextRule(
    name="English prepositions at the beginning",
    source="English usage; prepositions that change the meaning (without, against, for, by, before, after, near) stay",
    variants=_ENGLISH.without,
    are_opposites=_ENGLISH.have_opposite_directions,
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

RUSSIAN = TextRule(
    name="Russian prepositions at the beginning",
    source="Русская грамматика (1980), § 1655-1670; what changes the meaning (без, против, кроме, до, после, за) stays",
    variants=_RUSSIAN.without,
    are_opposites=_RUSSIAN.have_opposite_directions,
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
