"""Types of the rules of marking: what a rule accepts or keeps apart, with its source and its examples."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
"""Pairs of a typed text and an accepted text."""


def never(_typed: str, _accepted: str) -> bool:
    """Return False: the default for rules that keep nothing apart."""
    return False


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule on a whole text: it returns variants with the same meaning, such as the text without framing phrases.

    Attributes:
        name: what the rule accepts.
        source: where the rule comes from.
        variants: takes a text; returns its variants, none if the rule does not apply.
        right: typed and accepted texts that match by this rule.
        wrong: similar typed and accepted texts that must not match.
        are_opposites: takes the typed and the accepted text; returns whether they are opposites that would share a
            variant, such as directions to a place and from it.
        typed_only: whether the rule applies to typed texts and never to accepted ones.
    """

    name: str
    source: str
    variants: Callable[[str], Iterable[str]]
    right: Pairs
    wrong: Pairs
    are_opposites: Callable[[str, str], bool] = never
    typed_only: bool = False


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule on two folded words: whether they are inflected forms or spelling variants of one word.

    Attributes:
        name: what the rule accepts.
        source: where the rule comes from.
        is_same_word: takes the typed and the accepted word, both folded; returns whether they are forms of one word.
        right: typed and accepted texts that match by this rule.
        wrong: similar typed and accepted texts that must not match.
        is_other_word: takes the same; returns whether the typed word is certainly another word and not a misspelling,
            such as a woman's surname for a man's.
        inflections: takes an accepted word; returns its other forms, in which typos are forgiven too.
    """

    name: str
    source: str
    is_same_word: Callable[[str, str], bool]
    right: Pairs
    wrong: Pairs
    is_other_word: Callable[[str, str], bool] = never
    inflections: Callable[[str], Iterable[str]] = lambda _accepted: ()


@dataclass(frozen=True, slots=True)
class PairRule:
    """A rule on a pair of texts: it rewrites the typed one with the letters, order or length of the accepted one.

    Attributes:
        name: what the rule accepts.
        source: where the rule comes from.
        variants: takes the typed and the accepted text; returns variants of the typed one with the same meaning.
        right: typed and accepted texts that match by this rule.
        wrong: similar typed and accepted texts that must not match.
        are_opposites: takes the same; returns whether the texts differ in something that folding removes.
    """

    name: str
    source: str
    variants: Callable[[str, str], Iterable[str]]
    right: Pairs
    wrong: Pairs
    are_opposites: Callable[[str, str], bool] = never


def word_set(text: str) -> frozenset[str]:
    """Return the set of the words in a text."""
    return frozenset(text.split())
