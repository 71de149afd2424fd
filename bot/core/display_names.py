"""What the people of one class or group are called before others: each differently, so that each is recognized.

Namesakes get the initial of their surname, where that is known, else a number. Whoever has no name that can be seen is
a guest. Knows texts, not people.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from bot.core.skeletons import MOST_CACHED, skeletons
from bot.core.visible_text import is_mark, visible_text


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody as they are called.

    Attributes:
        name: as it was brought; it need not be seen.
        initial: the first letter of the surname; empty where that is not known.
    """

    name: str
    initial: str = ""


def initial_of(surname: str) -> str:
    """Return the first letter of a surname with its marks, as a capital; nothing where it begins with none."""
    seen = visible_text(surname)
    if not seen[:1].isalpha():
        return ""
    end = next((place for place in range(1, len(seen)) if not is_mark(seen[place])), len(seen))
    letter = seen[:end].upper()
    return letter if len(letter) == end else seen[:end]


def display_names(people: Sequence[NamedPerson], guest: Callable[[int], str]) -> list[str]:
    """Return what each is called, so that no two names are taken for one another.

    Args:
        people: everybody there is, in the order of joining, so that nobody's number changes.
        guest: makes the name of a guest of their place in that order.
    """
    seen = [_drawn(one.name) for one in people]
    looks = Counter(look for name in seen if name for look in skeletons(name))
    taken = {look for look, times in looks.items() if times == 1}
    numbers: Counter[str] = Counter()
    told = []
    for place, (one, name) in enumerate(zip(people, seen, strict=True), 1):
        if name and all(looks[look] == 1 for look in skeletons(name)):
            told.append(name)
            continue
        candidates = _namesakes(one, name, numbers) if name else _guests(place, len(people), guest)
        told.append(_first_free(candidates, taken))
        taken |= skeletons(told[-1])
    return told


# Asked again at every round, of everybody in a group.
_drawn = lru_cache(maxsize=MOST_CACHED)(visible_text)


def _namesakes(one: NamedPerson, name: str, numbers: Counter[str]) -> Iterator[str]:
    """Yield what one of several of a name may be called; ``numbers`` are the last ones given."""
    base = f"{name} {one.initial}." if one.initial else name
    yield base
    while True:
        numbers[base] = max(numbers[base], 1) + 1
        yield f"{base} {numbers[base]}"


def _guests(place: int, people: int, guest: Callable[[int], str]) -> Iterator[str]:
    """Yield what a guest may be called: by their place, or if somebody is called that, by one that nobody has."""
    yield from map(guest, count(place, people))


def _first_free(candidates: Iterator[str], taken: Collection[str]) -> str:
    return next(name for name in candidates if skeletons(name).isdisjoint(taken))
