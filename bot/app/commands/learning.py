"""Commands around the quiz: welcome, help, score, topics, reading, language."""

from dataclasses import dataclass

from bot.app.commands.base import Command
from bot.app.commands.classroom import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Command):
    """The first message of a person: the ``/start`` command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHelp(Command):
    """Request for help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowScore(Command):
    """Request for the person's score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTopics(Command):
    """Request for the list of topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Command):
    """Request for the reading: its contents, or the passage with this id."""

    passage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage(Command):
    """Request to choose the language, or to switch to this one."""

    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Command):
    """The person blocked or unblocked the bot."""

    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTooMuch(Command):
    """An update of a person who sends too many at once: it is replaced by this warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInGroup(Command):
    """A command in a group that only a private chat can answer."""

    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAsChannel(Command):
    """Request for a quiz in a group, sent in the name of a channel; ``message_id`` is the message."""

    spot: Spot
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHelpInGroup(Command):
    """Request for help in a group."""

    spot: Spot
