"""Rows of the table of typed answers: what is asked, what was typed, and the verdict of a fair teacher."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.kinds.typed import Typed
from bot.core.prompt import Mark, Written


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, named by its accepted texts, with right and wrong answers to it.

    Attributes:
        accepted: the texts that the author accepts.
        right: answers that a fair teacher takes.
        wrong: answers that a fair teacher does not take.
        rejected: near texts that the author names as wrong.
        exact: whether the author asks for the very letters.
    """

    accepted: tuple[str, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    rejected: tuple[str, ...] = ()
    exact: bool = False

    def kind(self) -> Typed:
        """Build the kind of question."""
        exact = {"exact": "true"} if self.exact else {}
        rejected = {"wrong": self.rejected} if self.rejected else {}
        return Typed.read({"accept": self.accepted, **rejected, **exact})


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to one question, and whether it is right."""

    asked: Asked
    typed: str
    right: bool

    @property
    def name(self) -> str:
        """Return the name of the row: the first accepted text, then what was typed."""
        return f"{'exactly ' if self.asked.exact else ''}{self.asked.accepted[0]} / {self.typed}"


def asked(accepted: str, *, right: str = "", wrong: str = "", rejected: str = "", exact: bool = False) -> Asked:
    """Build a question from lists of texts, each text parted from the next by a bar with spaces around it."""
    return Asked(_parted(accepted), _parted(right), _parted(wrong), _parted(rejected), exact)


def rows(groups: tuple[Asked, ...]) -> Iterator[Row]:
    """Yield a row for each answer of the groups."""
    for group in groups:
        yield from (Row(group, text, right=True) for text in group.right)
        yield from (Row(group, text, right=False) for text in group.wrong)


def is_right(kind: Typed, text: str) -> bool:
    """Return whether a text is marked right; what is no answer is not right."""
    mark = kind.mark(Written(text))
    return isinstance(mark, Mark) and mark.right


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(" | ") if part)
