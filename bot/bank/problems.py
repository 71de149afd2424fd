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


class Findings:
    """Gathers what is wrong with one file while it is read, so that all of it can be told at once."""

    def __init__(self) -> None:
        self._found: list[tuple[Place, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, place: Place, message: str) -> None:
        """Note one thing wrong."""
        self._found.append((place, message))

    def has(self, place: Place) -> bool:
        """Say whether something was found at exactly this place."""
        return any(found == place for found, _ in self._found)

    def problems(self, file: str) -> tuple[Problem, ...]:
        """Give what was found in the order of the file; of one place, in the order found."""
        ordered = sorted(self._found, key=lambda found: found[0])
        return tuple(Problem(file, place.line, place.column, message) for place, message in ordered)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that is spelled most like this one, or else list the words there are."""
    words = tuple(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(words)}."
