"""The explanation of a question, which several messages contain."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerExplanation:
    """The right answer and the sentence of the reading that proves it.

    Attributes:
        statement: whether the question was a statement; then the solution is ``true`` or ``false``.
        solution: the right answer or answers.
        why: the author's explanation.
        passage: the title of the passage; ``before``, ``quoted`` and ``after`` are the parts of its sentence.
    """

    statement: bool
    solution: tuple[str, ...]
    why: str
    passage: str
    before: str
    quoted: str
    after: str
