"""Kazakh noun endings: plural, possessive and case, by the rules of vowel harmony and consonant assimilation.

Derivational suffixes (-лық, -шы, -сыз, -лы) make other words; verb endings (-ма, -ды) are not covered.
"""

import re
from collections.abc import Iterator

from bot.core.marking.rule_types import word_set

_BACK, _FRONT = frozenset("аоұыяё"), frozenset("әөүіеэ")  # у, ю and ь are neutral
_VOWELS = frozenset("аәеиоөуұүыіэюяё")
_NASALS = frozenset("мнң")
_VOICED_SIBILANTS = frozenset("зж")
_LIQUIDS = frozenset("рлй")
_VOICELESS = frozenset("пфкқтсшщхцчһбвгд")  # б, в, г and д end loanwords, where they are voiceless
_TO_FRONT = str.maketrans("ағқы", "егкі")
_VOICED = {"қ": "ғ", "к": "г", "п": "б"}
_DEVOICED = {changed: letter for letter, changed in _VOICED.items()}
# Nouns that drop their last vowel before an ending with a vowel: халық, халқы.
_DROPPING_VOWEL = word_set("халық орын ерік ауыз мойын ерін қарын мұрын көңіл дауыс парық әріп құлып ауыл бұрыш")
_SHORTEST_STEM = 3
_ENDINGS = re.compile(
    r"(?:[лдт][ае]р)?(?:[ыі](?:м[ыі]з)?|с[ыі]|м[ыі]з)?"
    r"(?:[ндт][ыі]ң|[ғгқк][ае]|н[ае]|[ндт][ыі]|н?[дт][ае]|[ндт][ае]н|[мбп]ен|н)?"
)
_LONGEST_ENDING = 12  # letters of a plural, a possessive and a case ending together
_DERIVATIONS = (
    ("лық", "дық", "тық"),
    ("шы",),
    ("сыз",),
    ("лы",),
    ("ша",),
    ("шыл",),
    ("лас", "дас", "тас"),
    ("сыздық",),
    ("шылық",),
)


def harmonies(stem: str) -> tuple[bool, ...]:
    """Return whether endings of a stem have front vowels; both values if the stem does not decide, as in loanwords."""
    if stem.endswith(("к", "г", "ов", "ев")):
        return (False, True)  # банкі, педагогы; Әуезовтің
    for letter in reversed(stem):
        if letter == "и":
            break  # Парижде, тарихта
        if letter in _BACK or letter in _FRONT:
            return (letter in _FRONT,)
    return (False, True)


def inflections(stem: str) -> Iterator[str]:
    """Yield the forms of a noun: plural, possessive of the third person and of "our", and case; itself included."""
    for front in harmonies(stem):
        for base in (stem, *_plurals(stem, front=front)):
            yield from _cases(base, front=front, possessed=False)
            for owned in _possessed(base, front=front):
                yield from _cases(owned, front=front, possessed=not owned.endswith("з"))


def stems(word: str) -> Iterator[str]:
    """Yield a word and each possible lemma of three letters or more."""
    yield word
    for length in range(max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING), len(word)):
        stem = word[:length]
        if not _ENDINGS.fullmatch(word[length:]):
            continue
        for candidate in (stem, stem[:-1] + _DEVOICED.get(stem[-1], stem[-1])):
            if word in set(inflections(candidate)):
                yield candidate
    yield from (
        stem
        for stem in _DROPPING_VOWEL
        if word.startswith(_without_last_vowel(stem)) and word in set(inflections(stem))
    )


def derivations(stem: str) -> Iterator[str]:
    """Yield the words derived from a noun by a suffix: agent, quality, absence and others."""
    for front in harmonies(stem):
        yield from (stem + _harmonized(ending, front=front) for endings in _DERIVATIONS for ending in endings)


def derivation_stems(word: str) -> dict[str, int]:
    """Return the stems that a word may be derived from, each with the number of its derivation."""
    return {
        word.removesuffix(written): number
        for number, endings in enumerate(_DERIVATIONS)
        for ending in endings
        for written in (ending, ending.translate(_TO_FRONT))
        if word.endswith(written)
    }


def _harmonized(ending: str, *, front: bool) -> str:
    return ending.translate(_TO_FRONT) if front else ending


def _plurals(stem: str, *, front: bool) -> Iterator[str]:
    last = stem.rstrip("ьъ")[-1:]
    first = "т" if last in _VOICELESS else "д" if last in _NASALS | _VOICED_SIBILANTS | {"л"} else "л"
    yield stem + _harmonized(first + "ар", front=front)


def _possessed(base: str, *, front: bool) -> Iterator[str]:
    bare = base.rstrip("ьъ")
    if bare[-1:] in _VOWELS:
        yield base + _harmonized("сы", front=front)
        yield base + _harmonized("мыз", front=front)
    if bare[-1:] not in _VOWELS or bare[-1:] in "иу":
        for stem in _before_vowel(bare):
            yield stem + _harmonized("ы", front=front)
            yield stem + _harmonized("ымыз", front=front)


def _before_vowel(stem: str) -> Iterator[str]:
    """Yield the forms of a stem before a vowel: құқық becomes құқығ, халық becomes халқ; loanwords (банк) stay."""
    if stem in _DROPPING_VOWEL:
        yield _without_last_vowel(stem)
    yield stem[:-1] + _VOICED.get(stem[-1:], stem[-1:])
    if stem[-1:] in "кп":
        yield stem


def _without_last_vowel(stem: str) -> str:
    return stem[:-2] + stem[-1]


def _cases(base: str, *, front: bool, possessed: bool) -> Iterator[str]:
    yield base
    endings = _POSSESSED_CASES if possessed else _case_endings(base.rstrip("ьъ")[-1:])
    yield from (base + _harmonized(ending, front=front) for ending in endings if not ending.endswith("ен"))
    yield from (base + ending for ending in endings if ending.endswith("ен"))  # мен has one form for both harmonies


_POSSESSED_CASES = ("ның", "на", "н", "нда", "нан", "мен")


def _case_endings(last: str) -> tuple[str, ...]:
    """Return the endings of genitive, dative, accusative, locative, ablative and instrumental after a letter."""
    if last in _VOICELESS:
        return ("тың", "қа", "ты", "та", "тан", "пен")
    if last in _NASALS:
        return ("ның", "ға", "ды", "да", "нан", "мен")
    if last in _VOICED_SIBILANTS:
        return ("дың", "ға", "ды", "да", "дан", "бен")
    if last in _LIQUIDS:
        return ("дың", "ға", "ды", "да", "дан", "мен")
    if last in "ую":
        return ("дың", "ның", "ға", "ды", "ны", "да", "дан", "мен")
    return ("ның", "дың", "ға", "ны", "да", "дан", "мен") if last == "и" else ("ның", "ға", "ны", "да", "дан", "мен")
