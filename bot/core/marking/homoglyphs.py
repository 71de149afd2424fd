"""Homoglyphs: Latin, Cyrillic and Greek letters that look the same count as the same letter in a typed answer.

Uses the table of confusables of Unicode Technical Standard 39, as the comparison of nicknames does. Homoglyphs have
the same case: a capital В is a B, a small в is not a b. Digits are never homoglyphs of letters.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.core.confusables import PROTOTYPES
from bot.core.marking.rule_types import PairRule, TextRule

_ALPHABETS = ("CYRILLIC", "LATIN", "GREEK")
"""In order of preference for a word that could belong to several alphabets."""

# The code points from which these alphabets are typed: Basic Latin to IPA, Greek, Cyrillic.
_POINTS = (*range(0x41, 0x2B0), *range(0x370, 0x530))
# Additions to the table, and exclusions from it: readers do not confuse г with r, or σ with o.
_ADDED_CONFUSABLES = {"k": "ĸ", "χ": "x"}
_DISTINCT = frozenset("гσǝ")
_SMALL_DIGITS = "₀-₉⁰-⁹²³¹"
_WORD = re.compile(rf"(?:[^\W\d_{_SMALL_DIGITS}][\u0300-\u036f]*)+")
_POINT = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)")
_ROMAN = re.compile(r"[IVXLCDMІХӀ]*[ІХӀ][IVXLCDMІХӀ]*")
_ROMAN_LETTERS = str.maketrans("ІӀХ", "IIX")


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _classes() -> Iterator[tuple[str, ...]]:
    """Yield the sets of homoglyphs: letters of one case and at least two alphabets."""
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for letter in map(chr, _POINTS):
        case = unicodedata.category(letter)
        if case in {"Lu", "Ll"} and _alphabet(letter) in _ALPHABETS and letter not in _DISTINCT:
            alike[case, _ADDED_CONFUSABLES.get(letter) or PROTOTYPES.get(ord(letter), letter)].append(letter)
    yield from (tuple(letters) for letters in alike.values() if len({*map(_alphabet, letters)}) > 1)


_CLASSES = tuple(_classes())
_CANONICAL = {ord(letter): letters[0] for letters in _CLASSES for letter in letters}
_IN_ALPHABET = {
    alphabet: {
        letter: next(other for other in letters if _alphabet(other) == alphabet)
        for letters in _CLASSES
        if alphabet in map(_alphabet, letters)
        for letter in letters
    }
    for alphabet in _ALPHABETS
}


def unify_alphabet(text: str) -> Iterable[str]:
    """Yield the text with each word of mixed alphabets written in one; nothing if it has no such word."""
    if text.isascii():
        return
    apart = unicodedata.normalize("NFD", text)
    written = _WORD.sub(lambda found: _unify_word(found[0]), apart)
    if written != apart:
        yield unicodedata.normalize("NFC", written)


def in_accepted_alphabet(typed: str, accepted: str) -> Iterable[str]:
    """Yield the typed text with the homoglyphs of accepted words replaced by these words; nothing if it has none."""
    known = _words_by_shape(accepted)
    apart = _POINT.sub("", unicodedata.normalize("NFD", typed))
    written = _WORD.sub(lambda found: _accepted_spelling(found[0], known), apart)
    if written != apart:
        yield unicodedata.normalize("NFC", written)


def _accepted_spelling(word: str, known: Mapping[str, str]) -> str:
    """Return the accepted word of another alphabet that looks like the typed one; the typed one if there is none."""
    other = known.get(shape_of(word), word)
    return word if set(map(_alphabet, word)) == set(map(_alphabet, other)) else other


@lru_cache(maxsize=4096)
def _words_by_shape(accepted: str) -> dict[str, str]:
    """Return the words of an accepted text by their shapes in lower case, in upper case and as written."""
    words = _WORD.findall(_POINT.sub("", unicodedata.normalize("NFD", accepted)))
    return {shape_of(cased): word for word in words for cased in (word.lower(), word.upper(), word.title(), word)}


def shape_of(word: str) -> str:
    """Return a word with each letter as its first homoglyph; a single letter counts as a capital (vitamin b)."""
    return (word.upper() if len(word) == 1 else word).translate(_CANONICAL)


def _unify_word(word: str) -> str:
    """Return a word in the one alphabet that has homoglyphs of all its letters; else in that of most of its letters."""
    if _ROMAN.fullmatch(word):
        return word.translate(_ROMAN_LETTERS)
    letters = [letter for letter in word if letter.isalpha()]
    counts = Counter(map(_alphabet, letters))
    if len(counts) < 2 or not counts.keys() <= {*_ALPHABETS}:  # noqa: PLR2004 - fewer than two are not mixed
        return word
    possible = [one for one in _ALPHABETS if all(_is_writable_in(letter, one) for letter in letters)]
    most, count = counts.most_common(1)[0]
    if not possible and 2 * count <= len(letters):
        return word
    alphabet = most if most in possible or not possible else possible[0]
    return "".join(_IN_ALPHABET[alphabet].get(letter, letter) for letter in word)


def _is_writable_in(letter: str, alphabet: str) -> bool:
    return _alphabet(letter) == alphabet or letter in _IN_ALPHABET[alphabet]


MIXED_ALPHABETS = TextRule(
    name="a word of mixed alphabets",
    source="Unicode Technical Standard 39; keyboards with two layouts",
    variants=unify_alphabet,
    right=(
        ("Қaзaқcтaн", "Қазақстан"),
        ("əлем", "әлем"),
        ("тiл", "тіл"),
        ("Cοuncil of Eurοpe", "Council of Europe"),
        ("COVID-19", "СOVID-19"),
        ("ХIV век", "XIV век"),
        ("Article І", "Article I"),
        ("Екатерина ІІ", "Екатерина 2"),
        ("Straβe", "Straße"),
    ),
    wrong=(
        ("Article ІІ", "Article I"),
        ("нe признано", "признано"),
        ("ХIV век", "XVI век"),
    ),
)

HOMOGLYPH_WORDS = PairRule(
    name="homoglyphs of an accepted word",
    source="Unicode Technical Standard 39",
    variants=in_accepted_alphabet,
    right=(
        ("витамин С", "витамин C"),
        ("витамин в", "витамин B"),
        ("CCCP", "СССР"),
        ("cccp", "СССР"),
        ("MOCKBA", "Москва"),
        ("ΝΑΤΟ", "NATO"),
        ("H2O", "Н2О"),
        ("Н₂О", "H2O"),
        ("C.C.C.P.", "СССР"),
        ("O. O. H.", "О.О.Н."),
        ("рН", "pH"),
    ),
    wrong=(
        ("bода", "вода"),
        ("Hапоlеоn", "Наполеон"),
        ("витамин В", "витамин C"),
        ("H20", "H2O"),
        ("CCP", "СССР"),
        ("мир", "mup"),
        ("coh", "сон"),
    ),
)
