"""What is wrong with a bank file, where, and the error that carries all of it. Knows nothing of YAML."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character of a file: line and column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place of one file: what it is and how to mend it, in plain words."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class BankError(ValueError):
    """A file holds no usable bank. Carries every problem found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


MOST_SHOWN = 1_000
"""Problems of one file; of a file that is no bank at all, more would only fill the memory."""


class Findings:
    """Gathers what is wrong with one file while it is read, so that all of it can be told at once."""

    def __init__(self) -> None:
        self._found: list[tuple[Place, str]] = []
        self._unshown = 0
        self._places: set[Place] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, place: Place, message: str) -> None:
        """Note one thing wrong."""
        if len(self._found) < MOST_SHOWN:
            self._found.append((place, message))
        else:
            self._unshown += 1
        self._places.add(place)

    def has(self, place: Place) -> bool:
        """Say whether something was found at exactly this place."""
        return place in self._places

    def problems(self, file: str) -> tuple[Problem, ...]:
        """Give what was found in the order of the file; of one place, in the order found."""
        ordered = sorted(self._found, key=lambda found: found[0])
        if self._unshown:
            ordered.append((ordered[-1][0], f"{self._unshown:,} more problems are not shown. Mend these first."))
        return tuple(Problem(file, place.line, place.column, message) for place, message in ordered)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that is spelled most like this one, or else list the words there are."""
    words = tuple(known)
    close = closest(word, words)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(words)}."


def closest(word: str, known: Iterable[str]) -> list[str]:
    """Give the known word that is spelled most like this one, or nothing when none is near."""
    words = tuple(known)
    return get_close_matches(word, words, n=1, cutoff=0.7) or get_close_matches(word.casefold(), words, n=1, cutoff=0.7)
