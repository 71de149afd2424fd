"""Codes that pupils type to join a class, and secrets in links. Does not depend on classes or the store."""

import base64
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from bot.core.text_limits import LONGEST_CODE, is_within

CODE_LENGTH = 6
# A code is read from a wall and typed on a phone, so characters that look alike are excluded: 0 O Q, 1 I L, 2 Z, 5 S,
# 6 G, 8 B, U V Y. Vowels are excluded so that codes form no words, with 3 and 4, which resemble E and A. 15 characters
# make 11 million codes: with 100 open classes, one guess in 100,000 hits a class.
ALPHABET = "CDFHJKMNPRTWX79"
# Homoglyphs of the letters on Cyrillic and Greek keyboards.
_LATIN = str.maketrans("КМНРСТХҺЈԜҒϹΚΜΝΗΡΤΧϜ", "KMHPCTXHJWFCKMNHPTXF")
_WORD = re.compile(r"[^\W_]+")
# A start link, possibly URL-encoded (Bot API, "Deep linking"); a bot's username has at most 32 characters.
_HOST = r"(?:t\.me|telegram\.(?:me|dog)|tg:)"
_LINK = re.compile(_HOST + r"\S{0,100}?(?:[?&;]|%3f|%26)start(?:=|%3d)([a-z0-9_-]{1,64})", re.IGNORECASE)
# Labels before a code, in the languages of the bot.
_LABELS = frozenset(word.translate(_LATIN) for word in ("CODE", "KOD", "КОД", "КОДА", "КОДОМ", "КОДЫ", "КОДІ", "КОДЫН"))
_GROUP = 3
_VOWELS = frozenset("AEIOUYАЕЁИОУЫЭЮЯІӘӨҰҮ")
# The most characters outside the alphabet in a mistyped code; a number of consonants in a row that short words lack.
_MOST_FOREIGN_SIGNS = 2
_UNPRONOUNCEABLE = 5
# Longer words are not quoted in replies.
_LONGEST_QUOTED = 12
_SECRET_BITS = 128
SECRET_LENGTH = 22  # six bits a character
_SECRET = re.compile(r"[A-Za-z0-9_-]+")


def make_code(rng: Random) -> str:
    """Create a code of CODE_LENGTH characters; the caller checks that it is not in use."""
    return "".join(rng.choice(ALPHABET) for _ in range(CODE_LENGTH))


def is_secret(text: str) -> bool:
    """Return whether a text has the form of a secret, part of which may look like a class code."""
    return len(text) == SECRET_LENGTH and _SECRET.fullmatch(text) is not None


def read_code(text: str) -> str | None:
    """Return the class code in a text that somebody sent; None if there is none.

    The code may be in any case, in Cyrillic or Greek homoglyphs, with spaces or punctuation in or around it, among
    other words, or in a join link. Only the first of several codes counts, so that one text is one guess.
    """
    typed = [_signs(word) for word in _words(text)]
    whole = "".join(word for word in typed if word not in _LABELS)
    if _is_code(whole):
        return whole
    found = [*_after_label(typed), *(one for one in (*typed, *_split_codes(text, typed)) if not one.isdecimal())]
    return next(filter(_is_code, found), None)


def is_quantity(text: str) -> bool:
    """Return whether a text that could be a code is rather an answer: a number, or a number with its unit."""
    words = [_signs(word) for word in _words(text)]
    if not _is_code("".join(words)):
        return False
    has_number = any(word.isdecimal() for word in words)
    return all(word.isdecimal() for word in words) or (has_number and len({len(word) for word in words}) > 1)


def mistyped_code(text: str, *, in_quiz: bool) -> str | None:
    """Return the mistyped class code in a text; None for a valid code and for ordinary words.

    A mistyped code has one character too few or too many, or characters that no code has. ``in_quiz`` is stricter, so
    that an answer in the wrong place is not mistaken for a code.
    """
    if read_code(text):
        return None
    if payload := link_payload(text):
        return _signs(payload) if _WORD.fullmatch(payload) and len(payload) <= _LONGEST_QUOTED else None
    words = _words(text)
    places = [place for place, word in enumerate(words) if _signs(word) in _LABELS]
    tried = [[word for place, word in enumerate(words) if place not in places]]
    tried += [[word] for word in (words[places[0] + 1 :] if places else () if in_quiz else filter(_is_mixed, words))]
    return next(("".join(map(_signs, one)) for one in tried if _resembles_code(one, in_quiz=in_quiz)), None)


def code_to_quote(text: str) -> str:
    """Return the code to quote in a reply to a text that was meant as a code; empty if it is more than a short word."""
    code = read_code(text) or mistyped_code(text, in_quiz=False)
    words = [] if code else [word.upper() for word in _words(text) if _signs(word) not in _LABELS]
    return code or (words[0] if len(words) == 1 and len(words[0]) <= _LONGEST_QUOTED else "")


def link_payload(text: str) -> str:
    """Return the parameter of the start link in a text; empty if there is none."""
    found = _LINK.search(text) if is_within(text, LONGEST_CODE) else None
    return found[1] if found else ""


def _words(text: str) -> list[str]:
    """Return the words of a text, or of the start link in it, in compatibility form without format characters."""
    if not is_within(text, LONGEST_CODE):
        return []
    # The compatibility form of the numero sign is the letters "No".
    plain = unicodedata.normalize("NFKC", (link_payload(text) or text).replace("№", " "))
    return _WORD.findall("".join(sign for sign in plain if unicodedata.category(sign) != "Cf"))


def _signs(word: str) -> str:
    """Return a word in the form of a code: upper case, Latin letters for their homoglyphs, digits 0-9."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in word.upper().translate(_LATIN))


def _split_codes(text: str, typed: Sequence[str]) -> list[str]:
    """Return possible codes in pieces among other words: two groups, hyphenated pieces, or single characters."""
    if not is_within(text, LONGEST_CODE):
        return []
    groups = [one + other for one, other in pairwise(typed) if len(one) == len(other) == _GROUP]
    hyphenated = [_signs("".join(_words(word))) for word in text.split() if "-" in word or "\u2011" in word]
    single = "".join(word if len(word) == 1 else " " for word in typed).split()
    return [*groups, *hyphenated, *single]


def _is_code(typed: str) -> bool:
    return len(typed) == CODE_LENGTH and set(typed) <= set(ALPHABET)


def _after_label(typed: Sequence[str]) -> list[str]:
    """Return possible codes after the word "code": up to CODE_LENGTH words joined, or the end of the word itself."""
    first = next((place for place, word in enumerate(typed, 1) if word in _LABELS), len(typed))
    ends = range(1, CODE_LENGTH + 1)
    behind = ["".join(typed[start : start + count]) for start in range(first, len(typed)) for count in ends]
    return [*behind, *(word[-CODE_LENGTH:] for word in typed if word[:-CODE_LENGTH] in _LABELS)]


def _resembles_code(words: Sequence[str], *, in_quiz: bool) -> bool:
    """Return whether words, joined, are a code with a typo and neither a word of a language nor a number."""
    typed = "".join(map(_signs, words))
    slips = sum(sign not in ALPHABET for sign in typed)
    most = (1 if len(typed) >= CODE_LENGTH else 0) if in_quiz else _MOST_FOREIGN_SIGNS
    if abs(len(typed) - CODE_LENGTH) > 1 or slips > most:
        return False
    # A number beside letters is a quantity, unless the two are the groups of a code.
    has_number = any(word.isdecimal() for word in words)
    if has_number and (in_quiz or [len(word) for word in words] != [_GROUP, _GROUP]):
        return False
    vowels = sum(sign in _VOWELS for sign in typed)
    return vowels == 0 or (vowels == 1 and _is_unpronounceable(words, in_quiz=in_quiz))


def _is_unpronounceable(words: Sequence[str], *, in_quiz: bool) -> bool:
    """Return whether there is one unpronounceable word, or outside a quiz one in capitals, as codes are shown."""
    if len(words) != 1:
        return False
    consonants = re.split(f"[{''.join(_VOWELS)}]", _signs(words[0]))
    is_typed_as_code = not in_quiz and words[0].isupper()
    return is_typed_as_code or _is_mixed(words[0]) or max(map(len, consonants)) >= _UNPRONOUNCEABLE


def _is_mixed(word: str) -> bool:
    return any(map(str.isdecimal, word)) and any(map(str.isalpha, word))


def make_secret(rng: Random) -> str:
    """Create a secret of 128 bits: 22 characters of ``A-Z a-z 0-9 _ -``, for a start link (Bot API, "Deep linking").

    ``rng`` must be ``random.SystemRandom``; otherwise the next secret could be predicted from earlier ones.
    """
    drawn = rng.getrandbits(_SECRET_BITS).to_bytes(_SECRET_BITS // 8, "big")
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")
