"""The visible characters of a name: invisible characters and those that change the direction of a line are removed.

Joiners are kept where they have an effect: they change the shape of Arabic and Indic letters (Unicode Standard, 9.2
and 12.1) and combine emoji (UTS 51). Elsewhere they are invisible.
"""

import unicodedata
from collections.abc import Iterable, Iterator

JOINERS = frozenset("\u200c\u200d")
_JOINER = "\u200d"
# Blank letters and symbols: Hangul fillers, the empty Braille cell, the object replacement character and others.
_BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0\ufffc\U00013441\U00013442\U0001d159", " "))
# Vietnamese has two marks on a letter, Hebrew with vowel points three; a tower of more marks covers the next lines.
_MARKS_ON_A_LETTER = 3
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_VARIATIONS = frozenset("\ufe0e\ufe0f")
# Arabic, Syriac, N'Ko and the scripts up to Myanmar; Khmer and Mongolian; presentation forms of Arabic letters.
_JOINED_SCRIPTS = (range(0x0600, 0x1100), range(0x1780, 0x18B0), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
# Combining class of the viramas, which remove the vowel of a letter; a joiner after one chooses the letter's form.
_VIRAMA = 9
# From here on: arrows, technical symbols, dingbats, emoji.
_FIRST_PICTURE = 0x2190
# A black flag followed by the tag letters of a region and an end tag is the region's flag (UTS 51, ED-14a).
_FLAG = "\U0001f3f4"
_TAGS = range(0xE0030, 0xE007B)
_TAG_END = "\U000e007f"
_MOST_TAGS = 6


def visible_text(text: str) -> str:
    """Return a text on one line without invisible characters; empty if nothing is visible."""
    kept = "".join(with_few_marks(_visible_signs(text.translate(_BLANKS))))
    shown = " ".join("".join(sign for place, sign in enumerate(kept) if _changes_shape(kept, place)).split())
    return shown if any(begins_character(sign) and sign != " " for sign in shown) else ""


def with_few_marks(signs: Iterable[str]) -> Iterator[str]:
    """Yield characters without marks that have no base or are too many on one; a skin tone is a base's last mark."""
    marks = _MARKS_ON_A_LETTER
    for sign in signs:
        if ord(sign) in _SKIN_TONES:
            marks = max(marks, _MARKS_ON_A_LETTER - 1) + 1
        elif is_mark(sign):
            marks += 1
        elif begins_character(sign):
            marks = _MARKS_ON_A_LETTER * sign.isspace()
        if marks <= _MARKS_ON_A_LETTER or not (is_mark(sign) or ord(sign) in _SKIN_TONES):
            yield sign


def is_mark(sign: str) -> bool:
    """Return whether a character is a mark on the one before it."""
    return unicodedata.category(sign)[0] == "M"


def begins_character(sign: str) -> bool:
    """Return whether a code point begins a character: it is not a mark, skin tone, joiner or tag."""
    return not (is_mark(sign) or ord(sign) in _SKIN_TONES or unicodedata.category(sign) == "Cf")


def first_characters(text: str, count: int) -> str:
    """Return the first ``count`` characters, each with its marks; a joiner at the end is removed."""
    seen = 0
    for place, sign in enumerate(text):
        seen += begins_character(sign)
        if seen > count:
            return text[:place].rstrip(" \u200c\u200d")
    return text


def _visible_signs(text: str) -> Iterator[str]:
    """Yield the visible characters of a text, its spaces, and all joiners."""
    tags = _tag_places(text)
    for place, sign in enumerate(text):
        if sign.isspace() or sign in JOINERS or unicodedata.category(sign)[0] != "C" or place in tags:
            yield sign


def _changes_shape(text: str, place: int) -> bool:
    """Return whether a character is not a joiner, or a joiner that changes the shape of its neighbours."""
    if text[place] not in JOINERS:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not before:
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if not after:
        return False
    if _is_joined_letter(before) and _is_joined_letter(after):
        return True
    is_picture = _is_picture(before) or before in _VARIATIONS or ord(before) in _SKIN_TONES
    return text[place] == _JOINER and is_picture and _is_picture(after)


def _is_joined_letter(sign: str) -> bool:
    return any(ord(sign) in script for script in _JOINED_SCRIPTS) and unicodedata.category(sign)[0] in "LM"


def _is_picture(sign: str) -> bool:
    return ord(sign) >= _FIRST_PICTURE and unicodedata.category(sign) in ("So", "Sm")


def _tag_places(text: str) -> frozenset[int]:
    """Return the places of the tags that name the regions of flags."""
    places: set[int] = set()
    start = text.find(_FLAG)
    while start >= 0:
        end = text.find(_TAG_END, start, start + _MOST_TAGS + 2)
        if end > start + 1 and all(ord(sign) in _TAGS for sign in text[start + 1 : end]):
            places.update(range(start + 1, end + 1))
        start = text.find(_FLAG, start + 1)
    return frozenset(places)
