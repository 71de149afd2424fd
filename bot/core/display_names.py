"""Display names of the people of one class or group: no two are easily confused.

People with the same name get the initial of their surname if it is known, otherwise a number. A person without a
visible name is a guest. Works on texts only.
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
    """A person's name.

    Attributes:
        name: the name as it was entered; it may have no visible characters.
        initial: the first letter of the surname; empty if it is not known.
    """

    name: str
    initial: str = ""


def initial_of(surname: str) -> str:
    """Return the first letter of a surname with its marks, as a capital; empty if it does not begin with a letter."""
    seen = visible_text(surname)
    if not seen[:1].isalpha():
        return ""
    end = next((place for place in range(1, len(seen)) if not is_mark(seen[place])), len(seen))
    letter = seen[:end].upper()
    return letter if len(letter) == end else seen[:end]


def display_names(people: Sequence[NamedPerson], guest: Callable[[int], str]) -> list[str]:
    """Return a display name for each person; no two of them have a common skeleton.

    Args:
        people: all people in the order of joining, so that no number changes when others join.
        guest: creates a guest's name from their place in that order.
    """
    seen = [_visible(one.name) for one in people]
    looks = Counter(look for name in seen if name for look in skeletons(name))
    taken = {look for look, times in looks.items() if times == 1}
    numbers: Counter[str] = Counter()
    names: list[str] = []
    for place, (one, name) in enumerate(zip(people, seen, strict=True), 1):
        if name and all(looks[look] == 1 for look in skeletons(name)):
            names.append(name)
            continue
        candidates = _namesakes(one, name, numbers) if name else _guests(place, len(people), guest)
        names.append(_first_free(candidates, taken))
        taken |= skeletons(names[-1])
    return names


# Cached because every round asks for the names of everybody in a group.
_visible = lru_cache(maxsize=MOST_CACHED)(visible_text)


def _namesakes(one: NamedPerson, name: str, numbers: Counter[str]) -> Iterator[str]:
    """Yield possible display names of a person whose name others have too; ``numbers`` has the last number of each."""
    base = f"{name} {one.initial}." if one.initial else name
    yield base
    while True:
        numbers[base] = max(numbers[base], 1) + 1
        yield f"{base} {numbers[base]}"


def _guests(place: int, people: int, guest: Callable[[int], str]) -> Iterator[str]:
    """Yield possible display names of a guest: with their own place, then with numbers above the number of people."""
    yield from map(guest, count(place, people))


def _first_free(candidates: Iterator[str], taken: Collection[str]) -> str:
    return next(name for name in candidates if skeletons(name).isdisjoint(taken))
