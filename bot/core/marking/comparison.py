"""Comparison of a typed answer with the accepted texts: tolerant of typos, strict about meaning.

Works on letters and words, and does not depend on questions.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.core.marking.contrasting_affixes import differ_by_contrasting_affix
from bot.core.marking.folding import fold
from bot.core.marking.kazakh_inflection import is_typed_without_kazakh_letters
from bot.core.marking.misspellings import ONE_TYPO, OtherWords, allowed_typos, typos_in_word
from bot.core.marking.number_notation import BETWEEN_DIGITS, numbers_of
from bot.core.marking.rules import are_opposites, inflections_of, is_other_word, is_same_word
from bot.core.marking.tokenizer import tokenize, tokenize_beside

_VERBS = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "ca", "could", "should", "wo", "would")
_NEGATION_WORDS = frozenset({"not", "no", "non", "never", "without", "cannot", "не", "нет", "без", "емес", "жоқ"}) | {
    f"{verb}nt"
    for verb in _VERBS  # isn't, don't, ... after folding
}
# Ranks of a match, best first: equal apart from spaces, from case, from accents and punctuation, by a rule of marking.
# A match with typos ranks behind these by the number of its typos.
_IDENTICAL, _SAME_BUT_CASE, _SAME_BUT_ACCENTS, _SAME_BY_RULE = range(4)
_JOINABLE_NEGATIONS = frozenset({"non", "не"})  # negations that are often joined to the next word
_SHARED_PREFIX = 2  # letters that a misspelt inflected form must share with its word
_LONG_PHRASE = 8  # letters of a phrase from which on its other words identify a misspelt word


@dataclass(frozen=True, slots=True)
class Comparison:
    """Result of comparing a typed text with the accepted texts.

    Attributes:
        right: whether the typed text matches one of them.
        spelling: the accepted text that was misspelt; empty where nothing but case, accents or an ending differs.
    """

    right: bool
    spelling: str = ""


def matches(written: str, accepted: Iterable[str], rejected: Iterable[str] = ()) -> bool:
    """Return whether a written text matches one of the accepted texts; misspellings are forgiven."""
    return compare(written, accepted, rejected).right


def compare(
    written: str, accepted: Iterable[str], rejected: Iterable[str] = (), others: OtherWords = frozenset
) -> Comparison:
    """Compare a text with the accepted texts; a misspelling is forgiven, and the result names the accepted text.

    An accepted word of 6 letters or more may contain one typo, one of 12 or more two; the same limits hold for the
    whole text. In a shorter word a typo too often makes another word (Iran, Iraq). Words may be joined or split if
    nothing else is wrong.

    Never forgiven: a different number (in digits, Roman numerals or English words), a different sign, a missing or
    additional negation, another word of the language or of the bank's other answers (``others``), and a text that
    matches a rejected text at least as well as any accepted text.
    """
    found = [(near, text) for text in accepted if (near := _rank(written, text, others)) is not None]
    if not found:
        return Comparison(right=False)
    nearest, text = min(found, key=lambda one: one[0])
    if any(_rank_beside_rejected(written, one) <= nearest for one in rejected):
        return Comparison(right=False)
    return Comparison(right=True, spelling=text if nearest > _SAME_BY_RULE else "")


def is_same(written: str, accepted: str) -> bool:
    """Return whether two texts are equal apart from white space and the Unicode form of accents."""
    return _plain(written) == _plain(accepted)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _exact_rank(written: str, text: str) -> int | None:
    """Return the rank of a match that needs no rule; None if there is none."""
    if _plain(written) == _plain(text):
        return _IDENTICAL
    if _plain(written).casefold() == _plain(text).casefold():
        return _SAME_BUT_CASE
    mine, theirs = _folded(written), _folded(text)
    return _SAME_BUT_ACCENTS if mine and mine == theirs else None


_folded = lru_cache(maxsize=4096)(fold)


def _rank(written: str, accepted: str, others: OtherWords) -> int | None:
    """Return the rank of the match between a written and an accepted text; None if they do not match."""
    rank = _exact_rank(written, accepted)
    if rank in (_IDENTICAL, _SAME_BUT_CASE):
        return rank
    typos = _typos(written, accepted, others)
    return rank if typos == 0 and rank is not None else None if typos is None else _SAME_BY_RULE + typos


def _rank_beside_rejected(written: str, rejected: str) -> int:
    rank = _exact_rank(written, rejected)
    if rank is None and is_typed_without_kazakh_letters(_folded(written), _folded(rejected)):
        return _SAME_BY_RULE
    return _SAME_BY_RULE + _distance(written, rejected) if rank is None else rank


def _typos(written: str, accepted: str, others: OtherWords) -> int | None:
    """Count the typos between the two best matching variants of the texts; None if they differ by more than typos."""
    if are_opposites(written, accepted):
        return None
    for sequences in (tokenize(written, typed=True), tokenize_beside(written, accepted)):
        pairs = ((mine, theirs) for mine in sequences for theirs in tokenize(accepted))
        found = [typos for mine, theirs in pairs if (typos := _typos_in_words(mine, theirs, others)) is not None]
        if found:
            return min(found)
    return None


def _typos_in_words(written: tuple[str, ...], accepted: tuple[str, ...], others: OtherWords) -> int | None:
    written, accepted = _joined_like(written, accepted), _joined_like(accepted, written)
    if not written or not accepted or _exact_parts(written) != _exact_parts(accepted):
        return None
    joined = "".join(accepted)
    if "".join(written) == joined:
        return 0
    if len(written) != len(accepted):
        return None
    in_phrase = len(accepted) > 1 and len(joined) >= _LONG_PHRASE
    typos = 0
    for mine, theirs in zip(written, accepted, strict=True):
        found = _typos_of_pair(mine, theirs, others, in_phrase=in_phrase)
        if found is None:
            return None
        typos += found
    return typos if typos <= allowed_typos(len(joined)) else None


def _joined_like(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return words, joining those that the other text writes as one: co operation, non violence."""
    known = frozenset(others)
    joined: list[str] = []
    for word in words:
        last = joined[-1] if joined else ""
        is_one = (last + word).isalpha() and last + word in known and word not in known
        if is_one and (last not in _NEGATION_WORDS or last in _JOINABLE_NEGATIONS):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


def _typos_of_pair(mine: str, theirs: str, others: OtherWords, *, in_phrase: bool) -> int | None:
    if mine == theirs or _is_same_number(mine, theirs):
        return 0
    if differ_by_contrasting_affix(mine, theirs):
        return None
    if is_same_word(mine, theirs):
        return 0
    typos = typos_in_word(mine, theirs, others, in_phrase=in_phrase)
    if typos is None and len(theirs) >= ONE_TYPO and mine[:_SHARED_PREFIX] == theirs[:_SHARED_PREFIX]:
        typos = _typos_in_inflection(mine, theirs, others)
    return None if typos is None or is_other_word(mine, theirs) else typos


def _typos_in_inflection(mine: str, theirs: str, others: OtherWords) -> int | None:
    """Count the typos in an inflected form of the accepted word: корупции for коррупции, a form of коррупция."""
    found = (
        typos_in_word(mine, form, others, in_phrase=False)
        for form in inflections_of(theirs)
        if not is_other_word(mine, form)
    )
    return min((typos for typos in found if typos is not None), default=None)


def _is_same_number(mine: str, theirs: str) -> bool:
    """Return whether two words are one number with different separators: a date, a document's symbol."""
    is_number = mine[0].isdecimal() and theirs[0].isdecimal() and all(map(_is_in_number, mine + theirs))
    return is_number and numbers_of(mine) == numbers_of(theirs)


def _is_in_number(sign: str) -> bool:
    return sign.isdecimal() or sign in BETWEEN_DIGITS


def _distance(written: str, text: str) -> int:
    sequences = (*tokenize(written, typed=True), *tokenize_beside(written, text))
    return min(OSA.distance("".join(mine), "".join(theirs)) for mine in sequences for theirs in tokenize(text))


@lru_cache(maxsize=1024)
def _exact_parts(words: tuple[str, ...]) -> tuple[tuple[str, ...], str, int]:
    """Return the parts that must be equal: the numbers and signs in order, and the number of negations."""
    text = " ".join(words)
    signs = "".join(sign for sign in text if not (sign.isalnum() or sign in BETWEEN_DIGITS or sign == " "))
    return numbers_of(text), signs, sum(word in _NEGATION_WORDS for word in words)
