"""Which answers are within reach of each other: a misspelling of one could be the other.

For authors, before anybody types: no list of words is asked, only letters.
"""

from rapidfuzz.distance import OSA

from bot.core.marking.misspellings import TWO_TYPOS, allowed_typos
from bot.core.marking.rules import is_same_word
from bot.core.marking.tokenizer import tokenize

_MOST = allowed_typos(TWO_TYPOS)

Words = tuple[str, ...]


def folded_words(text: str) -> Words:
    """Return the folded words of a text, as it is written."""
    return tokenize(text)[0]


def is_possible_typo(first: Words, second: Words) -> bool:
    """Return whether so few letters of two texts differ that one could be typed for the other by mistake."""
    mine, theirs = "".join(first), "".join(second)
    if len(first) != len(second) or mine == theirs or abs(len(mine) - len(theirs)) > _MOST:
        return False
    if OSA.distance(mine, theirs, score_cutoff=_MOST) > allowed_typos(max(len(mine), len(theirs))):
        return False
    unlike = [(one, other) for one, other in zip(first, second, strict=True) if one != other]
    return all(map(_may_be_mistyped, unlike)) and not all(is_same_word(*pair) for pair in unlike)


def _may_be_mistyped(pair: tuple[str, str]) -> bool:
    """Return whether two words are as near as a misspelling is to its word; numbers are never misspelt."""
    one, other = pair
    near = OSA.distance(one, other) <= allowed_typos(max(len(one), len(other)))
    return near and one.isalpha() and other.isalpha()
