"""What must be done because of an event, in the imperative. The stories in ``app`` carry it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Put the question of this round."""

    round: int


@dataclass(frozen=True, slots=True)
class ConfirmAnswer:
    """Show briefly that the answer of this round was right."""

    round: int


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """Show the right answer of this round and teach it from the text."""

    round: int


@dataclass(frozen=True, slots=True)
class RevealAnswer:
    """The round was skipped: close it and show what would have been right."""

    round: int


@dataclass(frozen=True, slots=True)
class ConfirmStop:
    """Say that the quiz waits, and how to go on."""


@dataclass(frozen=True, slots=True)
class ShowResult:
    """The quiz is over: show the result."""


SoloEffect = AskQuestion | ConfirmAnswer | CorrectAnswer | RevealAnswer | ConfirmStop | ShowResult
