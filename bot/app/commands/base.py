"""What every command has: who asks, and by which button if by one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a Telegram user, with the language of their app (an IETF tag; empty when unknown)."""

    id: int
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed: what Telegram wants answered, and the message that carries the button."""

    id: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Command:
    """The start of every command: who asks, and by which button if by one."""

    visitor: Visitor
    press: Press | None = None
