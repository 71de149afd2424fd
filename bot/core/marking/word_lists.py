"""Lookup of a typed word in the lists of its language: a listed word is not a misspelling of another."""

import re
from functools import lru_cache
from itertools import product

from bot.core.marking.british_spelling import to_american
from bot.core.marking.english_words import frequency_of
from bot.core.marking.rule_types import word_set
from bot.core.marking.russian_dictionary import parses_of

_ENGLISH = re.compile(r"[a-z]{4,40}")
_RUSSIAN = re.compile(r"[а-я]{4,40}")
# Names of substances that differ in a letter and that the lists lack (IUPAC, Nomenclature of Organic Chemistry and of
# Inorganic Chemistry).
_SUBSTANCES = frozenset(
    "".join(parts)
    for stems, endings in (
        ("meth eth prop but pent hex hept oct non dec alk", "ane ene yne yl anol anal anone"),
        ("phosph sulf sulph nitr chlor brom iod fluor arsen selen carbon", "ate ite ide ine"),
        ("мет эт проп бут пент гекс гепт окт нон дек алк", "ан ен ин ил анол анал анон"),
        ("фосф сульф нитр хлор бром иод фтор арсен селен карбон", "ат ит ид ин"),
    )
    for parts in product(stems.split(), endings.split())
)
_ADDED_WORDS = word_set(
    """
    complier compliers
    mentee mentees proscription copernicium flerovium livermorium moscovium nihonium oganesson tennessine
    asocial ahistorical acellular avascular alogical apolar aperiodic acentric asymptomatic apolitical atonal
    ligase lipase lactase maltase sucrase protease reductase cytokine cytosine peroneal perineal mandatary
    """
)
# Entries of the English list that are common misspellings, according to codespell's dictionary.
_MISSPELT = word_set(
    """
    surprize ballance sherif advices equipments heros colum torpedos trolly accidently idealogy casette corelation
    racoon racoons conquerer dependance dependancy independance pallette imbedded imbedding intrusted liquify miniscule
    homogenous vermillion unmistakeably transferrable restauranteurs millepede floatation tesselate tesselation
    parrakeets reenforce reenforced reenforces reenforcing alined conveyer constructer instal instals detecter skelton
    massachusets massachusett micheal elanor wether hight issus perviously
    """
)
_LEAST_FREQUENCY = 60  # the list has 50 for words that its corpus lacks
_FREQUENCY_RATIO = 1000
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))


@lru_cache(maxsize=4096)
def is_word(typed: str, accepted: str) -> bool:
    """Return whether a folded word is in the word list of its language.

    The English list has rare words that are mostly typed by mistake (``secund``): such a word counts as a misspelling
    of an accepted word that is a thousand times as frequent.
    """
    if typed in _SUBSTANCES or typed in _ADDED_WORDS:
        return True
    if _RUSSIAN.fullmatch(typed):
        return any("Erro" not in parse.grammemes for parse in parses_of(typed))
    if not _ENGLISH.fullmatch(typed) or typed in _MISSPELT:
        return False
    frequency = max(map(frequency_of, _variants(typed) - _MISSPELT), default=0)
    return frequency > _LEAST_FREQUENCY or (frequency > 0 and frequency_of(accepted) < _FREQUENCY_RATIO * frequency)


def _variants(word: str) -> set[str]:
    """Return a word and its possible singulars, each also in American spelling."""
    endings = () if word.endswith("ss") else _ENDINGS
    singulars = {word.removesuffix(ending) + letter for ending, letter in endings if word.endswith(ending)}
    return {word, to_american(word), *singulars, *map(to_american, singulars)}
