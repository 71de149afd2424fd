"""Visual comparison of the options of a question: two texts are indistinguishable if they look the same on a screen.

Stricter than the skeletons of nicknames, which find names that are easily confused. Case, accents and signs make a
difference. Two letters of one alphabet always differ; letters of two alphabets may have the same shape.
"""

import unicodedata

from bot.core.confusables import PROTOTYPES

# Blank characters that Unicode classifies as letters or symbols: Hangul fillers and the empty Braille cell.
_BLANK = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0})
# Invisible marks (Default_Ignorable_Code_Point) that are not format characters (Cf).
_INVISIBLE = frozenset(
    {0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)
# Visible format characters: the number and verse signs of Arabic, Syriac and Kaithi.
_VISIBLE_FORMATS = frozenset({*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD})
_JOINERS = frozenset("\u200c\u200d")
# Hebrew: joiners change the shape of Arabic and Indic letters and of emoji, but not of Latin or Cyrillic letters.
_FIRST_JOINED = 0x0590
_TAGS = range(0xE0020, 0xE0080)  # they distinguish the flags of England and Scotland
_FLAG = "\U0001f3f4"

# Compatibility forms that look like the characters they stand for: ligatures, full width, positional Arabic letters.
_SAME_SHAPE = frozenset({"<compat", "<wide", "<narrow", "<noBreak", "<initial", "<medial", "<final", "<isolated"})
_DIFFERENT_SHAPE = frozenset("ſ№") | {chr(point) for point in range(0x03D0, 0x03F6)}

# Letters that Unicode's table lists as confusable although readers distinguish them.
_DISTINCT = frozenset("бгпүЬЛӏαβγδεθιρστυφı")
_ASCII = {"I": "l", '"': "''"}


def visible_form(text: str) -> str:
    """Return a text decomposed (NFD), without invisible characters and with one space for any white space."""
    plain = unicodedata.normalize("NFD", "".join(map(_plain, unicodedata.normalize("NFC", text))))
    flagged = _FLAG in plain
    kept = (sign for place, sign in enumerate(plain) if _is_visible(plain, place) or (flagged and ord(sign) in _TAGS))
    return " ".join("".join(kept).split())


def are_indistinguishable(one: str, other: str) -> bool:
    """Return whether two texts look the same."""
    mine, theirs = visible_form(one), visible_form(other)
    return len(mine) == len(theirs) and all(map(_same, mine, theirs))


def _plain(sign: str) -> str:
    if ord(sign) in _BLANK:
        return " "
    form, _, points = unicodedata.decomposition(sign).partition("> ")
    if form not in _SAME_SHAPE or sign in _DIFFERENT_SHAPE:
        return sign
    return "".join(chr(int(point, 16)) for point in points.split())


def _is_visible(text: str, place: int) -> bool:
    sign = text[place]
    if sign in _JOINERS:
        return 0 < place < len(text) - 1 and _is_joined(text[place - 1])
    if ord(sign) in _INVISIBLE:
        return False
    return unicodedata.category(sign) != "Cf" or ord(sign) in _VISIBLE_FORMATS


def _is_joined(sign: str) -> bool:
    return ord(sign) >= _FIRST_JOINED and sign.isprintable() and unicodedata.category(sign)[0] != "P"


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.isascii() and other.isascii():
        return {one, other} == {"I", "l"}
    if _DISTINCT.intersection((one, other)) or _shape(one) != _shape(other):
        return False
    return not (one.isalpha() and other.isalpha()) or _alphabet(one) != _alphabet(other)


def _shape(sign: str) -> str:
    """Return the prototype of a letter, punctuation mark or mathematical symbol; any other character is returned."""
    if sign.isascii():
        return _ASCII.get(sign, sign)
    category = unicodedata.category(sign)
    return PROTOTYPES.get(ord(sign), sign) if category[0] in "LP" or category == "Sm" else sign


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
