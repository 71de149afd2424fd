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


@dataclass(frozen=True, slots=True)
class CloseRound:
    """Count the answers of this round and show what would have been right."""

    round: int


@dataclass(frozen=True, slots=True)
class AnnulRound:
    """Take the question of this round back and drop its answers."""

    round: int


@dataclass(frozen=True, slots=True)
class ShowVote:
    """Take the question of this round away and show how the first vote went, without the right answer."""

    round: int


@dataclass(frozen=True, slots=True)
class FinishClass:
    """The class is over: show how it went."""


ClassEffect = AskQuestion | CloseRound | AnnulRound | ShowVote | FinishClass
