"""Rows of the table of typed answers: the question, the typed text, and the verdict of a fair teacher."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.kinds.typed import Typed
from bot.core.prompt import Mark, Written


@dataclass(frozen=True, slots=True)
class Asked:
    """A typed question with right and wrong answers to it.

    Attributes:
        accepted: the texts that the author accepts.
        right: answers that a fair teacher marks right.
        wrong: answers that a fair teacher marks wrong.
        rejected: the author's wrong answers.
        exact: whether the question is exact.
    """

    accepted: tuple[str, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    rejected: tuple[str, ...] = ()
    exact: bool = False

    def kind(self) -> Typed:
        """Create the question's kind."""
        exact = {"exact": "true"} if self.exact else {}
        rejected = {"wrong": self.rejected} if self.rejected else {}
        return Typed.read({"accept": self.accepted, **rejected, **exact})


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to one question, with its verdict."""

    asked: Asked
    typed: str
    right: bool

    @property
    def name(self) -> str:
        """The name of the row: the first accepted text, then the typed text."""
        return f"{'exactly ' if self.asked.exact else ''}{self.asked.accepted[0]} / {self.typed}"


def asked(accepted: str, *, right: str = "", wrong: str = "", rejected: str = "", exact: bool = False) -> Asked:
    """Create a question from lists of texts separated by " | "."""
    return Asked(_split(accepted), _split(right), _split(wrong), _split(rejected), exact)


def rows(groups: tuple[Asked, ...]) -> Iterator[Row]:
    """Yield a row for each answer of the groups."""
    for group in groups:
        yield from (Row(group, text, right=True) for text in group.right)
        yield from (Row(group, text, right=False) for text in group.wrong)


def is_right(kind: Typed, text: str) -> bool:
    """Return whether a text is marked right; a text that is not an answer is not right."""
    mark = kind.mark(Written(text))
    return isinstance(mark, Mark) and mark.right


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(" | ") if part)
