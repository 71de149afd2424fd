"""Comparing what a learner typed with what the author accepts: kind to slips of the fingers, strict about meaning.

Knows letters and words, not questions. The only module that measures edit distance.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.core.numerals import ORDINAL_WORDS, SMALL_WORDS, western_digits
from bot.core.typed_numbers import BETWEEN_DIGITS, SIGNS, numbers_of, unified, without_thousands

# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe", "þ": "th"}
)
# How German and the Nordic languages write these letters where a keyboard lacks them.
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_MARKS = re.compile(r"(?<![иу])\u0306|[\u0300-\u0305\u0307-\u036f]")  # the breve of й and ў makes another letter
_JOINING = re.compile(r"(?<!\d)\.|\.(?!\d)|['’‘ʼʻʹ`´′\u00ad\u115f\u1160\u200b-\u200f\ufeff]")  # U.N. is UN
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_ROUNDS = 5
_ARTICLES = frozenset({"a", "an", "the"})

_NUMBER_WORDS = {word: str(value) for word, value in SMALL_WORDS.items()} | {
    word: f"{place}th" for word, place in ORDINAL_WORDS.items()
}
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_VERBS = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "ca", "could", "should", "wo", "would")
_NEGATIONS = frozenset({"not", "no", "non", "never", "without", "cannot", "не", "нет", "без", "емес", "жоқ"}) | {
    f"{verb}nt"
    for verb in _VERBS  # isn't, don't, ... after folding
}
_NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis", "не", "без", "бес")


def fold(text: str) -> str:
    """Reduce a text to what matters when two texts are compared: lower-case words with one space between them.

    Case, accents, punctuation, apostrophes and articles (before another word) go; signs that change the meaning
    (``+ # % = < >`` and currencies, a minus, a decimal point) stay. ``й`` stays apart from ``и``; ``ё`` becomes ``е``.
    """
    return _fold(text, transcribe=False)


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
    pairs = ((mine, theirs) for mine in _forms(written) for theirs in _forms(accepted))
    return min((found for mine, theirs in pairs if (found := _slips_in_words(mine, theirs)) is not None), default=None)


def _slips_in_words(written: tuple[str, ...], accepted: tuple[str, ...]) -> int | None:
    if not written or not accepted or _meaning(written) != _meaning(accepted):
        return None
    if "".join(written) == "".join(accepted):
        return 0
    if len(written) != len(accepted) or _opposed(written, accepted):
        return None
    slips = [OSA.distance(mine, theirs) for mine, theirs in zip(written, accepted, strict=True)]
    if any(found > _allowed(mine, theirs) for found, mine, theirs in zip(slips, written, accepted, strict=True)):
        return None
    return sum(slips) if sum(slips) <= _allowed("".join(written), "".join(accepted)) else None


def _allowed(written: str, accepted: str) -> int:
    """Give the slips forgiven between two words: measured by the shorter, so that Austria is not Australia."""
    length = min(len(written), len(accepted))
    return (length > 4) + (length > 8)  # noqa: PLR2004 - the lengths that the docstring of matches gives reasons for


def _distance(written: str, text: str) -> int:
    return min(OSA.distance("".join(mine), "".join(theirs)) for mine in _forms(written) for theirs in _forms(text))


def _meaning(words: tuple[str, ...]) -> tuple[tuple[str, ...], str, int]:
    """Return what must agree to the letter: the numbers and signs in order, and how often something is negated."""
    text = " ".join(words)
    signs = "".join(sign for sign in text if not (sign.isalnum() or sign in BETWEEN_DIGITS or sign == " "))
    return numbers_of(text), signs, sum(word in _NEGATIONS for word in words)


def _opposed(written: tuple[str, ...], accepted: tuple[str, ...]) -> bool:
    """Say whether a word is another's opposite by its prefix: dependent, independent."""
    pairs = [*zip(written, accepted, strict=True), *zip(accepted, written, strict=True)]
    return any(mine == prefix + theirs for mine, theirs in pairs for prefix in _NEGATING_PREFIXES)


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of a text with umlauts as plain letters, and as two letters where that makes a difference."""
    forms = (_fold(text, transcribe=False), _fold(text, transcribe=True))
    return tuple(tuple(_numbered(form.split())) for form in dict.fromkeys(forms))


def _numbered(words: list[str]) -> Iterable[str]:
    """Write number words, ordinals and Roman numerals (not the first word: "I", "Xi") in digits."""
    for place, word in enumerate(words):
        if word in _NUMBER_WORDS:
            yield _NUMBER_WORDS[word]
        elif ordinal := _ORDINAL_DIGITS.fullmatch(word):
            yield f"{ordinal[1]}th"
        elif place and (roman := _ROMAN.fullmatch(word)):
            yield str(10 * len(roman[1]) + _ROMAN_ONES[roman[2]])
        else:
            yield word


def _fold(text: str, *, transcribe: bool) -> str:
    """Fold until nothing changes: what folding takes away may bring two digits to either side of a sign."""
    for _ in range(_ROUNDS):
        folded = _folded_once(text, transcribe=transcribe)
        if folded == text:
            break
        text = folded
    return text


def _folded_once(text: str, *, transcribe: bool) -> str:
    composed = unified(unicodedata.normalize("NFC", text.replace("№", " ")).casefold())
    if transcribe:
        composed = composed.translate(_TRANSCRIBED)
    bare = _MARKS.sub("", _decomposed(western_digits(composed)).casefold()).translate(_PLAIN)
    joined = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", _JOINING.sub("", bare)))
    words = "".join(_kept(joined, place) for place in range(len(joined))).split()
    kept = [word for place, word in enumerate(words) if word not in _ARTICLES or place == len(words) - 1]
    return without_thousands(unicodedata.normalize("NFC", " ".join(kept)))


def _decomposed(text: str) -> str:
    """Return the compatibility form, decomposed; ``≠`` stays whole, since its stroke would go like an accent."""
    return "≠".join(unicodedata.normalize("NFKD", part) for part in text.split("≠"))


def _kept(text: str, place: int) -> str:
    """Keep the letter, digit or meaningful sign at a place of a text; anything else parts words."""
    sign = text[place]
    if sign.isalnum() or unicodedata.category(sign).startswith("M") or sign in SIGNS:
        return sign
    if unicodedata.category(sign) == "Sc":
        return sign
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    decimal_point = sign == "." and after.isdecimal()
    power = sign == "-" and before == "^" and after.isdecimal()
    between = sign in BETWEEN_DIGITS and before.isdecimal() and (after.isdecimal() or sign == "^")
    minus = sign in "-−" and after.isdecimal() and not before.strip()
    return sign if decimal_point or power or between else "-" if minus else " "
