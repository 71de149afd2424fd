"""Kazakh inflection, also of words typed on a keyboard without Kazakh letters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.core.marking.kazakh_endings import derivation_stems, derivations, inflections, stems
from bot.core.marking.kazakh_words import WORDS, is_passive_of
from bot.core.marking.rule_types import TextRule, WordRule, word_set
from bot.core.marking.russian_inflection import is_common_word
from bot.core.marking.russian_names import differ_in_sex

_WORD = re.compile(r"[а-яәғқңөұүһі]{2,40}")
_KAZAKH = re.compile("[әғқңөұүһі]")
_RUSSIAN_SUBSTITUTES = {"ә": "аэ", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и"}
_PLAIN = str.maketrans({letter: plain[0] for letter, plain in _RUSSIAN_SUBSTITUTES.items()} | {"э": "а"})
# Words in Russian letters that are Kazakh words of their own, so they do not stand for a word with Kazakh letters.
_RUSSIAN_LETTER_WORDS = word_set(
    """
    ал ан ас ат ой ол он ор от бос бол жан жау мал мол нан сан сор тан тар той тон тор туз бала дара жара тана тары
    """
)
# Adjectives and other words that look like an inflected noun: заңды is "lawful", қазына "treasure".
_NOT_INFLECTED = word_set(
    """
    заңды әділетті күшті құнды тәтті қымбатты маңызды білімді басты атты беделді міндетті қажетті тиісті
    қазына тары сары қазы алты жеті жарты дәрі кәрі тірі барлығы қалған ақылды мәнді
    қауіпті бақытты қуатты сенімді тиімді өнімді мәдениетті әдепті тәртіпті қасиетті көрікті мазмұнды шартты талантты
    сауатты табысты басқа отын теңге
    """
)
_SHORTEST = 2
_LONG_WORD = 5
_HYPHENATED = re.compile(
    r"(?P<word>[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]{2,}|\w*[әғқңөұүһіӘҒҚҢӨҰҮҺІ]\w*)[-‐‑–]"
    r"(?:(?:[лдт][ае]р)?(?:[ыі]|с[ыі])?(?:[ндт][ыіи][ңн]|[ғгқк][ае]|н?[дт][ае]|[ндт][ыі]|[ндт][ае]н|[мбп]ен|н[ае]|н)?)"
    r"(?!\w)"
)
_NEGATION = re.compile(r"(?<=..)[мбп][ае](?=(?P<ending>.+))")
_ROOT = 3
_ENDING_ONSETS = {"д": "дт", "ғ": "ғқ", "г": "гк"}  # assimilation after a voiceless letter: айтты, айтпады


def is_kazakh_inflection(typed: str, accepted: str) -> bool:
    """Return whether two folded words are inflected forms of one Kazakh noun, possibly without Kazakh letters."""
    if typed == accepted:
        return True
    return _may_be_kazakh(typed, accepted) and _is_form(typed, accepted) and not differ_in_sex(typed, accepted)


def is_typed_without_kazakh_letters(typed: str, text: str) -> bool:
    """Return whether ``typed`` is ``text`` on a Russian keyboard, both folded: кол for көл or қол."""
    return len(typed) == len(text) and typed != text and _matches_substituted(text, typed)


def without_hyphenated_endings(text: str) -> Iterable[str]:
    """Return the text without case endings after a hyphen (БҰҰ-ның is БҰҰ); nothing if it has none."""
    shorter = _HYPHENATED.sub(r"\g<word>", text)
    return () if shorter == text else (shorter,)


def is_other_kazakh_word(typed: str, accepted: str) -> bool:
    """Return whether two similar words differ in meaning: by derivation (тәуелсіз, тәуелсіздік), negation or voice."""
    if typed == accepted or not (_WORD.fullmatch(typed) and _WORD.fullmatch(accepted)):
        return False
    if len(typed) == len(accepted) and _are_minimal_pair(typed, accepted):
        return True
    return (
        differ_in_sex(typed, accepted)
        or _is_derived(typed, accepted)
        or _is_derived(accepted, typed)
        or _have_different_derivations(typed, accepted)
        or _is_negated(typed, accepted)
        or _is_negated(accepted, typed)
        or _inflects_another_word(typed, accepted)
        or is_passive_of(typed, accepted)
        or is_passive_of(accepted, typed)
    )


def _inflects_another_word(typed: str, accepted: str) -> bool:
    """Return whether the typed word inflects a word of the table that the accepted word does not inflect."""
    near = (word for word in WORDS if word[:_ROOT] == typed[:_ROOT] and len(word) <= len(typed))
    return any(
        typed == word or (is_kazakh_inflection(typed, word) and not is_kazakh_inflection(accepted, word))
        for word in near
    )


def _may_be_kazakh(first: str, second: str) -> bool:
    """Return whether two words may be Kazakh: one has a Kazakh letter, or one is not a common Russian word."""
    if not (_WORD.fullmatch(first) and _WORD.fullmatch(second)):
        return False
    begun = 2 if min(len(first), len(second)) < _LONG_WORD else 3
    if _plain(first)[:begun] != _plain(second)[:begun]:
        return False
    return bool(_KAZAKH.search(first) or _KAZAKH.search(second)) or not (
        is_common_word(first) and is_common_word(second)
    )


def _plain(word: str) -> str:
    return word.translate(_PLAIN)


@lru_cache(maxsize=4096)
def _is_form(typed: str, accepted: str) -> bool:
    if any(_matches_substituted(form, typed) for form in _forms(accepted).get(_plain(typed), ())):
        return True
    is_plain = len(accepted) >= _LONG_WORD and not _KAZAKH.search(accepted)  # the author had no such letters
    forms = _forms(typed).get(_plain(accepted), ())
    return accepted in forms or (is_plain and any(_matches_substituted(form, accepted) for form in forms))


def _matches_substituted(form: str, typed: str) -> bool:
    """Return whether a form equals the typed word, whose Kazakh letters may be Russian substitutes."""
    if typed == form:
        return True
    alike = all(mine == own or mine in _RUSSIAN_SUBSTITUTES.get(own, "") for mine, own in zip(typed, form, strict=True))
    return alike and typed not in _RUSSIAN_LETTER_WORDS


@lru_cache(maxsize=256)
def _forms(word: str) -> Mapping[str, frozenset[str]]:
    """Return the inflected forms of every noun that a word may belong to, by their spelling in Russian letters."""
    found: dict[str, set[str]] = defaultdict(set)
    for stem in {word} if word in _NOT_INFLECTED else set(stems(word)):
        for form in inflections(stem):
            if form not in _NOT_INFLECTED or form == word:
                found[_plain(form)].add(form)
    return {plain: frozenset(forms) for plain, forms in found.items()}


def _are_minimal_pair(typed: str, accepted: str) -> bool:
    """Return whether two words are a minimal pair of Kazakh letters, both typed on purpose: ұн, үн."""
    return _plain(typed) == _plain(accepted) and not _matches_substituted(accepted, typed)


@lru_cache(maxsize=4096)
def _is_derived(word: str, base: str) -> bool:
    return any(_plain(word) == _plain(form) for stem in set(stems(base)) for form in derivations(stem))


def _have_different_derivations(first: str, second: str) -> bool:
    """Return whether two words are different derivations of one noun: мемлекеттік (of the state), мемлекетсіз."""
    one, other = derivation_stems(first), derivation_stems(second)
    return any(one[stem] != other[stem] for stem in one.keys() & other.keys() if len(stem) >= _SHORTEST)


def _is_negated(word: str, base: str) -> bool:
    """Return whether a verb is the negation of another: мойындалмады, мойындалды."""
    for found in _NEGATION.finditer(word):
        ending = found["ending"]
        if base in {word[: found.start()] + first + ending[1:] for first in _ENDING_ONSETS.get(ending[0], ending[0])}:
            return True
    return False


KAZAKH = WordRule(
    name="Kazakh inflection and letters",
    source="Қазақ грамматикасы (Астана, 2002), зат есім: көптік, тәуелдік, септік; a table of our own",
    is_same_word=is_kazakh_inflection,
    is_other_word=is_other_kazakh_word,
    right=(
        ("Қазақстанның", "Қазақстан"),
        ("Қазақстанға", "Қазақстан"),
        ("Казакстаннын", "Қазақстан"),
        ("Қазақстан", "Қазақстанда"),
        ("адам құқықтары", "адам құқығы"),
        ("адам құқығы", "адам құқықтары"),
        ("адамның құқығын", "адам құқығы"),
        ("тауелсиз", "тәуелсіз"),
        ("тәуелсіздігіміз", "тәуелсіздік"),
        ("тілдерінің", "тіл"),
        ("мектебінде", "мектеп"),
        ("халқының", "халық"),
        ("конституциясы", "конституция"),
        ("елдің", "ел"),
        ("балалармен", "бала"),
        ("банкі", "банк"),
        ("Ыдырысовтың", "Ыдырысов"),
        ("парламентте", "парламент"),
        ("кол", "көл"),
        ("анасы", "ана"),
        ("суды", "су"),
        ("Әуезовтің", "Әуезов"),
    ),
    wrong=(
        ("қазақ", "Қазақстан"),
        ("қорлау", "қорғау"),
        ("сайлады", "сайланды"),
        ("қабылданған", "қабылдаған"),
        ("қазақстандық", "Қазақстан"),
        ("Өзбекстан", "Қазақстан"),
        ("тәуелсіздік", "тәуелсіз"),
        ("тәуелді", "тәуелсіз"),
        ("тәуелділік", "тәуелсіздік"),
        ("заңсыз", "заң"),
        ("заңды", "заң"),
        ("заңгер", "заң"),
        ("оқытушы", "оқушы"),
        ("тілші", "тіл"),
        ("елші", "ел"),
        ("қалам", "қала"),
        ("білім", "біл"),
        ("қазына", "қаз"),
        ("жарқын", "жарық"),
        ("құқықтық", "құқық"),
        ("құқықтық", "құқықтың"),
        ("мойындалмады", "мойындалды"),
        ("айтпады", "айтты"),
        ("мемлекетсіз", "мемлекеттік"),
        ("қол", "көл"),
        ("үн", "ұн"),
        ("ол", "өл"),
        ("балық", "бала"),
        ("әйел", "ел"),
        ("күң", "күн"),
        ("Әуезова", "Әуезов"),
    ),
)

KAZAKH_ABBREVIATIONS = TextRule(
    name="Kazakh endings after a hyphen",
    source="Қазақ тілінің орфографиялық ережесі: an ending joins an abbreviation by a hyphen",
    variants=without_hyphenated_endings,
    right=(
        ("БҰҰ-ның", "БҰҰ"),
        ("АҚШ-та", "АҚШ"),
        ("БҰҰ", "БҰҰ-да"),
        ("ЕҚЫҰ-дан", "ЕҚЫҰ"),
        ("бұұ-мен", "БҰҰ"),
    ),
    wrong=(
        ("БҰҰ-сыз", "БҰҰ"),
        ("АҚШ-тық", "АҚШ"),
        ("БҰҰ-ның", "АҚШ"),
        ("БҰҰ-ма", "БҰҰ"),
    ),
)
