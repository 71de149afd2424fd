"""What is put before a learner, what comes back, and how it was marked. Knows nothing of Telegram."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ChoicePrompt:
    """Options to choose from, in the order in which they are shown.

    Attributes:
        options: the texts, in the order shown.
        order: for each option shown, its position in the order in which the author wrote them.
        correct: positions in ``options`` of the right ones, strictly increasing.
        several: True where the learner must find every right option, False where exactly one is right.
    """

    options: tuple[str, ...]
    order: tuple[int, ...]
    correct: tuple[int, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class TrueFalsePrompt:
    """A statement to call true (choice 0) or false (choice 1), always shown in this order."""

    correct: bool


@dataclass(frozen=True, slots=True)
class WrittenPrompt:
    """An answer to write: a word or name, a number (with its unit, shown beside the question), or a year."""

    expects: Literal["text", "number", "year"]
    unit: str = ""


Prompt = ChoicePrompt | TrueFalsePrompt | WrittenPrompt


@dataclass(frozen=True, slots=True)
class Chosen:
    """The learner chose options: positions in the AUTHOR's order (for true/false: 0 is true, 1 is false)."""

    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The learner wrote something."""

    text: str


Answer = Chosen | Written


@dataclass(frozen=True, slots=True)
class Found:
    """How much of several right options was chosen.

    Attributes:
        right: how many right options were chosen, ``of`` how many.
        wrong: how many wrong options were chosen with them.
    """

    right: int
    of: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer, marked.

    Attributes:
        right: True when the answer earns the point.
        given: what the learner answered, readable; for several options joined by "; ".
        note: why the chosen wrong option is wrong, in the author's words; empty where the author wrote nothing.
        spelling: the right spelling of what was misspelt, and taken all the same; empty where nothing was.
        found: for several right options of which not all were chosen, or wrong ones too: how many.
    """

    right: bool
    given: str
    note: str = ""
    spelling: str = ""
    found: Found | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """What came back cannot be an answer to this prompt; it is not marked.

    Attributes:
        expected: what would be an answer: an option to tap, a text, a number, a year.
    """

    expected: Literal["option", "text", "number", "year"]


def chosen_in(prompt: Prompt, places: tuple[int, ...]) -> Chosen:
    """Return what was chosen by places in a prompt as it was shown, each once; nothing where it has no such place."""
    order = prompt.order if isinstance(prompt, ChoicePrompt) else (0, 1)
    if not all(0 <= place < len(order) for place in places):
        return Chosen(())
    return Chosen(tuple(order[place] for place in dict.fromkeys(places)))
