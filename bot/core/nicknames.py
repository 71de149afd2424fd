"""What pupils may call themselves on a board: readable, not rude, nobody else's name. Knows texts, not people.

A list of refused words stops what is typed in a hurry. It cannot stop everything: the teacher can rename and remove.
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

LONGEST = 20
# Cyrillic letters are compared as the Latin ones that they are taken for; Kazakh ones as what is typed for them too.
_HOMOGLYPHS = str.maketrans("авекмнорстухіѕјһԁәөүұқғңıøł", "abekmhopctyxisjhdaoyykгhiol")
_SHAPES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
_CYRILLIC_SHAPES = str.maketrans({"0": "о", "1": "і", "3": "з", "4": "ч", "6": "б", "@": "а"})
_LETTERS = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


@dataclass(frozen=True, slots=True)
class BannedWords:
    """Words that no nickname may be made of, as patterns of folded text.

    Attributes:
        words: matches a whole word; ``parts`` what is refused inside longer words as well.
    """

    words: re.Pattern[str]
    parts: re.Pattern[str]


def read_banned_words(text: str) -> BannedWords:
    """Read a list of refused words: one a line, ``#`` begins a comment, a ``*`` at the end finds it in longer words."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    words = [line.rstrip("*") for line in lines]
    parts = [line.rstrip("*") for line in lines if line.endswith("*")]
    return BannedWords(_pattern(words), _pattern(parts))


def clean(text: str) -> str:
    """Return the nickname that somebody typed: visible signs with single spaces, at most LONGEST signs as people count.

    Compatibility forms become plain letters (NFKC). May return nothing at all. Reads no more than LONGEST_NICKNAME.
    """
    return first_characters(_visible(text), LONGEST)


def clean_name(text: str) -> str:
    """Return a real name on one line, without signs that show nothing; nothing where far too much was typed."""
    if not is_within(text, LONGEST_NAME):
        return ""
    return visible_text(text)


Fault = Literal["", "empty", "long", "rude", "reserved", "taken"]
"""What can be wrong with a nickname; empty for nothing."""


def fault_in(
    nickname: str,
    banned: BannedWords,
    taken: Collection[str],
    reserved: ReservedNames = ReservedNames(),  # noqa: B008 - a value
) -> Fault:
    """Return what is wrong with a nickname, as it was typed or cleaned; ``taken`` are the others', as they are stored.

    Names that are taken for one another are the same; ``reserved`` is what those who lead the class alone are called.
    """
    if not is_within(nickname, LONGEST_NICKNAME):
        return "long"
    visible = _visible(nickname)
    if not visible:
        return "empty"
    if _is_rude(visible, banned):
        return "rude"
    if visible != first_characters(visible, LONGEST):
        return "long"
    if is_reserved(visible, reserved):
        return "reserved"
    return "taken" if skeletons(visible) & _skeletons_of(taken) else ""


def make_unique(nickname: str, taken: Collection[str]) -> str:
    """Return this nickname, cleaned, or with the first number from 2 that makes it nobody else's."""
    cleaned, others = clean(nickname), _skeletons_of(taken)
    tried, number = cleaned, 1
    while skeletons(tried) & others:
        number += 1
        tried = f"{first_characters(cleaned, LONGEST - len(f' {number}'))} {number}".strip()
    return tried


def suggest(words: Collection[str], seed: str, banned: BannedWords, taken: Collection[str]) -> str:
    """Return one of these words as a nickname that is free: which one, the seed says."""
    drawn = Random(seed).sample(list(words), len(words))  # noqa: S311 - an offer is no secret
    others = _skeletons_of(taken)
    free_words = (word for word in drawn if not skeletons(word) & others and not fault_in(word, banned, ()))
    return next(free_words, None) or make_unique(drawn[0], taken)


def _visible(text: str) -> str:
    """Return what is seen of a text in compatibility form; no more is read of it than a nickname may have."""
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
    """Yield the folded readings of a text: digits as they are, as Latin letters, as Cyrillic ones."""
    small = text.casefold()[:LONGEST_NICKNAME]
    for dressed in (small, small.translate(_SHAPES), small.translate(_CYRILLIC_SHAPES)):
        yield _fold(dressed)[:LONGEST_NICKNAME]


def _fold(text: str) -> str:
    """Reduce small letters to what they are taken for: without marks, and Cyrillic as Latin."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not is_mark(sign))
    return plain.translate(_HOMOGLYPHS)


def _words(text: str) -> Iterator[str]:
    """Give the words of a text: between any signs, between spaces with signs left out, and of letters set apart."""
    apart = _LETTERS.findall(text)
    yield from apart
    yield from ("".join(_LETTERS.findall(word)) for word in text.split())
    for alone, letters in groupby(apart, lambda word: len(set(word)) == 1):
        if alone:
            yield "".join(letters)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Build a pattern of words in which each letter may be repeated, but never is there less often than in the word.

    Each word is tried at the beginning of a row of its first letter alone, and no row is given back: so the time that a
    search takes grows with the text, and not with its square.
    """
    folded = {"".join(_LETTERS.findall(_fold(word.casefold()))) for word in words} - {""}
    return re.compile("|".join(map(_repeated, sorted(folded))) or r"(?!)")


def _repeated(word: str) -> str:
    rows = "".join(f"{re.escape(sign)}{{{len(list(row))},}}+" for sign, row in groupby(word))
    return f"(?<!{re.escape(word[0])}){rows}"
