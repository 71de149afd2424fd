"""Effects: the actions that follow from an event, named in the imperative. The application layer carries them out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Send the question of this round."""

    round: int


@dataclass(frozen=True, slots=True)
class ConfirmAnswer:
    """Confirm that the answer of this round was right."""

    round: int


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """Show the right answer of this round with the explanation."""

    round: int


@dataclass(frozen=True, slots=True)
class RevealAnswer:
    """Show the right answer of this round, which was skipped."""

    round: int


@dataclass(frozen=True, slots=True)
class ConfirmStop:
    """Confirm the pause and show how to continue."""


@dataclass(frozen=True, slots=True)
class ShowResult:
    """Show the result of the finished quiz."""


SoloEffect = AskQuestion | ConfirmAnswer | CorrectAnswer | RevealAnswer | ConfirmStop | ShowResult


@dataclass(frozen=True, slots=True)
class CloseRound:
    """Count the answers of this round and show the right answer."""

    round: int


@dataclass(frozen=True, slots=True)
class AnnulRound:
    """Withdraw the question of this round and drop its answers."""

    round: int


@dataclass(frozen=True, slots=True)
class ShowVote:
    """Close the poll of this round and show the first vote without the right answer."""

    round: int


@dataclass(frozen=True, slots=True)
class FinishClass:
    """Show the result of the finished class."""


ClassEffect = AskQuestion | CloseRound | AnnulRound | ShowVote | FinishClass
