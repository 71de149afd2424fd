"""The table of the rules of marking: by them a typed answer matches an accepted one in other words, forms or order.

Each rule names its source, and pairs of a typed and an accepted text as its tests: the pairs in ``right`` match by
this rule, the pairs in ``wrong`` are similar and must not match. A new rule is a record in this table and a file
beside this one.
"""

from collections.abc import Iterator
from functools import lru_cache

from bot.core.marking import (
    dates,
    framing_phrases,
    homoglyphs,
    law_articles,
    numbers_in_words,
    person_names,
    prepositions,
    short_names,
    signs_in_words,
)
from bot.core.marking.abbreviations import ABBREVIATION
from bot.core.marking.acronyms import ACRONYM
from bot.core.marking.british_spelling import BRITISH
from bot.core.marking.contractions import CONTRACTION
from bot.core.marking.english_inflection import ENGLISH_PLURALS, ENGLISH_POSSESSIVES
from bot.core.marking.kazakh_inflection import KAZAKH, KAZAKH_ABBREVIATIONS
from bot.core.marking.rule_types import PairRule, TextRule, WordRule, never
from bot.core.marking.russian_inflection import RUSSIAN
from bot.core.text_limits import LONGEST_ANSWER

MOST_VARIANTS = 16
"""The most variants of one text, itself included: a limit for texts to which many rules apply."""

TEXT_RULES: tuple[TextRule, ...] = (
    homoglyphs.MIXED_ALPHABETS,
    CONTRACTION,
    framing_phrases.FRAMED,
    ACRONYM,
    person_names.TITLE,
    person_names.TITLE_OF_SURNAME,
    signs_in_words.NUMBER_MARK,
    law_articles.ARTICLE,
    ABBREVIATION,
    short_names.PLACE,
    short_names.RANK,
    short_names.WAR,
    signs_in_words.PERCENT,
    signs_in_words.AND,
    dates.DATE,
    dates.SHORT_DATE,
    ENGLISH_POSSESSIVES,
    prepositions.RUSSIAN,
    prepositions.ENGLISH,
    numbers_in_words.ORDINAL,
    KAZAKH_ABBREVIATIONS,
    numbers_in_words.CENTURY,
    numbers_in_words.RULER,
    numbers_in_words.CARDINAL,
)
"""The rules on whole texts; each applies to the text and to the variants of the rules before it."""

PAIR_RULES: tuple[PairRule, ...] = (homoglyphs.HOMOGLYPH_WORDS, person_names.PERSON)
"""The rules on pairs of texts; each applies to the variants of the rules before it."""

WORD_RULES: tuple[WordRule, ...] = (BRITISH, ENGLISH_PLURALS, KAZAKH, RUSSIAN, person_names.SEXES)
"""The rules on words, in the order of their application."""

_OPPOSITES = (*(rule.are_opposites for rule in TEXT_RULES), *(rule.are_opposites for rule in PAIR_RULES))
_OPPOSITE_CHECKS = tuple(apart_by_rule for apart_by_rule in _OPPOSITES if apart_by_rule is not never)


@lru_cache(maxsize=64)
def variants_of(text: str, *, typed: bool = False) -> tuple[str, ...]:
    """Return a text and its variants, each once, the text itself first.

    Of more than MOST_VARIANTS, those that the most rules have changed are kept.
    """
    found: tuple[str, ...] = (text,)
    for rule in TEXT_RULES:
        if rule.typed_only and not typed:
            continue
        others = _usable(other for one in found for other in rule.variants(one))
        found = tuple(dict.fromkeys((*found, *others)))
        found = (text, *found[1:][1 - MOST_VARIANTS :])
    return found


def variants_beside(typed: str, accepted: str) -> tuple[str, ...]:
    """Return the variants of a typed text with the letters, order or length of an accepted one."""
    texts = variants_of(typed, typed=True)
    found = dict.fromkeys(texts)
    for rule in PAIR_RULES:
        others = (other for one in tuple(found) for other in rule.variants(one, accepted))
        found.update(dict.fromkeys(_usable(others)))
    return tuple(found)[len(texts) :][:MOST_VARIANTS]


def _usable(texts: Iterator[str]) -> Iterator[str]:
    """Yield the texts that have a letter or digit and at most the length of an answer."""
    return (text for text in texts if len(text) <= LONGEST_ANSWER and any(sign.isalnum() for sign in text))


def are_opposites(typed: str, accepted: str) -> bool:
    """Return whether two texts are opposites, even if they share a variant."""
    return any(apart_by_rule(typed, accepted) for apart_by_rule in _OPPOSITE_CHECKS)


def is_same_word(typed: str, accepted: str) -> bool:
    """Return whether two folded words are equal or forms of one word by any rule."""
    return typed == accepted or any(rule.is_same_word(typed, accepted) for rule in WORD_RULES)


def is_other_word(typed: str, accepted: str) -> bool:
    """Return whether a folded word is certainly another word than the accepted one, even if one letter differs."""
    return not is_same_word(typed, accepted) and any(rule.is_other_word(typed, accepted) for rule in WORD_RULES)


def inflections_of(accepted: str) -> frozenset[str]:
    """Return the other forms of a folded word that the rules know."""
    return frozenset(form for rule in WORD_RULES for form in rule.inflections(accepted))
