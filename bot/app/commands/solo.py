"""What learners ask around a quiz alone, and answers, whatever they answer."""

from dataclasses import dataclass

from bot.app.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpQuiz(Command):
    """Let me choose a quiz.

    Attributes:
        topic, count: what is chosen so far; None where the last choice holds.
        afresh: as in BeginQuiz.
    """

    topic: str | None = None
    count: int | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginQuiz(Command):
    """Start a quiz.

    Attributes:
        topic: the id of a topic, empty for mixed, None for the one chosen last.
        count: how many questions; None for as many as last time.
        message_id: the message that asks for it; one message starts one quiz.
        afresh: True to give up a quiz that waits without being asked again.
    """

    topic: str | None
    count: int | None
    message_id: int
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PractiseMissed(Command):
    """Ask me again what I missed in this session; ``message_id`` and ``afresh`` as in BeginQuiz."""

    session: int
    message_id: int
    afresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeQuiz(Command):
    """Go on with the quiz that waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopQuiz(Command):
    """Stop for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipQuestion(Command):
    """Let this question go; its buttons sit on a poll that can be closed, or on a message."""

    session: int
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Command):
    """Options chosen in a poll, as positions in the order in which they were sent; none is a vote taken back."""

    poll_id: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Command):
    """A text that is no command."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOther(Command):
    """A photo, a sticker, a voice: nothing the bot can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistype(Command):
    """A slash command that the bot does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressAgain(Command):
    """A button of which Telegram did not tell under which message it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressStale(Command):
    """A button that no longer means anything."""
