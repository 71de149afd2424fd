"""Texts of people, as they are put into the bot's own: names isolated, nothing in them a link, command or mention.

What Telegram finds in a text by itself is in TDLib (``td/telegram/MessageEntity.cpp``), phone numbers apart, which its
servers find. A word joiner (U+2060) ends each of these, shows nothing, and breaks no line.
"""

import re
from itertools import pairwise

JOINER = "\u2060"
# First strong isolate and its end: what stands between them changes no direction around it (UAX 9).
ISOLATE, ISOLATE_END = "\u2068", "\u2069"

# Marks, embeddings, overrides and isolates of direction: whoever wrote them need not have ended them.
_DIRECTIONS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Behind each of these signs a joiner is put; more is broken than Telegram finds, since clients and servers differ.
_SIGNS = re.compile(
    r"@(?=\w)"  # mentions and addresses of mail
    r"|#(?=[^\s\u2060\ufe0f\u20e3])"  # hashtags
    r"|\$(?=[^\W\d_]|1INCH)"  # cashtags; the number is the name of a currency
    r"|(?<!\w)/(?=\w)"  # commands
    r"|:(?=//)"  # any scheme, such as tg://
    r"|\.(?=[^\W\d_][^\s\d.,:;!?()\[\]{}<>\"'«»/\\\u2060-])"  # domains: a point before two letters
    r"|(?<=\d)\.(?=\d+\.\d+\.\d)"  # numeric addresses
)
# Numbers of telephones and bank cards: with a plus, with signs between the digits, or long.
_NUMBERS = re.compile(r"\+[\s().-]{0,3}\d(?:[\s().-]{0,3}\d){4,}|\d(?:[ \u00a0\u202f()-]{0,3}\d){6,}")
# What is as long and no such number: thousands set apart, two years, a date, and fewer than ten digits in a row.
_PLAIN_NUMBERS = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{4} ?- ?\d{4}|\d{4}-\d\d-\d\d|\d{1,9}",
)
_DIGITS_TOGETHER = 3
# Most texts have none of all this, and are looked through once.
_SUSPECT = re.compile(
    r"[@#$+\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\.\S|(?<!\w)/|://|\d(?:[ \u00a0\u202f()-]{0,3}\d){6}"
)


def undirected(text: str) -> str:
    """Return a text without characters that turn the direction of what follows."""
    return text.translate(_DIRECTIONS)


def unlinked(text: str) -> str:
    """Return a text in which Telegram finds nothing to tap; done twice it is the same as once."""
    return "".join(unlinked_parts((text,))) if _SUSPECT.search(text) else text


def unlinked_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of one text, which stand side by side in a message, so that nothing to tap spans them."""
    plain = [undirected(part) for part in parts]
    breaks = _breaks("".join(plain))
    if not breaks:
        return tuple(plain)
    broken, start = [], 0
    for part in plain:
        end = start + len(part)
        places = [start, *(place for place in breaks if start < place <= end), end]
        pieces = [part[one - start : other - start] for one, other in pairwise(places)]
        broken.append(JOINER.join(pieces))
        start = end
    return tuple(broken)


def isolated(name: str) -> str:
    """Return a name on one line that changes no direction around it; nothing where it is empty."""
    told = " ".join(undirected(name).split())
    return f"{ISOLATE}{told}{ISOLATE_END}" if told else ""


def _breaks(text: str) -> list[int]:
    """Return the places at which joiners are put."""
    places = {match.end() for match in _SIGNS.finditer(text)}
    for match in _NUMBERS.finditer(text):
        if not _PLAIN_NUMBERS.fullmatch(match[0]):
            places.update(match.start() + place for place in _digit_breaks(match[0]))
    return sorted(places)


def _digit_breaks(number: str) -> list[int]:
    """Return the places behind the plus and behind every third digit, but for the last."""
    digits = [place for place, sign in enumerate(number, 1) if sign.isdecimal()]
    behind = digits[_DIGITS_TOGETHER - 1 : -1 : _DIGITS_TOGETHER]
    return [1, *behind] if number.startswith("+") else behind
