"""Comparing what a learner typed with what the author accepts: kind to slips of the fingers, strict about meaning.

Knows letters and words, not questions. The only module that measures edit distance.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.core.marking.rules import apart, other_word, same_word
from bot.core.marking.typed_numbers import BETWEEN_DIGITS, numbers_of
from bot.core.marking.words import forms, reworded_forms

_VERBS = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "ca", "could", "should", "wo", "would")
_NEGATIONS = frozenset({"not", "no", "non", "never", "without", "cannot", "не", "нет", "без", "емес", "жоқ"}) | {
    f"{verb}nt"
    for verb in _VERBS  # isn't, don't, ... after folding
}
_NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis", "не", "без", "бес")


def matches(written: str, accepted: Iterable[str], rejected: Iterable[str] = ()) -> bool:
    """Say whether what was written is one of the accepted texts, small slips forgiven.

    Slips are letters left out, put in, changed or swapped with the next (optimal string alignment): none in words of
    up to 4 letters, 1 in 5-8, 2 in longer ones, and no more than that in the whole text either. Four in five misspelt
    words hold one such slip (Damerau 1964), so a second is granted to long words alone; below five letters one slip
    too often makes another word (Iran, Iraq). Words may be run together or split, if nothing else is wrong.

    Never forgiven: another number (in digits, Roman numerals or English words), another sign, a negation too many or
    too few, and a text that is at least as near to a rejected one as to any accepted one.
    """
    distances = [found for text in accepted if (found := _slips(written, text)) is not None]
    if not distances:
        return False
    return all(_distance(written, text) > min(distances) for text in rejected)


def _slips(written: str, accepted: str) -> int | None:
    """Count the slips between two texts in the forms that agree best; None where there is more than slips."""
    if apart(written, accepted):
        return None
    for writings in (forms(written, typed=True), reworded_forms(written, accepted)):
        pairs = ((mine, theirs) for mine in writings for theirs in forms(accepted))
        found = [slips for mine, theirs in pairs if (slips := _slips_in_words(mine, theirs)) is not None]
        if found:
            return min(found)
    return None


def _slips_in_words(written: tuple[str, ...], accepted: tuple[str, ...]) -> int | None:
    if not written or not accepted or _meaning(written) != _meaning(accepted):
        return None
    if "".join(written) == "".join(accepted):
        return 0
    if len(written) != len(accepted) or _opposed(written, accepted):
        return None
    pairs = [*zip(written, accepted, strict=True)]
    slips = [0 if same_word(mine, theirs) else OSA.distance(mine, theirs) for mine, theirs in pairs]
    if any(found > _allowed(*pair) for found, pair in zip(slips, pairs, strict=True)):
        return None
    if any(found and other_word(*pair) for found, pair in zip(slips, pairs, strict=True)):
        return None
    return sum(slips) if sum(slips) <= _allowed("".join(written), "".join(accepted)) else None


def _allowed(written: str, accepted: str) -> int:
    """Give the slips forgiven between two words: measured by the shorter, so that Austria is not Australia."""
    length = min(len(written), len(accepted))
    return (length > 4) + (length > 8)  # noqa: PLR2004 - the lengths that the docstring of matches gives reasons for


def _distance(written: str, text: str) -> int:
    writings = (*forms(written, typed=True), *reworded_forms(written, text))
    return min(OSA.distance("".join(mine), "".join(theirs)) for mine in writings for theirs in forms(text))


def _meaning(words: tuple[str, ...]) -> tuple[tuple[str, ...], str, int]:
    """Return what must agree to the letter: the numbers and signs in order, and how often something is negated."""
    text = " ".join(words)
    signs = "".join(sign for sign in text if not (sign.isalnum() or sign in BETWEEN_DIGITS or sign == " "))
    return numbers_of(text), signs, sum(word in _NEGATIONS for word in words)


def _opposed(written: tuple[str, ...], accepted: tuple[str, ...]) -> bool:
    """Say whether a word is another's opposite by its prefix: dependent, independent."""
    pairs = [*zip(written, accepted, strict=True), *zip(accepted, written, strict=True)]
    return any(mine == prefix + theirs for mine, theirs in pairs for prefix in _NEGATING_PREFIXES)
