"""What readers see of a text, and which two texts look the same to them; case, accents and signs are seen.

Stricter than the skeletons of nicknames: those are for names that may be mistaken, these for options that cannot be
told apart. Letters of one alphabet are told apart by those who read it; letters of two may be the same shape.
"""

import unicodedata

from bot.core.confusables import PROTOTYPES

# Spaces that are letters or signs to Unicode: Hangul fillers and the empty Braille cell.
_BLANK = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0})
# Marks that show nothing (Default_Ignorable_Code_Point) and are no format characters (Cf).
_INVISIBLE = frozenset(
    {0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)
# Format characters that are drawn: the number and verse signs of Arabic, Syriac and Kaithi.
_VISIBLE_FORMATS = frozenset({*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD})
_JOINERS = frozenset("\u200c\u200d")
_FIRST_JOINED = 0x0590  # Hebrew: joiners change how Arabic and Indic letters and emoji are drawn, not Latin or Cyrillic
_TAGS = range(0xE0020, 0xE0080)  # they tell the flags of England and Scotland apart
_FLAG = "\U0001f3f4"

# Compatibility forms that are drawn like what they stand for: ligatures, full width, Arabic letters by their place.
_SAME_SHAPE = frozenset({"<compat", "<wide", "<narrow", "<noBreak", "<initial", "<medial", "<final", "<isolated"})
_DIFFERENT_SHAPE = frozenset("ſ№") | {chr(point) for point in range(0x03D0, 0x03F6)}

# Letters that the table of Unicode takes for others, but which readers tell apart.
_DISTINCT = frozenset("бгпүЬЛӏαβγδεθιρστυφı")
_ASCII = {"I": "l", '"': "''"}


def visible_form(text: str) -> str:
    """Return what can be seen of a text: decomposed, invisible characters dropped, one space for any white space."""
    plain = unicodedata.normalize("NFD", "".join(map(_plain, unicodedata.normalize("NFC", text))))
    flagged = _FLAG in plain
    kept = (sign for place, sign in enumerate(plain) if _is_visible(plain, place) or (flagged and ord(sign) in _TAGS))
    return " ".join("".join(kept).split())


def are_indistinguishable(one: str, other: str) -> bool:
    """Return whether a reader cannot tell two texts apart."""
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
    """Return what a letter, punctuation mark or sign of mathematics is drawn like; any other sign is only itself."""
    if sign.isascii():
        return _ASCII.get(sign, sign)
    category = unicodedata.category(sign)
    return PROTOTYPES.get(ord(sign), sign) if category[0] in "LP" or category == "Sm" else sign


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
