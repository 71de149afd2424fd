"""Endings of surnames and of other words that the Russian dictionary does not list.

The genitive of a man's surname looks like the nominative of a woman's: ``Идрисова`` counts as a woman's name, so it
never matches ``Идрисов``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bot.core.marking.russian_dictionary import Parse, parses_of

Endings = frozenset[str]


def _endings(text: str) -> Endings:
    """Return the set of the endings in a text; ``-`` is the empty ending."""
    return frozenset("" if ending == "-" else ending for ending in text.split())


_SURNAMES = (  # the end of the stem, endings of men's surnames alone, endings of women's
    ("ов|ев|ин|ын", _endings("- у ым е"), _endings("а ой ою у")),
    ("ов|ев|ин|ын", _endings("- ым"), _endings("о")),  # a village: Лермонтово
    ("ов|ев|ин|ын", _endings("- у е"), _endings("ы ых ыми")),  # a family
    ("ов|ев", _endings("ич ича ичу ичем иче"), _endings("на ны не ну ной ною")),
    ("ск|цк", _endings("ий ого ому им ом"), _endings("ая ой ую ою")),
)
_PATTERNS = (
    ("[бвгдзйклмнпрстфхжчшщц]", _endings("- а у ом ем е ы и ам ами ах")),
    ("[бвгдзйклмнпрстфхжчшщц]", _endings("а ы и е у ой ою ей ею")),
    ("[аеиоуы]", _endings("й я ю ем е и")),
    ("[бвдзлмнпрстф]", _endings("ь я ю ем е и ью")),
    ("[бвдзлмнпрстфаеиоу]", _endings("я и е ю ей ею")),
)
_DECLINED = frozenset({"NOUN", "ADJF"})
_PERSONAL = frozenset({"Surn", "Poss"})
_SHORTEST_STEM = 4  # shorter words may be Kazakh words without Kazakh letters: жаз, жаза
_LIKELY = 0.5


def share_name_stem(first: str, second: str, *, surnames: bool = False) -> bool:
    """Return whether two unlisted words end like two cases of one name; with ``surnames``, only of one surname."""
    sexes = [(stem, sex) for stem, man, woman in _SURNAMES for sex in (man, woman)]
    if any(_share_stem(first, second, stem, endings) for stem, endings in sexes):
        return True
    if surnames or _is_surname_like(first) or _is_surname_like(second) or _include_womans_name(first, second):
        return False
    return any(_share_stem(first, second, stem, endings) for stem, endings in _PATTERNS)


@lru_cache(maxsize=4096)
def differ_in_sex(first: str, second: str) -> bool:
    """Return whether one of two surnames with one stem is a man's and the other a woman's, family's or village's."""
    for stem, man, woman in _SURNAMES:
        for one, other in ((first, second), (second, first)):
            his, hers = _split(one, other, stem)
            if his in man - woman and hers in woman - man and _are_surnames(first, second):
                return True
    return False


def _split(first: str, second: str, stem: str) -> tuple[str | None, str | None]:
    """Return both endings after the longest common stem that matches the pattern; (None, None) if there is none."""
    for length in range(min(len(first), len(second)), _SHORTEST_STEM - 1, -1):
        if first[:length] == second[:length] and re.search(f"(?:{stem})$", first[:length]):
            return first[length:], second[length:]
    return None, None


def _share_stem(first: str, second: str, stem: str, endings: Endings) -> bool:
    return any(
        first[:length] == second[:length]
        and first[length:] in endings
        and second[length:] in endings
        and re.search(f"(?:{stem})$", first[:length]) is not None
        for length in range(_SHORTEST_STEM, min(len(first), len(second)) + 1)
    )


def _is_surname_like(word: str) -> bool:
    return re.search("(?:ов|ев|ин|ын)(?:а|ой|ою|у|ым|е)?$", word) is not None


def _are_surnames(*words: str) -> bool:
    """Return whether two words are surnames rather than forms of a noun or adjective, such as a town (Ростов)."""
    found = [[parse for parse in parses_of(word) if parse.grammemes & _DECLINED] for word in words]
    nouns = [_likelihoods(parse for parse in parses if not parse.grammemes & _PERSONAL) for parses in found]
    shared = [min(nouns[0][lemma], nouns[1][lemma]) for lemma in nouns[0].keys() & nouns[1].keys()]
    named = all(any("Surn" in parse.grammemes for parse in parses) for parses in found)
    return not shared or (named and max(shared) < _LIKELY)


def _likelihoods(parses: Iterable[Parse]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for parse in parses:
        found[parse.lemma] += parse.likelihood
    return found


def _include_womans_name(*words: str) -> bool:
    return any({"Name", "femn", "nomn"} <= parse.grammemes for word in words for parse in parses_of(word))
