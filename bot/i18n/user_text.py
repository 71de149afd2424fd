"""Sanitizing of people's texts before they become part of the bot's messages.

Names are isolated, and nothing in the texts becomes a link, a command or a mention. TDLib shows which entities Telegram
detects by itself (``td/telegram/MessageEntity.cpp``); phone numbers are detected by its servers. A word joiner (U+2060)
inserted in the middle prevents the detection; it is invisible and allows no line break.
"""

import re
from itertools import pairwise

WORD_JOINER = "\u2060"
# First strong isolate and its end: the text between them does not change the direction of the text around it (UAX 9).
ISOLATE, ISOLATE_END = "\u2068", "\u2069"

# Directional marks, embeddings, overrides and isolates, which may be unterminated in people's texts.
_BIDI_CONTROLS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# A joiner is inserted after each of these. They cover more than Telegram detects, since clients and servers differ.
_LINK_SIGNS = re.compile(
    r"@(?=\w)"  # mentions and mail addresses
    r"|#(?=[^\s\u2060\ufe0f\u20e3])"  # hashtags
    r"|\$(?=[^\W\d_]|1INCH)"  # cashtags; 1INCH is a currency
    r"|(?<!\w)/(?=\w)"  # commands
    r"|:(?=//)"  # any scheme, such as tg://
    r"|\.(?=[^\W\d_][^\s\d.,:;!?()\[\]{}<>\"'«»/\\\u2060-])"  # domains: a dot before two letters
    r"|(?<=\d)\.(?=\d+\.\d+\.\d)"  # numeric addresses
)
# Phone and bank card numbers: with a plus, with separators, or long.
_NUMBERS = re.compile(r"\+[\s().-]{0,3}\d(?:[\s().-]{0,3}\d){4,}|\d(?:[ \u00a0\u202f()-]{0,3}\d){6,}")
# Similar texts that are not such numbers: grouped thousands, two years, a date, and fewer than ten digits in a row.
_PLAIN_NUMBERS = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{4} ?- ?\d{4}|\d{4}-\d\d-\d\d|\d{1,9}",
)
_MAX_DIGITS = 3
# Fast check: most texts contain none of these.
_MAY_HAVE_LINKS = re.compile(
    r"[@#$+\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\.\S|(?<!\w)/|://|\d(?:[ \u00a0\u202f()-]{0,3}\d){6}"
)


def without_bidi_controls(text: str) -> str:
    """Return a text without characters that control the text direction."""
    return text.translate(_BIDI_CONTROLS)


def without_links(text: str) -> str:
    """Return a text in which Telegram detects no links, mentions or commands. The function is idempotent."""
    return "".join(parts_without_links((text,))) if _MAY_HAVE_LINKS.search(text) else text


def parts_without_links(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return adjacent parts of one text so that Telegram detects nothing in them, not even across parts."""
    plain = [without_bidi_controls(part) for part in parts]
    breaks = _joiner_places("".join(plain))
    if not breaks:
        return tuple(plain)
    broken, start = [], 0
    for part in plain:
        end = start + len(part)
        places = [start, *(place for place in breaks if start < place <= end), end]
        pieces = [part[one - start : other - start] for one, other in pairwise(places)]
        broken.append(WORD_JOINER.join(pieces))
        start = end
    return tuple(broken)


def isolated(name: str) -> str:
    """Return a name on one line, isolated from the text direction around it; empty if the name is empty."""
    line = " ".join(without_bidi_controls(name).split())
    return f"{ISOLATE}{line}{ISOLATE_END}" if line else ""


def _joiner_places(text: str) -> list[int]:
    """Return the places where joiners are inserted."""
    places = {match.end() for match in _LINK_SIGNS.finditer(text)}
    for match in _NUMBERS.finditer(text):
        if not _PLAIN_NUMBERS.fullmatch(match[0]):
            places.update(match.start() + place for place in _joiner_places_in_number(match[0]))
    return sorted(places)


def _joiner_places_in_number(number: str) -> list[int]:
    """Return the places after the plus and after every third digit, except for the last."""
    digits = [place for place, sign in enumerate(number, 1) if sign.isdecimal()]
    behind = digits[_MAX_DIGITS - 1 : -1 : _MAX_DIGITS]
    return [1, *behind] if number.startswith("+") else behind
