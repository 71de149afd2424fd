"""The Russian dictionary: readings of a word form, by pymorphy3.

The dictionary takes some 30 MB and a tenth of a second to load, so it is loaded when first needed, once a process.
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
    """One reading of a word form.

    Attributes:
        lemma: the form under which a dictionary lists the word.
        marks: the grammemes of OpenCorpora's tag, part of speech among them.
        likelihood: the share of this reading among all uses of the form in OpenCorpora.
    """

    lemma: str
    grammemes: frozenset[str]
    likelihood: float


@lru_cache(maxsize=4096)
def parses_of(word: str) -> tuple[Parse, ...]:
    """Return the readings of a Russian word form; none where the dictionary does not list it."""
    analyzer = _analyzer()
    if not analyzer.word_is_known(word):
        return ()
    return tuple(
        Parse(str(parse.normal_form), frozenset(parse.tag.grammemes), float(parse.score))
        for parse in analyzer.parse(word)
    )


@lru_cache(maxsize=1024)
def forms_in_dictionary(word: str) -> frozenset[str]:
    """Return all forms of the nouns and adjectives that a Russian word may be a form of; none where it is unknown."""
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
