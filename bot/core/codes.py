"""Codes that pupils type to join a class, and secrets in links. Knows neither classes nor where they are kept."""

import base64
import re
import unicodedata
from random import Random

from bot.core.limits import LONGEST_CODE, fits

CODE_LENGTH = 6
# A code is read from a wall and typed on a phone, so of signs that look alike none is in it: 0 O Q, 1 I L, 2 Z, 5 S,
# 6 G, 8 B, U V Y. Vowels are out so that no words appear, and 3 and 4, which are read as E and A. That leaves
# 15 signs and 11 million codes: where 100 classes are open, a guess finds one of them once in 100,000 times.
ALPHABET = "CDFHJKMNPRTWX79"
# A Russian or Kazakh keyboard gives letters that look the same.
_LATIN = str.maketrans("КМНРСТХҺ", "KMHPCTXH")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_SECRET_BITS = 128
SECRET_LENGTH = 22  # six bits a sign


def make_code(dice: Random) -> str:
    """Make a code of CODE_LENGTH signs; whether it is in use already is for the caller to see."""
    return "".join(dice.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str | None:
    """Read what a pupil typed: in any case, with spaces or dashes, in look-alike Cyrillic letters. None for no code."""
    if not fits(text, LONGEST_CODE):
        return None
    typed = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_LATIN)
    return typed if len(typed) == CODE_LENGTH and set(typed) <= set(ALPHABET) else None


def make_secret(dice: Random) -> str:
    """Make a secret of 128 bits in 22 signs of ``A-Z a-z 0-9 _ -``, as a start link takes (Bot API, deep linking).

    The dice must be ``random.SystemRandom``, or whoever sees some secrets can foretell the next.
    """
    drawn = dice.getrandbits(_SECRET_BITS).to_bytes(_SECRET_BITS // 8, "big")
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")
