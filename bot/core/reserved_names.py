"""Names for those who lead a class alone: their own, and words for what they are. Knows texts, not people.

A pupil may be called like a teacher in part: Anna, where Anna Kim leads. Refused is a name that says nothing else than
who leads: "The teacher", "Teacher Kim", "Miss Kim", "Kim Anna".
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from bot.core.skeletons import MOST_CACHED, skeleton_of_capitals, skeletons, visible_letters

# Words that add nothing, and forms of address, which mean a teacher before the name of one.
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
# Inside a word written in one, shorter words are found by chance: Bota is no bot.
_LEAST_PIECE = 3
# How Kazakh is typed on a Russian keyboard; и and і are one, as a 1 is read as і.
_KAZAKH_ON_RUSSIAN_KEYBOARD = str.maketrans("әғқңөұүһий", "агкноуухіі")
_SHAPES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
_CYRILLIC_SHAPES = str.maketrans({"0": "о", "1": "і", "3": "з", "4": "ч", "6": "б", "@": "а"})


@dataclass(frozen=True, slots=True)
class ReservedNames:
    """What is kept for those who lead a class.

    Attributes:
        roles: words for what they are, in every language; ``leaders`` are their names, as Telegram shows them.
    """

    roles: frozenset[str] = field(default=frozenset())
    leaders: tuple[str, ...] = ()


def is_reserved(nickname: str, reserved: ReservedNames) -> bool:
    """Return whether a nickname says that somebody leads the class, or is the name of who does."""
    if any(_is_same(nickname, leader) for leader in reserved.leaders if leader):
        return True
    meanings = _word_classes(reserved)
    return any(_claims_to_lead(reading, meanings) for reading in _readings(nickname))


@lru_cache(maxsize=64)
def _word_classes(reserved: ReservedNames) -> dict[str, str]:
    """Return what sort of word each is that can say who leads."""
    words = {"role": reserved.roles, "address": frozenset(_ADDRESSES.split()), "filler": frozenset(_FILLERS.split())}
    words["leader"] = frozenset(word for leader in reserved.leaders for word in _parts(leader))
    return {shape: sort for sort, group in reversed(words.items()) for shape in map(_skeleton, group) if shape}


def _is_same(nickname: str, leader: str) -> bool:
    """Return whether two names are one, pictures aside, in whatever order their words stand."""
    if skeletons(nickname) & skeletons(leader):
        return True
    own, theirs = (sorted(map(_skeleton, _parts(name))) for name in (nickname, leader))
    return bool(own) and (own == theirs or "".join(own) == "".join(theirs))


def _claims_to_lead(words: list[str], meanings: dict[str, str]) -> bool:
    """Return whether all words of a name mean who leads, apart or written in one, and one of them means it alone."""
    read = [_classes_of(word, meanings) for word in words]
    whole = _split("".join(words), meanings)
    return any(
        found is not None and ("role" in found or {"address", "leader"} <= found)
        for found in (whole, None if None in read else frozenset().union(*filter(None, read)))
    )


def _classes_of(word: str, meanings: dict[str, str]) -> frozenset[str] | None:
    """Return the sorts of words that a word is made of; None where it is another word."""
    return frozenset({meanings[word]}) if word in meanings else _split(word, meanings)


def _split(text: str, meanings: dict[str, str]) -> frozenset[str] | None:
    """Return the sorts of words that a text is written together of; None where it is not."""
    reached: dict[int, frozenset[str]] = {0: frozenset()}
    for start in range(len(text)):
        for end in range(start + _LEAST_PIECE, len(text) + 1):
            if start in reached and text[start:end] in meanings:
                reached[end] = reached[start] | {meanings[text[start:end]]} | reached.get(end, frozenset())
    return reached.get(len(text)) if text else None


def _readings(nickname: str) -> Iterator[list[str]]:
    """Yield the words of a nickname: without digits, and with digits read as the letters that they look like."""
    seen = visible_letters(nickname).casefold()
    apart = "".join(" " if sign.isdecimal() else sign for sign in seen)
    for text in (apart, seen.translate(_SHAPES), seen.translate(_CYRILLIC_SHAPES)):
        yield [_skeleton(word) for word in _parts(text)]


def _parts(name: str) -> list[str]:
    """Return the words of a name: what stands between spaces, signs and pictures."""
    return "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in visible_letters(name)).split()


@lru_cache(maxsize=MOST_CACHED)
def _skeleton(word: str) -> str:
    """Return what a word is taken for, whatever its case, without marks and with no letter twice in a row.

    Kazakh letters are read as the Russian ones that are typed for them: two pupils may differ in these alone, but no
    pupil differs from whoever leads the class in them alone.
    """
    typed = visible_letters(word).casefold().translate(_KAZAKH_ON_RUSSIAN_KEYBOARD)
    letters = (sign for sign in skeleton_of_capitals(typed) if unicodedata.category(sign)[0] != "M")
    return "".join(sign for sign, _row in groupby(letters))


def read_reserved(words: Iterable[str], leaders: Collection[str] = ()) -> ReservedNames:
    """Return what is reserved, of texts that hold words for roles, and of the names of those who lead."""
    return ReservedNames(frozenset(word for text in words for word in text.split()), tuple(leaders))
