"""Tokenizer: the folded words of each variant of a text, for comparison word by word."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.core.marking.folding import folded, has_two_foldings
from bot.core.marking.rules import variants_beside, variants_of
from bot.core.number_parsing import ORDINAL_WORDS, SMALL_WORDS

_MOST_ACCEPTED = 4096
_MOST_TYPED = 64
"""Sizes of the caches: texts of a bank recur, a typed text is compared with a few texts only and may be long."""

_NUMBER_WORDS = {word: str(value) for word, value in SMALL_WORDS.items()} | {
    word: f"{place}th" for word, place in ORDINAL_WORDS.items()
}
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def tokenize(text: str, *, typed: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the words of each variant of a text, with umlauts as one letter and, if there are any, as two."""
    return _tokenize_typed(text) if typed else _tokenize_accepted(text)


@lru_cache(maxsize=_MOST_ACCEPTED)
def _tokenize_accepted(text: str) -> tuple[tuple[str, ...], ...]:
    return _word_sequences(variants_of(text))


@lru_cache(maxsize=_MOST_TYPED)
def _tokenize_typed(text: str) -> tuple[tuple[str, ...], ...]:
    return _word_sequences(variants_of(text, typed=True))


@lru_cache(maxsize=_MOST_TYPED)
def tokenize_beside(typed: str, accepted: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each variant that a typed text has beside an accepted one."""
    return _word_sequences(variants_beside(typed, accepted))


def _word_sequences(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    written = (
        folded(one, transcribe=transcribe)
        for one in texts
        for transcribe in ((False, True) if has_two_foldings(one) else (False,))
    )
    return tuple(tuple(_with_digits(form.split())) for form in dict.fromkeys(written))


def _with_digits(words: list[str]) -> Iterable[str]:
    """Yield words with number words, ordinals and Roman numerals (except the first word: "I", "Xi") in digits."""
    for place, word in enumerate(words):
        if word in _NUMBER_WORDS:
            yield _NUMBER_WORDS[word]
        elif ordinal := _ORDINAL_DIGITS.fullmatch(word):
            yield f"{ordinal[1]}th"
        elif place and (roman := _ROMAN.fullmatch(word)):
            yield str(10 * len(roman[1]) + _ROMAN_ONES[roman[2]])
        else:
            yield word
