"""Records of the rules of marking: what a rule allows for or keeps apart, with its source and its examples."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
"""Typed texts, each with an accepted text."""


def never(_typed: str, _accepted: str) -> bool:
    """Return that two texts, or words, are not kept apart: what most rules have to say."""
    return False


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule on a whole text: other texts that say the same, such as one without the words around an answer.

    Attributes:
        name: what the rule allows for.
        source: where the rule comes from.
        read: returns the other texts; none where the rule does not concern this text.
        right: typed and accepted texts that agree by this rule.
        wrong: typed and accepted texts near by that must not agree.
        apart: takes the typed and the accepted text; returns whether they are opposites that would have a reading in
            common, such as ways into a place and out of it.
        typed_only: whether the rule reads what was typed, and never what is accepted.
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
    """A rule on two folded words: whether the typed one is a form of the accepted one, as a case or a plural is.

    Attributes:
        name: what the rule allows for.
        source: where the rule comes from.
        same: takes the typed and the accepted word, both folded; returns whether they are forms of one word.
        right: typed and accepted texts that agree by this rule.
        wrong: typed and accepted texts near by that must not agree.
        other: takes the same; returns whether the typed word is certainly another word, so that no slip of the
            fingers explains it, such as a woman's surname for a man's.
        forms: takes an accepted word; returns its other forms, so that one of them may be misspelt.
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
    """A rule on a typed text beside an accepted one: the typed text in the accepted one's letters, order or length.

    Attributes:
        name: what the rule allows for.
        source: where the rule comes from.
        reword: takes the typed and the accepted text; returns other writings of the typed one that keep what it says.
        right: typed and accepted texts that agree by this rule.
        wrong: typed and accepted texts near by that must not agree.
        apart: takes the same two texts; returns whether they differ in what folding takes away.
    """

    name: str
    source: str
    variants: Callable[[str, str], Iterable[str]]
    right: Pairs
    wrong: Pairs
    are_opposites: Callable[[str, str], bool] = never


def word_set(text: str) -> frozenset[str]:
    """Return the words of a table that is written as a text."""
    return frozenset(text.split())
