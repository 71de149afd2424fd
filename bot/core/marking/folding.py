"""Folding: normalization of a text for comparison, in which case, accents and punctuation disappear."""

import re
import unicodedata

from bot.core.marking.number_notation import BETWEEN_DIGITS, SIGNS, unify_notation, without_grouping
from bot.core.number_parsing import western_digits

# Letters that Unicode does not decompose into a base letter and a mark.
_BASE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe", "þ": "th"}
)
# How German and the Nordic languages transcribe these letters on a keyboard without them.
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_COMBINING_MARKS = re.compile(r"(?<![иу])\u0306|[\u0300-\u0305\u0307-\u036f]")  # й and ў are letters of their own
# Vowel signs and other points of Hebrew and Arabic, and the tatweel, which only lengthens an Arabic word. Signs that
# are part of a letter (madda, hamza: U+0653 to U+0655) and the Hebrew hyphen and sentence signs are kept.
_VOWEL_SIGNS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff]"
)
_IGNORED_IN_WORDS = re.compile(
    r"(?<=[^\W\d])\.|(?<!\w)\.(?!\d)|\.(?!\d)|['’‘ʼʻʹ`´′\u00ad\u115f\u1160\u200b-\u200f\ufeff]"
)  # U.N. is UN
_BARE_POINT = re.compile(r"(?<![\w.])\.(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_MOST_PASSES = 5
_ARTICLES = frozenset({"a", "an", "the"})


def fold(text: str) -> str:
    """Normalize a text for comparison: lower-case words with one space between them.

    Removes accents, Arabic and Hebrew vowel signs, punctuation, apostrophes, and articles before another word. Keeps
    signs that change the meaning (``+ # % = < >``, currencies, a minus, a decimal point). ``й`` is not ``и``; ``ё``
    becomes ``е``.
    """
    return folded(text, transcribe=False)


def folded(text: str, *, transcribe: bool) -> str:
    """Return ``fold(text)``; with ``transcribe``, ``ä ö ü ø å`` become two letters first.

    Folds until nothing changes, since a removed character may leave two digits on either side of a sign.
    """
    for _ in range(_MOST_PASSES):
        shorter = _folded_once(text, transcribe=transcribe)
        if shorter == text:
            break
        text = shorter
    return text


def has_two_foldings(text: str) -> bool:
    """Return whether a text has letters that ``transcribe`` changes, so that it has two folded forms."""
    return any(ord(letter) in _TRANSCRIBED for letter in set(unicodedata.normalize("NFC", text).casefold()))


def _folded_once(text: str, *, transcribe: bool) -> str:
    composed = unify_notation(unicodedata.normalize("NFC", text.replace("№", " ")).casefold())
    if transcribe:
        composed = composed.translate(_TRANSCRIBED)
    bare = _COMBINING_MARKS.sub("", _VOWEL_SIGNS.sub("", _decomposed(western_digits(composed))).casefold()).translate(
        _BASE_LETTERS
    )
    joined = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", _IGNORED_IN_WORDS.sub("", _BARE_POINT.sub("0.", bare))))
    words = "".join(_folded_sign(joined, place) for place in range(len(joined))).split()
    kept = [word for word, after in zip(words, [*words[1:], ""], strict=False) if not _is_article(word, after)]
    return without_grouping(unicodedata.normalize("NFC", " ".join(kept)))


def _is_article(word: str, after: str) -> bool:
    """Return whether a word is an article: it precedes a word, not a sign as in ``a + b``."""
    return word in _ARTICLES and after.strip("".join(SIGNS)) != ""


def _decomposed(text: str) -> str:
    """Return the text in NFKD, except ``≠``: its stroke would be removed like an accent."""
    return "≠".join(unicodedata.normalize("NFKD", part) for part in text.split("≠"))


def _folded_sign(text: str, place: int) -> str:
    """Return the letter, digit or meaningful sign at a place of a text; a space for any other character."""
    sign = text[place]
    if sign.isalnum() or unicodedata.category(sign).startswith("M") or sign in SIGNS:
        return sign
    if unicodedata.category(sign) == "Sc":
        return sign
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    decimal_point = sign == "." and after.isdecimal()
    power = sign == "-" and before == "^" and after.isdecimal()
    between = sign in BETWEEN_DIGITS and before.isdecimal() and (after.isdecimal() or sign == "^")
    minus = _is_minus(text, place)
    return sign if decimal_point or power or between else "-" if minus else " "


def _is_minus(text: str, place: int) -> bool:
    """Return whether the character at a place is a minus; a longer dash is one only at the beginning of the text."""
    if text[place] not in ("-−" if text[:place].strip() else "-−–—"):
        return False
    after = text[place + 1 : place + 3]
    is_sum = unicodedata.category(after[:1] or " ") == "Sc" and after[1:].isdecimal()
    before = text[max(place - 1, 0) : place]
    return (after[:1].isdecimal() or is_sum) and (not before.strip() or unicodedata.category(before) == "Sc")
