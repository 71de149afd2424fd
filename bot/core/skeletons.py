"""Skeletons of names (Unicode Technical Standard 39): two names with a common skeleton are easily confused.

Case, spaces, punctuation and invisible characters are folded as well; emoji are not. Works on texts only.
"""

import unicodedata
from functools import lru_cache

from bot.core.confusables import PROTOTYPES
from bot.core.text_limits import LONGEST_NICKNAME

# Enough for thirty classes of a thousand pupils; an entry takes some 500 bytes.
MOST_CACHED = 32_768

# Invisible marks and letters (Default_Ignorable_Code_Point), blanks of several scripts, and the object replacement
# character.
_INVISIBLE = frozenset(
    {
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x13441, 0x13442, 0x1D159),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
        *range(0x1F3FB, 0x1F400),  # skin tones
    }
)
# Decorated letters that neither normalization nor the table folds: small capitals, white letters in black circles and
# squares, and the regional indicators of flags.
_DECORATED = {
    ord(dressed): plain for dressed, plain in zip("ᴀʙᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴘꞯʀᴛᴜʏ", "abdefghijklmnpqrtuy", strict=True)
} | {first + place: chr(ord("a") + place) for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)}
# A capital I looks like l, but among capitals it is read as I.
_CAPITALS = PROTOTYPES | {
    point: "i" for point, shown in PROTOTYPES.items() if shown == "l" and unicodedata.category(chr(point)) == "Lu"
}
# Confusables that the table lacks: п and и (to which it assigns π and ᴎ) with n and u, w with vv, and Coptic alpha.
_MISSING_PROTOTYPES = str.maketrans({"π": "n", "ᴎ": "u", "w": "vv", "ⲁ": "a", "Ⲁ": "a"})
# In the scripts below this character, NFC composes a letter and its own mark to one code point.
_FIRST_WITH_MARKS_APART = "\u0590"
# From here on: arrows, technical symbols, dingbats, emoji. Two names may differ in them alone.
_FIRST_PICTURE = 0x2190


@lru_cache(maxsize=MOST_CACHED)
def skeletons(name: str) -> frozenset[str]:
    """Return the skeletons of a name; two names with a common skeleton are easily confused.

    There is a skeleton of the name as written, where I looks like l; in lower case, where rn looks like m; and in upper
    case, where the Russian м looks like M. A name without letters and digits keeps its signs, so that it differs from
    other such names.
    """
    seen = visible_letters(name)
    small = without_stray_marks(unicodedata.normalize("NFC", seen.casefold()))
    as_written = {_folded(_skeleton(seen).casefold()), _folded(small), _folded(without_punctuation(small))}
    found = {text.translate(_MISSING_PROTOTYPES) for text in as_written} | {skeleton_of_capitals(name)}
    return frozenset(found - {""}) or frozenset({"".join(_skeleton(small).split())})


def skeleton_of_capitals(name: str) -> str:
    """Return the skeleton of a name in upper case; empty for a name without letters, digits and emoji."""
    apart = unicodedata.normalize("NFD", without_punctuation(visible_letters(name)).upper())
    return _folded(apart.translate(_CAPITALS).casefold())


def visible_letters(name: str) -> str:
    """Return the visible characters of a name in NFKC; only its first LONGEST_NICKNAME code points are read."""
    plain = unicodedata.normalize("NFKC", name[:LONGEST_NICKNAME])[:LONGEST_NICKNAME]
    plain = plain.translate(_DECORATED)
    return without_stray_marks(
        "".join(sign for sign in plain if ord(sign) not in _INVISIBLE and (sign.isspace() or _shows(sign)))
    )


def without_stray_marks(text: str) -> str:
    """Return a composed text without marks that are part of no letter: a stroke through a Latin one, an accent on а."""
    kept: list[str] = []
    base = ""
    for sign in text:
        is_mark = unicodedata.category(sign)[0] == "M"
        base = base if is_mark else sign
        if not is_mark or base >= _FIRST_WITH_MARKS_APART:
            kept.append(sign)
    return "".join(kept)


def without_punctuation(text: str) -> str:
    """Return a text without spaces, punctuation and signs; letters, digits, their marks and emoji remain."""
    return "".join(filter(_is_kept, text))


def _folded(text: str) -> str:
    return without_punctuation(_skeleton(text))


def _skeleton(text: str) -> str:
    """Return the skeleton of a text (UTS 39, section 4), with plain letters for decorated ones."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", apart.translate(PROTOTYPES).translate(_DECORATED))


def _shows(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"


def _is_kept(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "LNM" or (category == "So" and ord(sign) >= _FIRST_PICTURE)
