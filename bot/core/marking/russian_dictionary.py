"""The Russian dictionary: morphological parses of a word form, by pymorphy3.

The dictionary takes some 30 MB and 0.1 s to load, so each process loads it once, on first use.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_LOADING = threading.Lock()
_loaded: list["MorphAnalyzer"] = []


@dataclass(frozen=True, slots=True)
class Parse:
    """One morphological parse of a word form.

    Attributes:
        lemma: the dictionary form of the word.
        grammemes: those of OpenCorpora's tag, including the part of speech.
        likelihood: the share of this parse among all uses of the form in OpenCorpora.
    """

    lemma: str
    grammemes: frozenset[str]
    likelihood: float


@lru_cache(maxsize=4096)
def parses_of(word: str) -> tuple[Parse, ...]:
    """Return the parses of a Russian word form; none if the dictionary does not list it."""
    analyzer = _analyzer()
    if not analyzer.word_is_known(word):
        return ()
    return tuple(
        Parse(str(parse.normal_form), frozenset(parse.tag.grammemes), float(parse.score))
        for parse in analyzer.parse(word)
    )


@lru_cache(maxsize=1024)
def forms_in_dictionary(word: str) -> frozenset[str]:
    """Return all forms of the nouns and adjectives that a Russian word may be a form of; none if it is unknown."""
    analyzer = _analyzer()
    if not analyzer.word_is_known(word):
        return frozenset()
    declined = (parse for parse in analyzer.parse(word) if {"NOUN", "ADJF"} & parse.tag.grammemes)
    return frozenset(str(form.word).replace("ё", "е") for parse in declined for form in parse.lexeme)


def _analyzer() -> "MorphAnalyzer":
    """Return the analyzer; create it on the first call."""
    with _LOADING:
        if not _loaded:
            from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 - a bank without Russian never loads it

            _loaded.append(MorphAnalyzer(lang="ru"))
        return _loaded[0]
