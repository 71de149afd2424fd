"""Rules for nicknames on a board: readable, not rude, and unlike the names of others. Works on texts only.

A list of banned words stops the usual insults. It cannot stop all of them: the teacher can rename and remove pupils.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Literal

from bot.core.reserved_names import ReservedNames, is_reserved
from bot.core.skeletons import skeletons
from bot.core.text_limits import LONGEST_NAME, LONGEST_NICKNAME, is_within
from bot.core.visible_text import first_characters, is_mark, visible_text

MOST_CHARACTERS = 20
# Cyrillic letters are compared as their Latin homoglyphs, and Kazakh ones as the letters that are typed for them.
_HOMOGLYPHS = str.maketrans("авекмнорстухіѕјһԁәөүұқғңıøł", "abekmhopctyxisjhdaoyykгhiol")
_SHAPES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
_CYRILLIC_SHAPES = str.maketrans({"0": "о", "1": "і", "3": "з", "4": "ч", "6": "б", "@": "а"})
_LETTERS = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


@dataclass(frozen=True, slots=True)
class BannedWords:
    """Words that are banned in nicknames, as patterns for folded text.

    Attributes:
        words: matches a whole word.
        parts: matches the words that are also banned inside longer words.
    """

    words: re.Pattern[str]
    parts: re.Pattern[str]


def read_banned_words(text: str) -> BannedWords:
    """Parse a list of banned words: one a line; ``#`` begins a comment, a final ``*`` bans it inside longer words."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    words = [line.rstrip("*") for line in lines]
    parts = [line.rstrip("*") for line in lines if line.endswith("*")]
    return BannedWords(_pattern(words), _pattern(parts))


def clean(text: str) -> str:
    """Return a typed nickname in NFKC: its visible characters with single spaces, at most LONGEST with their marks.

    The result may be empty. Only the first LONGEST_NICKNAME code points are read.
    """
    return first_characters(_visible(text), MOST_CHARACTERS)


def clean_name(text: str) -> str:
    """Return a real name on one line without invisible characters; empty if it is longer than LONGEST_NAME."""
    if not is_within(text, LONGEST_NAME):
        return ""
    return visible_text(text)


NicknameFault = Literal["", "empty", "long", "rude", "reserved", "taken"]
"""The reason for which a nickname is refused; empty for none."""


def fault_in(
    nickname: str,
    banned: BannedWords,
    taken: Collection[str],
    reserved: ReservedNames = ReservedNames(),  # noqa: B008 - a value
) -> NicknameFault:
    """Return the first fault of a nickname, typed or cleaned; ``taken`` are the stored nicknames of the others.

    Names with a common skeleton count as the same. ``reserved`` has the names that only leaders of the class may use.
    """
    if not is_within(nickname, LONGEST_NICKNAME):
        return "long"
    visible = _visible(nickname)
    if not visible:
        return "empty"
    if _is_rude(visible, banned):
        return "rude"
    if visible != first_characters(visible, MOST_CHARACTERS):
        return "long"
    if is_reserved(visible, reserved):
        return "reserved"
    return "taken" if skeletons(visible) & _skeletons_of(taken) else ""


def make_unique(nickname: str, taken: Collection[str]) -> str:
    """Return the cleaned nickname, with the first number from 2 that makes it unique if it is taken."""
    cleaned, others = clean(nickname), _skeletons_of(taken)
    tried, number = cleaned, 1
    while skeletons(tried) & others:
        number += 1
        tried = f"{first_characters(cleaned, MOST_CHARACTERS - len(f' {number}'))} {number}".strip()
    return tried


def suggest(words: Collection[str], seed: str, banned: BannedWords, taken: Collection[str]) -> str:
    """Return one of these words as a free nickname; the seed decides which."""
    drawn = Random(seed).sample(list(words), len(words))  # noqa: S311 - an offer is no secret
    others = _skeletons_of(taken)
    free_words = (word for word in drawn if not skeletons(word) & others and not fault_in(word, banned, ()))
    return next(free_words, None) or make_unique(drawn[0], taken)


def _visible(text: str) -> str:
    """Return the visible characters of a text in NFKC; only its first LONGEST_NICKNAME code points are read."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_NICKNAME])[:LONGEST_NICKNAME]
    return visible_text(unicodedata.normalize("NFKC", visible_text(plain)))


def _skeletons_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(skeletons, names))


def _is_rude(nickname: str, banned: BannedWords) -> bool:
    for text in {nickname, _HUMP.sub(" ", nickname)}:
        for read in _folded_variants(text):
            words = set(_words(read))
            if any(map(banned.words.fullmatch, words)) or any(map(banned.parts.search, words)):
                return True
            if banned.parts.fullmatch("".join(_LETTERS.findall(read))):
                return True
    return False


def _folded_variants(text: str) -> Iterator[str]:
    """Yield the folded variants of a text: with its digits, with Latin letters for them, and with Cyrillic ones."""
    small = text.casefold()[:LONGEST_NICKNAME]
    for dressed in (small, small.translate(_SHAPES), small.translate(_CYRILLIC_SHAPES)):
        yield _fold(dressed)[:LONGEST_NICKNAME]


def _fold(text: str) -> str:
    """Fold a lower-case text: without marks, and with Latin homoglyphs for Cyrillic letters."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not is_mark(sign))
    return plain.translate(_HOMOGLYPHS)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text: runs of letters, the letters between two spaces, and spaced-out letters joined."""
    apart = _LETTERS.findall(text)
    yield from apart
    yield from ("".join(_LETTERS.findall(word)) for word in text.split())
    for alone, letters in groupby(apart, lambda word: len(set(word)) == 1):
        if alone:
            yield "".join(letters)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Build a pattern for words in which each letter may occur more often than in the word, but not less often.

    A match starts only at the first of a run of equal letters, and the quantifiers are possessive: so the time of a
    search is linear in the length of the text, not quadratic.
    """
    folded = {"".join(_LETTERS.findall(_fold(word.casefold()))) for word in words} - {""}
    return re.compile("|".join(map(_repeated, sorted(folded))) or r"(?!)")


def _repeated(word: str) -> str:
    rows = "".join(f"{re.escape(sign)}{{{len(list(row))},}}+" for sign, row in groupby(word))
    return f"(?<!{re.escape(word[0])}){rows}"
