"""Commands of a solo quiz, and answers to any question."""

from dataclasses import dataclass

from bot.app.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpQuiz(Command):
    """Request to choose a quiz.

    Attributes:
        topic, count: the choices so far; None for those of the last quiz.
        afresh: as in BeginQuiz.
    """

    topic: str | None = None
    count: int | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginQuiz(Command):
    """Request to begin a quiz.

    Attributes:
        topic: the id of a topic; empty for all topics mixed; None for that of the last quiz.
        count: the number of questions; None for that of the last quiz.
        message_id: the message with the request; each message begins at most one quiz.
        afresh: True to abandon a waiting quiz without another question.
    """

    topic: str | None
    count: int | None
    message_id: int
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PractiseMissed(Command):
    """Request for a quiz of the questions missed in a session; ``message_id`` and ``afresh`` as in BeginQuiz."""

    session: int
    message_id: int
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeQuiz(Command):
    """Request to resume the waiting quiz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopQuiz(Command):
    """Request to pause the quiz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipQuestion(Command):
    """Request to skip this question."""

    session: int
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Command):
    """Options chosen in a poll, as positions in the order in which they were sent; empty for a retracted vote."""

    poll_id: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Command):
    """A text that is not a slash command."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOther(Command):
    """A photo, a sticker, a voice message or anything else that the bot does not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistype(Command):
    """A slash command that the bot does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressAgain(Command):
    """A press of a button for which Telegram did not send the message that has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressStale(Command):
    """A press of an outdated button."""
