"""Forgiving of misspellings: a typo is forgiven unless it makes another word.

Tried after all other rules; a learner whose misspelling is forgiven sees the right spelling.
"""

from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.core.marking.contrasting_affixes import (
    differ_by_contrasting_affix,
    with_contrasting_prefixes,
    with_negating_prefixes,
)
from bot.core.marking.rules import is_same_word
from bot.core.marking.word_lists import is_word

ONE_TYPO, TWO_TYPOS = 6, 12
"""Least lengths of words that may have one typo, and two. Four in five misspelt words have one (Damerau 1964)."""
_SHORT_WORD = 5
_PREFIX_LENGTH = 3
_SOUNDS = "aeiouy аеиоуыэюяәіөұү ckqsxz gj fvwp сзц кқгғх тд пб вф шщчж нң"
_SOUND_CLASSES = tuple(map(frozenset, _SOUNDS.split()))
"""Letters that learners confuse at the beginning of a word."""
_ENDING_LENGTH = 4  # the most letters that a case or plural ending adds

OtherWords = Callable[[], frozenset[str]]
"""Returns the folded words of the bank's other answers; called only if a typed word is close to the accepted one."""


def allowed_typos(letters: int) -> int:
    """Return the number of typos that are forgiven in an accepted word or text of this length."""
    return (letters >= ONE_TYPO) + (letters >= TWO_TYPOS)


def typos_in_word(typed: str, accepted: str, others: OtherWords, *, in_phrase: bool) -> int | None:
    """Count the typos between two words; None if the typed one is another word or has too many typos.

    A typo deletes, inserts or replaces a letter, or swaps two neighbouring ones: the distance is the optimal string
    alignment, a restricted Damerau-Levenshtein distance.

    Args:
        typed: the typed word, folded.
        accepted: the accepted word, folded, and not an inflected form of the typed one.
        others: words of the bank's other answers; a word closer to one of them is another word.
        in_phrase: whether the text has other words that match, so that a shorter word can be identified.
    """
    distance = OSA.distance(typed, accepted)
    small = in_phrase and len(accepted) == _SHORT_WORD and _is_swap_or_doubling(typed, accepted)
    if distance > max(allowed_typos(len(accepted)), small):
        return None
    if (
        _has_other_initial_consonant(typed, accepted)
        or _is_nearer_to_opposite(typed, accepted, distance)
        or is_word(typed, accepted)
    ):
        return None
    return None if _belongs_to_other_answer(typed, others(), distance) else distance


def _has_other_initial_consonant(typed: str, accepted: str) -> bool:
    """Return whether two words differ only in the first letter, and it sounds different: Душкин, Пушкин.

    Few misspellings change the first letter (Kukich 1992, "Techniques for Automatically Correcting Words in Text"),
    but many names differ in it, and there is no complete list of names.
    """
    first = {typed[0], accepted[0]}
    if typed[1:] != accepted[1:] or len(first) == 1:
        return False
    return not any(first <= sounds for sounds in _SOUND_CLASSES)


@lru_cache(maxsize=4096)
def _is_nearer_to_opposite(typed: str, accepted: str, distance: int) -> bool:
    """Return whether a word is the accepted word with a contrasting prefix, or at least as close to such a word."""
    if differ_by_contrasting_affix(typed, accepted):
        return True
    near = (
        one
        for one in with_contrasting_prefixes(accepted) | with_negating_prefixes(accepted)
        if OSA.distance(typed, one) <= distance
    )
    return any(is_word(one, accepted) for one in near)


def _is_swap_or_doubling(typed: str, accepted: str) -> bool:
    """Return whether two letters are swapped, or a double letter is single or the reverse: Isac for Isaac."""
    if sorted(typed) == sorted(accepted):
        return OSA.distance(typed, accepted) == 1
    return _undoubled(typed) == _undoubled(accepted) and abs(len(typed) - len(accepted)) == 1


def _undoubled(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if letter != word[place - 1 : place])


def _belongs_to_other_answer(typed: str, others: frozenset[str], distance: int) -> bool:
    """Return whether a word is one of another answer, an inflected form of it, or closer to it."""
    if typed in others:
        return True
    return any(
        OSA.distance(typed, other, score_cutoff=distance) < distance
        or (
            typed[:_PREFIX_LENGTH] == other[:_PREFIX_LENGTH]
            and _is_inflection_length(typed, other)
            and is_same_word(typed, other)
        )
        for other in others
    )


def _is_inflection_length(typed: str, other: str) -> bool:
    return abs(len(typed) - len(other)) <= _ENDING_LENGTH
