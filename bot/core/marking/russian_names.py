"""Endings of surnames and of other words that the Russian dictionary does not list.

A man's genitive looks like a woman's nominative: ``Идрисова`` names a woman, so it never stands for ``Идрисов``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bot.core.marking.russian_dictionary import Parse, parses_of

Endings = frozenset[str]


def _endings(text: str) -> Endings:
    """Return the endings in a text; ``-`` stands for none."""
    return frozenset("" if ending == "-" else ending for ending in text.split())


_SURNAMES = (  # the stem's end, a man's endings without those that are a woman's too, a woman's
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
_SHORTEST_STEM = 4  # shorter words are Kazakh ones without Kazakh letters as often: жаз, жаза
_LIKELY = 0.5


def share_name_stem(first: str, second: str, *, surnames: bool = False) -> bool:
    """Return whether two words that no dictionary lists end as two cases of one name, or of one surname alone."""
    sexes = [(stem, sex) for stem, man, woman in _SURNAMES for sex in (man, woman)]
    if any(_share_stem(first, second, stem, endings) for stem, endings in sexes):
        return True
    if surnames or _is_surname_like(first) or _is_surname_like(second) or _include_womans_name(first, second):
        return False
    return any(_share_stem(first, second, stem, endings) for stem, endings in _PATTERNS)


@lru_cache(maxsize=4096)
def differ_in_sex(first: str, second: str) -> bool:
    """Return whether of two surnames of one stem one is a man's and the other a woman's, a family's or a village's."""
    for stem, man, woman in _SURNAMES:
        for one, other in ((first, second), (second, first)):
            his, hers = _split(one, other, stem)
            if his in man - woman and hers in woman - man and _are_surnames(first, second):
                return True
    return False


def _split(first: str, second: str, stem: str) -> tuple[str | None, str | None]:
    """Return what follows the longest stem of a kind that both words begin with; nothing where they share none."""
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
    """Return whether two words are surnames rather than forms of a noun or adjective, as a town's name is (Ростов)."""
    found = [[reading for reading in parses_of(word) if reading.grammemes & _DECLINED] for word in words]
    nouns = [_likelihoods(reading for reading in readings if not reading.grammemes & _PERSONAL) for readings in found]
    shared = [min(nouns[0][lemma], nouns[1][lemma]) for lemma in nouns[0].keys() & nouns[1].keys()]
    named = all(any("Surn" in reading.grammemes for reading in readings) for readings in found)
    return not shared or (named and max(shared) < _LIKELY)


def _likelihoods(readings: Iterable[Parse]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for reading in readings:
        found[reading.lemma] += reading.likelihood
    return found


def _include_womans_name(*words: str) -> bool:
    return any({"Name", "femn", "nomn"} <= reading.grammemes for word in words for reading in parses_of(word))
