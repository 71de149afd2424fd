"""Problems of a bank file with their places, and the error that carries them. Does not depend on YAML."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: line and column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault or piece of advice: its file and place, what is wrong and how to fix it."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class BankError(ValueError):
    """Raised when a file is not a usable bank. Carries every problem found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


MAX_PROBLEMS = 1_000
"""Problems that are kept for one file: a file that is not a bank at all must not fill the memory."""


class Findings:
    """Collector of the problems of one file, so that all of them are reported at once."""

    def __init__(self) -> None:
        self._found: list[tuple[Place, str]] = []
        self._omitted = 0
        self._places: set[Place] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, place: Place, message: str) -> None:
        """Add a problem."""
        if len(self._found) < MAX_PROBLEMS:
            self._found.append((place, message))
        else:
            self._omitted += 1
        self._places.add(place)

    def has_problem_at(self, place: Place) -> bool:
        """Return whether a problem was added at exactly this place."""
        return place in self._places

    def problems(self, file: str) -> tuple[Problem, ...]:
        """Return the problems in the order of the file; those at one place in the order they were added."""
        ordered = sorted(self._found, key=lambda found: found[0])
        if self._omitted:
            ordered.append((ordered[-1][0], f"{self._omitted:,} more problems are not shown. Fix these first."))
        return tuple(Problem(file, place.line, place.column, message) for place, message in ordered)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion: the known word that is spelled most like this one, or else all known words."""
    words = tuple(known)
    close = closest(word, words)
    return f"Did you mean {close[0]}?" if close else f"Choose one of: {', '.join(words)}."


def closest(word: str, known: Iterable[str]) -> list[str]:
    """Return a list of the one known word that is spelled most like this one; empty if none is similar."""
    words = tuple(known)
    return get_close_matches(word, words, n=1, cutoff=0.7) or get_close_matches(word.casefold(), words, n=1, cutoff=0.7)
