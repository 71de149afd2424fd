"""What two names have in common that are taken for one another: their skeletons, after Unicode Technical Standard 39.

Case, spaces, punctuation and what cannot be seen are folded as well; pictures are not. Knows texts, not people.
"""

import unicodedata
from functools import lru_cache

from bot.core.confusables import PROTOTYPES
from bot.core.text_limits import LONGEST_NICKNAME

# As many as thirty classes of a thousand have; each takes some 500 bytes.
MOST_CACHED = 32_768

# Marks and letters that show nothing (Default_Ignorable_Code_Point), empty cells and blanks of scripts, and what stands
# for an object that is not there.
_INVISIBLE = frozenset(
    {
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x13441, 0x13442, 0x1D159),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
        *range(0x1F3FB, 0x1F400),  # skin tones
    }
)
# Letters in a dress that neither normalization nor the table takes off: small capitals, white letters in black circles
# and squares, and those that flags are made of.
_DECORATED = {
    ord(dressed): plain for dressed, plain in zip("ᴀʙᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴘꞯʀᴛᴜʏ", "abdefghijklmnpqrtuy", strict=True)
} | {first + place: chr(ord("a") + place) for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)}
# A capital I looks like l, but among capitals it is an I.
_CAPITALS = PROTOTYPES | {
    point: "i" for point, shown in PROTOTYPES.items() if shown == "l" and unicodedata.category(chr(point)) == "Lu"
}
# What the published table does not have: п and и (of which it makes π and ᴎ) beside n and u, w beside vv, Coptic alpha.
_MISSING_PROTOTYPES = str.maketrans({"π": "n", "ᴎ": "u", "w": "vv", "ⲁ": "a", "Ⲁ": "a"})
# Below it are the scripts in which a mark that is part of a letter is one code point with it (Unicode, NFC).
_FIRST_WITH_MARKS_APART = "\u0590"
# Above: arrows, technical signs, dingbats, emoji. A name may be told from another by them.
_FIRST_PICTURE = 0x2190


@lru_cache(maxsize=MOST_CACHED)
def skeletons(name: str) -> frozenset[str]:
    """Return what a name is taken for; two names that share one of these are taken for one another.

    Letters are compared as they are written, where I looks like l; as small ones, where rn looks like m; and as
    capitals, where the Russian м looks like M. A name of signs alone is compared by its signs, so that it is not taken
    for any other such name.
    """
    seen = visible_letters(name)
    small = without_stray_marks(unicodedata.normalize("NFC", seen.casefold()))
    as_written = {_folded(_skeleton(seen).casefold()), _folded(small), _folded(without_punctuation(small))}
    found = {text.translate(_MISSING_PROTOTYPES) for text in as_written} | {skeleton_of_capitals(name)}
    return frozenset(found - {""}) or frozenset({"".join(_skeleton(small).split())})


def skeleton_of_capitals(name: str) -> str:
    """Return what a name is taken for where all its letters are capitals; nothing for one of signs alone."""
    apart = unicodedata.normalize("NFD", without_punctuation(visible_letters(name)).upper())
    return _folded(apart.translate(_CAPITALS).casefold())


def visible_letters(name: str) -> str:
    """Return what of a name can be seen, in compatibility form; no more of it than a nickname may have."""
    plain = unicodedata.normalize("NFKC", name[:LONGEST_NICKNAME])[:LONGEST_NICKNAME]
    plain = plain.translate(_DECORATED)
    return without_stray_marks(
        "".join(sign for sign in plain if ord(sign) not in _INVISIBLE and (sign.isspace() or _shows(sign)))
    )


def without_stray_marks(text: str) -> str:
    """Return a composed text without marks that belong to no letter: strokes through a Latin one, an accent on а."""
    kept: list[str] = []
    base = ""
    for sign in text:
        is_mark = unicodedata.category(sign)[0] == "M"
        base = base if is_mark else sign
        if not is_mark or base >= _FIRST_WITH_MARKS_APART:
            kept.append(sign)
    return "".join(kept)


def without_punctuation(text: str) -> str:
    """Return a text without spaces, punctuation and signs; letters, digits, their marks and pictures remain."""
    return "".join(filter(_is_kept, text))


def _folded(text: str) -> str:
    return without_punctuation(_skeleton(text))


def _skeleton(text: str) -> str:
    """Return the skeleton of a text (UTS 39, section 4), in which dressed letters are plain ones."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", apart.translate(PROTOTYPES).translate(_DECORATED))


def _shows(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"


def _is_kept(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "LNM" or (category == "So" and ord(sign) >= _FIRST_PICTURE)
