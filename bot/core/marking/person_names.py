"""Names of people in another order or abbreviated: "Möller, Michael", "M. Möller", «А. С. Пушкин», "Mr Möller".

Surname and given name may be exchanged without a comma only if the accepted text surely names a person: it has a
frequent given name, a patronymic or the suffix of a surname. With a comma or initials, capitalized words are enough,
unless one of them occurs in names of organizations and places (United Nations). A surname is never abbreviated, and
initials must match the names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.marking.folding import fold
from bot.core.marking.given_names import GIVEN_NAMES, NO_NAMES
from bot.core.marking.homoglyphs import shape_of
from bot.core.marking.month_names import PLAIN
from bot.core.marking.rule_types import PairRule, TextRule, WordRule, word_set
from bot.core.marking.russian_dictionary import parses_of

_PARTICLES = word_set("von van der den de da di du dos del la le bin ibn ben al el ter zu фон ван де да ди ибн бин аль")
_HIS = r"\w{2,}(?:ович|евич|ич|ұлы|улы|uly|ovich|evich)"
_HERS = r"\w{2,}(?:овна|евна|ична|инична|қызы|кызы|kyzy|qyzy|ovna|evna)"
_PATRONYMIC = re.compile(rf"(?P<his>{_HIS})|(?P<hers>{_HERS})")
_SURNAME = re.compile(
    r"\w{2,}(?:ов|ев|ова|ева|ский|ская|енко|швили|ұлы|улы|қызы|ov|ev|ova|eva|sky|skiy|skaya|enko|shvili|uly)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʼ`´][^\W\d_]+)*\.?")
_TITLE = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mister|sir|dr|doctor|prof|professor|madam|madame|г-н|г-жа|господин|госпожа|мистер|миссис|доктор|"
    r"профессор|сэр|мырза|ханым)(?:\.\s?|\s)){1,2}(?=\S)",
    re.IGNORECASE,
)
_INITIAL_A = re.compile(r"(?<![\w.])(?<!\.\s)A\.\s?(?=[A-ZÀ-Þ]\w)")
_GIVEN_NAMES = GIVEN_NAMES | {name.translate(PLAIN) for name in GIVEN_NAMES}
_LONGEST_NAME = 60
_LONGEST_INITIAL = 3  # "Дж.", "Th.", with the point
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _PersonName:
    """An accepted text as the name of a person; ``is_sure`` is whether it surely names one."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    surname_first: bool
    is_sure: bool


def without_title(text: str) -> Iterable[str]:
    """Yield a name of two words or more without its titles ("Prof. Dr."); nothing if it has no title."""
    yield from (name for name in _without_title(text) if " " in name)


def surname_without_title(text: str) -> Iterable[str]:
    """Yield a name of one word without its titles; nothing if it has no title."""
    yield from (name for name in _without_title(text) if " " not in name)


def _without_title(text: str) -> Iterator[str]:
    stripped = " ".join(text.split())
    if (found := _TITLE.match(stripped)) is not None:
        yield stripped[found.end() :]


def in_accepted_order(typed: str, accepted: str) -> Iterable[str]:
    """Yield a typed name in the accepted name's order with its initials expanded; nothing if the names do not match."""
    person = _person(accepted)
    if person is None or len(typed) > _LONGEST_NAME:
        return
    for given, surname in _given_and_surname(typed, person):
        written = _matched_given_names(given, person)
        if written and surname and not any(map(_is_initial, surname)):
            names = (*surname, *written) if person.surname_first else (*written, *surname)
            yield " ".join(names)


def has_another_initial(typed: str, accepted: str) -> bool:
    """Return whether a typed name has the initial "A.", which folding would remove, and the accepted name has none."""
    return bool(_INITIAL_A.search(typed)) and not any(word.casefold().startswith("a") for word in accepted.split())


@lru_cache(maxsize=4096)
def _person(text: str) -> _PersonName | None:
    """Parse an accepted text as the name of a person; None if it cannot be one."""
    title = _TITLE.match(text)
    words = _words(text[title.end() if title else 0 :].replace(",", " "))
    if not 1 < len(words) <= _MOST_WORDS or not all(_may_be_name(word) for word in words):
        return None
    folded = [fold(word) for word in words]
    known = [_is_given(word) for word in folded]
    middle = next((place for place, word in enumerate(folded) if _PATRONYMIC.fullmatch(word) and place), 0)
    first = "," in text or (not known[0] and (known[1] or 0 < middle == len(words) - 1 > 1))
    sure = any(known) or middle > 1 or any(map(_SURNAME.fullmatch, folded)) or any(map(_is_initial, words))
    if first:
        return _PersonName(tuple(words[1:]), (words[0],), surname_first=True, is_sure=sure)
    start = next((place for place, word in enumerate(folded) if place and word in _PARTICLES), len(words) - 1)
    return _PersonName(tuple(words[:start]), tuple(words[start:]), surname_first=False, is_sure=sure)


def _words(text: str) -> list[str]:
    """Return the words and the single initials of a name; none if the text has anything else."""
    spaced = re.sub(r"(?<=\.)-?(?=\w)", " ", text.strip(" .!?\"'«»“”()") + ("." if text.rstrip().endswith(".") else ""))
    words = spaced.split()
    return words if all(_WORD.fullmatch(word) for word in words) else []


def _may_be_name(word: str) -> bool:
    return (word[0].isupper() and fold(word) not in NO_NAMES) or word in _PARTICLES


@lru_cache(maxsize=4096)
def _is_given(word: str) -> bool:
    if word.translate(PLAIN) in _GIVEN_NAMES:
        return True
    return bool(re.fullmatch("[а-я]{3,20}", word)) and any("Name" in one.grammemes for one in parses_of(word))


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 or (word.endswith(".") and len(word) <= _LONGEST_INITIAL)


def _given_and_surname(typed: str, person: _PersonName) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each way to divide a typed text into given names and surname."""
    before, comma, after = typed.partition(",")
    if comma:
        given = _words(after)
        cut = next((place for place in range(len(given)) if {*given[place:]} <= _PARTICLES), len(given))
        yield _initials(given[:cut], person), [*given[cut:], *_words(before)]
        return
    words = _words(typed)
    for length in sorted({len(person.surname), len(re.split(r"[\s-]", " ".join(person.surname)))}):
        if length < len(words) <= _MOST_WORDS:
            yield _initials(words[:-length], person), words[-length:]
            if person.is_sure or all(map(_is_initial, words[length:])):
                yield _initials(words[length:], person), words[:length]


def _initials(words: list[str], person: _PersonName) -> list[str]:
    """Return the typed given names, with joined initials separated ("JF Kennedy")."""
    if len(words) == 1 and words[0].isalpha() and words[0].isupper() and 1 < len(words[0]) == len(person.given):
        return [*words[0]]
    return words


def _matched_given_names(typed: Sequence[str], person: _PersonName) -> list[str] | None:
    """Return the typed given names as the accepted text writes them; None if they do not match."""
    given = [*typed]
    if len(given) > len(person.given):
        given = [name for name in given if not _is_patronymic_of(name, person)]
    rest = given[len(person.given) :]
    if not given or not all(map(_is_initial, rest)):
        return None
    written = [_spelled_out(mine, theirs) for mine, theirs in zip(given, person.given, strict=False)]
    return None if "" in written else [*written, *person.given[len(written) :]]


def _spelled_out(mine: str, theirs: str) -> str:
    """Return the accepted given name if either is an initial and they match; empty if they do not match."""
    if not (_is_initial(mine) or _is_initial(theirs)):
        return mine
    begun = min(len(mine.rstrip(".")), len(theirs.rstrip(".")))
    agree = _first(mine) == _first(theirs) and fold(mine[1:begun]) == fold(theirs[1:begun])
    return theirs if agree else ""


def _first(name: str) -> str:
    """Return the first letter of a name, with homoglyphs and Kazakh letters unified."""
    return shape_of(name[0].lower().translate(PLAIN))


def _is_patronymic_of(name: str, person: _PersonName) -> bool:
    """Return whether a name is a patronymic that agrees with the sex of the accepted person."""
    found = _PATRONYMIC.fullmatch(fold(name))
    is_woman = fold(person.surname[-1])[-1:] in {"а", "я", "a"}
    return found is not None and bool(found["hers"]) == is_woman


def differ_in_sex(typed: str, accepted: str) -> bool:
    """Return whether two words in Latin letters are a man's and a woman's name with one stem: Idrissov, Idrissova."""
    shorter, longer = sorted((typed, accepted), key=len)
    return longer == f"{shorter}a" and (shorter in GIVEN_NAMES or shorter.endswith(("ov", "ev")))


TITLE = TextRule(
    name="a title before a name",
    source="English, Russian and Kazakh usage",
    variants=without_title,
    right=(
        ("Mr. Michael Möller", "Michael Möller"),
        ("Isaac Newton", "Sir Isaac Newton"),
        ("Prof. Dr. Michael Möller", "Michael Möller"),
        ("господин Ерлан Идрисов", "Ерлан Идрисов"),
    ),
    wrong=(("Michael Möller", "Prince Michael Möller"), ("Mr Erlan Idrissov", "Michael Möller")),
)

TITLE_OF_SURNAME = TextRule(
    name="a title before a surname",
    source="English, Russian and Kazakh usage",
    variants=surname_without_title,
    typed_only=True,
    right=(("Mr Möller", "Möller"), ("Prof. Dr. Möller", "Möller"), ("г-н Идрисов", "Идрисов")),
    wrong=(("Möller", "Prince Möller"), ("Mr", "Möller"), ("Mr Idrissov", "Möller"), ("Drama", "Ama")),
)

SEXES = WordRule(
    name="names of a man and of a woman",
    source="surnames in -ov and -ev, given names in -a",
    is_same_word=lambda _typed, _accepted: False,
    is_other_word=differ_in_sex,
    right=(("Idrissov", "Idrissov"), ("Idrisov", "Idrissov")),
    wrong=(("Idrissova", "Idrissov"), ("Erlan Idrissova", "Erlan Idrissov"), ("Michaela Möller", "Michael Möller")),
)

PERSON = PairRule(
    name="names of people in another order or abbreviated",
    source="catalogues and class registers, in which the surname comes first",
    variants=in_accepted_order,
    are_opposites=has_another_initial,
    right=(
        *(
            (typed, "Michael Möller")
            for typed in ("Möller, Michael", "Möller Michael", "M. Möller", "M Möller", "Möller M.")
        ),
        *(
            (typed, "Michael Möller")
            for typed in ("Moeller, M.", "mr. michael möller", "It is Möller, Michael", "M.Möller")
        ),
        *((typed, "Александр Сергеевич Пушкин") for typed in ("А. С. Пушкин", "Пушкин А.С.", "А. Пушкин", "АС Пушкин")),
        *((typed, "Александр Пушкин") for typed in ("А. С. Пушкин", "Александр Сергеевич Пушкин", "Пушкин, Александр")),
        *((typed, "John F. Kennedy") for typed in ("J. F. Kennedy", "Kennedy, John F.", "John Fitzgerald Kennedy")),
        ("von Goethe, Johann Wolfgang", "Johann Wolfgang von Goethe"),
        ("Құнанбаев Абай", "Абай Құнанбаев"),
        ("К. Сатбаев", "Қаныш Сәтбаев"),
        ("Шоқай Мұстафа", "Мұстафа Шоқай"),
        ("Isaac Newton", "Newton, Isaac"),
        ("Kunanbayev Xyz", "Xyz Kunanbayev"),
        ("Qwerty, Xyz", "Xyz Qwerty"),
    ),
    wrong=(
        *(
            (typed, "Michael Möller")
            for typed in ("A. Möller", "Michael M.", "M. M.", "Möller A.", "Müller Mark", "M.")
        ),
        *((typed, "Александр Сергеевич Пушкин") for typed in ("А. П. Пушкин", "С. А. Пушкин", "А. С. Грибоедов")),
        *((typed, "Александр Пушкин") for typed in ("Лев Пушкин", "Пушкина Александра Ивановна", "не А. Пушкин")),
        ("A. Möller", "Möller"),
        ("Nations United", "United Nations"),
        ("Nations, United", "United Nations"),
        ("U. Nations", "United Nations"),
        ("rights human", "human rights"),
        ("Rights, Human", "Human Rights"),
        ("house guest", "guest house"),
        ("Qwerty Xyz", "Xyz Qwerty"),
    ),
)
