"""The table of rules by which a typed answer is the accepted one in other words, endings or order.

Each rule names its source, and pairs of a typed and an accepted text on which it is tested: the pairs in ``right``
agree by this rule, the pairs in ``wrong`` stand near by and must not agree. Another rule is a record here, its
function a file beside this one.
"""

from bot.core.marking.records import Pairs, Reading, WordRule
from bot.core.marking.russian import RUSSIAN

__all__ = ["READINGS", "WORD_RULES", "Pairs", "Reading", "WordRule", "other_word", "readings", "same_word"]

READINGS: tuple[Reading, ...] = ()
"""The rules on whole texts; each reads what was typed and what is accepted."""

WORD_RULES: tuple[WordRule, ...] = (RUSSIAN,)
"""The rules on words, in the order in which they are tried."""


def readings(text: str) -> tuple[str, ...]:
    """Return a text and all its other readings, each once, the text itself first."""
    return tuple(dict.fromkeys((text, *(other for rule in READINGS for other in rule.read(text)))))


def same_word(typed: str, accepted: str) -> bool:
    """Return whether two folded words are equal or forms of one word."""
    return typed == accepted or any(rule.same(typed, accepted) for rule in WORD_RULES)


def other_word(typed: str, accepted: str) -> bool:
    """Return whether a folded word is certainly another one than the accepted word, however few letters differ."""
    return not same_word(typed, accepted) and any(rule.other(typed, accepted) for rule in WORD_RULES)
