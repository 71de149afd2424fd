"""Base of all commands: the visitor and the pressed button, if any."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """The Telegram user who sends a command.

    Attributes:
        language: the language of their app, as an IETF tag; empty if unknown.
        name, last_name: the first and the last name in Telegram; the last name may be empty.
        in_private: whether they write in their private chat, so that the bot may write to them there.
    """

    id: int
    name: str
    language: str
    in_private: bool = False
    last_name: str = ""

    @property
    def full_name(self) -> str:
        """The first and the last name."""
        return f"{self.name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        id: the id of the callback query, which must be answered.
        message_id: the message with the button.
        poll_id: the poll in that message; empty for none.
    """

    id: str
    message_id: int
    poll_id: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Base class of commands: the visitor and the pressed button, if any."""

    visitor: Visitor
    press: Press | None = None
