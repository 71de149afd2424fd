"""Distance between the answers of a bank: a typo in one answer could make another.

Used to advise authors. It compares letters only and reads no word list.
"""

from rapidfuzz.distance import OSA

from bot.core.marking.misspellings import TWO_TYPOS, allowed_typos
from bot.core.marking.rules import is_same_word
from bot.core.marking.tokenizer import tokenize

_MOST = allowed_typos(TWO_TYPOS)

Words = tuple[str, ...]


def folded_words(text: str) -> Words:
    """Return the folded words of a text, without its variants."""
    return tokenize(text)[0]


def is_possible_typo(first: Words, second: Words) -> bool:
    """Return whether two texts differ by so few letters that one could be a misspelling of the other."""
    mine, theirs = "".join(first), "".join(second)
    if len(first) != len(second) or mine == theirs or abs(len(mine) - len(theirs)) > _MOST:
        return False
    if OSA.distance(mine, theirs, score_cutoff=_MOST) > allowed_typos(max(len(mine), len(theirs))):
        return False
    unlike = [(one, other) for one, other in zip(first, second, strict=True) if one != other]
    return all(map(_may_be_mistyped, unlike)) and not all(is_same_word(*pair) for pair in unlike)


def _may_be_mistyped(pair: tuple[str, str]) -> bool:
    """Return whether two words differ by forgivable typos; in numbers no typo is forgiven."""
    one, other = pair
    near = OSA.distance(one, other) <= allowed_typos(max(len(one), len(other)))
    return near and one.isalpha() and other.isalpha()
