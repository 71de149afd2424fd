"""What is taught after a question, to whomever it was put."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerExplanation:
    """What was right, and where the text says so.

    Attributes:
        statement: True where the question was a statement: then the solution is the words true and false.
        solution: the right answer or answers.
        passage: the title of the passage; ``before``, ``quoted`` and ``after`` are its sentence in three pieces.
    """

    statement: bool
    solution: tuple[str, ...]
    why: str
    passage: str
    before: str
    quoted: str
    after: str
