"""The table of rules by which a typed answer is the accepted one in other words, endings or order.

Each rule names its source, and pairs of a typed and an accepted text on which it is tested: the pairs in ``right``
agree by this rule, the pairs in ``wrong`` stand near by and must not agree. Another rule is a record here, its
function a file beside this one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
"""Typed texts, each with an accepted text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule on a whole text: other texts that say the same, such as one without the words around an answer.

    Attributes:
        name: what the rule allows for.
        source: where the rule comes from.
        read: returns the other texts; none where the rule does not concern this text.
        right: typed and accepted texts that agree by this rule.
        wrong: typed and accepted texts near by that must not agree.
    """

    name: str
    source: str
    read: Callable[[str], Iterable[str]]
    right: Pairs
    wrong: Pairs


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule on two folded words: whether the typed one is a form of the accepted one, as a case or a plural is.

    Attributes:
        name: what the rule allows for.
        source: where the rule comes from.
        same: takes the typed and the accepted word, both folded; returns whether they are forms of one word.
        right: typed and accepted texts that agree by this rule.
        wrong: typed and accepted texts near by that must not agree.
    """

    name: str
    source: str
    same: Callable[[str, str], bool]
    right: Pairs
    wrong: Pairs


READINGS: tuple[Reading, ...] = ()
"""The rules on whole texts; each reads what was typed and what is accepted."""

WORD_RULES: tuple[WordRule, ...] = ()
"""The rules on words, in the order in which they are tried."""


def readings(text: str) -> tuple[str, ...]:
    """Return a text and all its other readings, each once, the text itself first."""
    return tuple(dict.fromkeys((text, *(other for rule in READINGS for other in rule.read(text)))))


def same_word(typed: str, accepted: str) -> bool:
    """Return whether two folded words are equal or forms of one word."""
    return typed == accepted or any(rule.same(typed, accepted) for rule in WORD_RULES)
