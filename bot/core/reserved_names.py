"""Reserved names: the leaders' own names and the words for their roles, which pupils may not use. Works on texts only.

A pupil may share a part of a leader's name: Anna, if the teacher is Anna Kim. Refused are names that mean only a
leader: "The teacher", "Teacher Kim", "Miss Kim", "Kim Anna".
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from bot.core.skeletons import MOST_CACHED, skeleton_of_capitals, skeletons, visible_letters

# Filler words, and forms of address, which mean a teacher together with a teacher's name.
_FILLERS = """
a an the i am im is it its me my our your this new real main chief senior official number no of class and quiz
я это мой моя наш наша ваш ваша твой твоя новый новая настоящий настоящая официальный главный главная старший номер
класса викторина викторины
мен бұл біздің сіздің жаңа бас нағыз сынып
"""
_ADDRESSES = """
mr mrs ms miss mx mister missis sir madam maam dr doctor prof professor
мистер миссис мисс господин госпожа доктор профессор
мырза ханым
"""
# Shorter parts of a compound word would match by chance: Bota is not a bot.
_LEAST_PIECE = 3
# How Kazakh is typed on a Russian keyboard; и becomes і, since the digit 1 is read as і.
_KAZAKH_ON_RUSSIAN_KEYBOARD = str.maketrans("әғқңөұүһий", "агкноуухіі")
_SHAPES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
_CYRILLIC_SHAPES = str.maketrans({"0": "о", "1": "і", "3": "з", "4": "ч", "6": "б", "@": "а"})


@dataclass(frozen=True, slots=True)
class ReservedNames:
    """The names that are reserved for the leaders of a class.

    Attributes:
        roles: the words for their roles in every language.
        leaders: their names, as Telegram shows them.
    """

    roles: frozenset[str] = field(default=frozenset())
    leaders: tuple[str, ...] = ()


def is_reserved(nickname: str, reserved: ReservedNames) -> bool:
    """Return whether a nickname means a leader of the class or is a leader's name."""
    if any(_is_same(nickname, leader) for leader in reserved.leaders if leader):
        return True
    meanings = _word_classes(reserved)
    return any(_claims_to_lead(reading, meanings) for reading in _readings(nickname))


@lru_cache(maxsize=64)
def _word_classes(reserved: ReservedNames) -> dict[str, str]:
    """Return the class of each word that can be part of a reserved name: role, address, filler or leader."""
    words = {"role": reserved.roles, "address": frozenset(_ADDRESSES.split()), "filler": frozenset(_FILLERS.split())}
    words["leader"] = frozenset(word for leader in reserved.leaders for word in _parts(leader))
    return {shape: sort for sort, group in reversed(words.items()) for shape in map(_skeleton, group) if shape}


def _is_same(nickname: str, leader: str) -> bool:
    """Return whether two names are the same, without emoji and with their words in any order."""
    if skeletons(nickname) & skeletons(leader):
        return True
    own, theirs = (sorted(map(_skeleton, _parts(name))) for name in (nickname, leader))
    return bool(own) and (own == theirs or "".join(own) == "".join(theirs))


def _claims_to_lead(words: list[str], meanings: dict[str, str]) -> bool:
    """Return whether all words of a name, separate or joined, have a class, and together they mean a leader."""
    read = [_classes_of(word, meanings) for word in words]
    whole = _split("".join(words), meanings)
    return any(
        found is not None and ("role" in found or {"address", "leader"} <= found)
        for found in (whole, None if None in read else frozenset().union(*filter(None, read)))
    )


def _classes_of(word: str, meanings: dict[str, str]) -> frozenset[str] | None:
    """Return the classes of the words that a word is or is joined of; None if it is another word."""
    return frozenset({meanings[word]}) if word in meanings else _split(word, meanings)


def _split(text: str, meanings: dict[str, str]) -> frozenset[str] | None:
    """Return the classes of the words that a text is joined of; None if it is not joined of such words."""
    reached: dict[int, frozenset[str]] = {0: frozenset()}
    for start in range(len(text)):
        for end in range(start + _LEAST_PIECE, len(text) + 1):
            if start in reached and text[start:end] in meanings:
                reached[end] = reached[start] | {meanings[text[start:end]]} | reached.get(end, frozenset())
    return reached.get(len(text)) if text else None


def _readings(nickname: str) -> Iterator[list[str]]:
    """Yield the words of each variant of a nickname: without digits, and with digits as the letters they look like."""
    seen = visible_letters(nickname).casefold()
    apart = "".join(" " if sign.isdecimal() else sign for sign in seen)
    for text in (apart, seen.translate(_SHAPES), seen.translate(_CYRILLIC_SHAPES)):
        yield [_skeleton(word) for word in _parts(text)]


def _parts(name: str) -> list[str]:
    """Return the words of a name; spaces, punctuation and emoji separate them."""
    return "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in visible_letters(name)).split()


@lru_cache(maxsize=MOST_CACHED)
def _skeleton(word: str) -> str:
    """Return the skeleton of a word regardless of case, without marks and with single letters for repeated ones.

    Kazakh letters become the Russian ones that are typed for them. Two pupils' names may differ only in these letters,
    but a pupil's name must differ from a leader's in more.
    """
    typed = visible_letters(word).casefold().translate(_KAZAKH_ON_RUSSIAN_KEYBOARD)
    letters = (sign for sign in skeleton_of_capitals(typed) if unicodedata.category(sign)[0] != "M")
    return "".join(sign for sign, _row in groupby(letters))


def read_reserved(words: Iterable[str], leaders: Collection[str] = ()) -> ReservedNames:
    """Create the reserved names from texts with the words for roles and from the names of the leaders."""
    return ReservedNames(frozenset(word for text in words for word in text.split()), tuple(leaders))
