"""Prompts, answers and marks: a question as it is shown, a learner's reply, and the result. Independent of Telegram."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ChoicePrompt:
    """Options to choose from.

    Attributes:
        options: the texts in the order in which they are shown.
        order: for each shown option, its position in the author's order.
        correct: the positions of the right options in ``options``, strictly increasing.
        several: whether the learner must find every right option; False if exactly one is right.
    """

    options: tuple[str, ...]
    order: tuple[int, ...]
    correct: tuple[int, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class TrueFalsePrompt:
    """A statement that is true (choice 0) or false (choice 1); the choices are always in this order."""

    correct: bool


@dataclass(frozen=True, slots=True)
class WrittenPrompt:
    """A question with a written answer: a word or name, a number (with its unit, which is shown), or a year."""

    expects: Literal["text", "number", "year"]
    unit: str = ""


Prompt = ChoicePrompt | TrueFalsePrompt | WrittenPrompt


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of options by their positions in the AUTHOR's order (for true/false: 0 is true, 1 is false)."""

    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A written answer."""

    text: str


Answer = Chosen | Written


@dataclass(frozen=True, slots=True)
class Found:
    """The counts of a choice of several options.

    Attributes:
        right: the number of chosen right options.
        of: the number of right options.
        wrong: the number of chosen wrong options.
    """

    right: int
    of: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The result of marking an answer.

    Attributes:
        right: whether the answer is right.
        given: the answer as text; several options are joined by "; ".
        note: the author's note on the chosen wrong option; empty if there is none.
        spelling: the right spelling of a misspelt answer that was accepted; empty if nothing was misspelt.
        found: the counts of an incomplete or partly wrong choice of several options.
    """

    right: bool
    given: str
    note: str = ""
    spelling: str = ""
    found: Found | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """A reply that cannot be an answer to this prompt, so it is not marked.

    Attributes:
        expected: the type of answer that the prompt expects.
    """

    expected: Literal["option", "text", "number", "year"]


def chosen_in(prompt: Prompt, places: tuple[int, ...]) -> Chosen:
    """Return the choice of shown positions, each counted once; empty if the prompt lacks one of them."""
    order = prompt.order if isinstance(prompt, ChoicePrompt) else (0, 1)
    if not all(0 <= place < len(order) for place in places):
        return Chosen(())
    return Chosen(tuple(order[place] for place in dict.fromkeys(places)))
