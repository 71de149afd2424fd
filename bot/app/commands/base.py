"""What every command has: who asks, and by which button if by one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a Telegram user.

    Attributes:
        language: that of their app, as an IETF tag; empty when unknown.
        name, last_name: the first name and the last, as Telegram shows them; the last may be empty.
        in_private: whether they ask in their private chat, where the bot may then write to them.
    """

    id: int
    name: str
    language: str
    in_private: bool = False
    last_name: str = ""

    @property
    def full_name(self) -> str:
        """The whole name that Telegram shows."""
        return f"{self.name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        id: what Telegram wants answered.
        message_id: the message that carries the button; ``poll_id``: the poll in it, empty for none.
    """

    id: str
    message_id: int
    poll_id: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """The start of every command: who asks, and by which button if by one."""

    visitor: Visitor
    press: Press | None = None
