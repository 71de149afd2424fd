"""What surrounds the quiz: hello, help, the score, the topics, the reading, the language."""

from dataclasses import dataclass

from bot.app.commands.base import Command
from bot.app.commands.classroom import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Command):
    """Say hello."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHelp(Command):
    """Say what you can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowScore(Command):
    """Show my score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTopics(Command):
    """Show the topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Command):
    """Show me the reading: its contents, or the passage with this id."""

    passage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage(Command):
    """Let me choose the language, or speak this one from now on."""

    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Command):
    """The person blocked the bot, or let it back in."""

    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTooMuch(Command):
    """Whatever it was, it is too much at once: it is not carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInGroup(Command):
    """A command in a group that only a private chat can answer."""

    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAsChannel(Command):
    """A quiz is asked for in a group in the name of a channel; ``message_id`` is the message that asks."""

    spot: Spot
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHelpInGroup(Command):
    """Say, in the group, what you can do there."""

    spot: Spot
