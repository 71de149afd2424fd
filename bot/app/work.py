"""What a story works with: one unit of work, the bank, the moment, and a way to tell people things."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from random import Random
from typing import get_args

from bot.app.commands import Visitor
from bot.app.library import Library
from bot.app.messages import Message
from bot.core.nicknames import Refused
from bot.i18n import nearest_language
from bot.store.base import decode, encode
from bot.store.database import UnitOfWork
from bot.store.outbox import ToSend, Unsent
from bot.store.persons import Person

_MESSAGES: dict[str, type] = {shape.__name__: shape for shape in get_args(Message)}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way: its number in the outbox, the chat, what it says and the reader's language."""

    id: int
    chat_id: int
    message: Message
    language: str


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that the bot gives away.

    Attributes:
        bot_name: the bot's, without the @.
        origin: of the boards; empty where none are served.
    """

    bot_name: str = ""
    origin: str = ""

    def join(self, payload: str) -> str:
        """Give the address that opens a chat with the bot and sends it this (Bot API, "Deep linking")."""
        return f"https://t.me/{self.bot_name}?start={payload}"

    def board(self, key: str) -> str:
        """Give the address of a board; empty where none is served."""
        return f"{self.origin}/board/{key}" if self.origin else ""


@dataclass(slots=True)
class Work:
    """One unit of work under way.

    Attributes:
        zone: where days begin and end.
        links: the addresses that the bot gives away.
        dice: make codes and secrets, so they must not be foreseen.
        refused: what nobody may call themselves.
        parked: set by a story whose update came too early; it is tried again later.
        toast: the text that the button press in hand is answered with, by the name of its text.
    """

    unit: UnitOfWork
    library: Library
    now: datetime
    zone: tzinfo
    links: Links
    dice: Random
    refused: Refused
    parked: bool = False
    toast: str = ""
    _told: list[tuple[ToSend, Message]] = field(default_factory=list)

    def person(self, visitor: Visitor) -> Person:
        """Give the person behind a visitor; one who comes for the first time is taken in."""
        person = self.unit.persons.find(visitor.id)
        if person is None:
            person = self.unit.persons.add(visitor.id, visitor.name, nearest_language(visitor.language), self.now)
        person.name = visitor.name
        person.is_private = person.is_private or visitor.in_private
        if visitor.language and not person.language_chosen:
            person.language = nearest_language(visitor.language)
        return person

    def tell(self, person: Person, message: Message) -> None:
        """Put a message for a person into the outbox."""
        self.post(person.id, person.language, message)

    def post(self, chat_id: int, language: str, message: Message) -> None:
        """Put a message for a chat into the outbox."""
        kind, body = type(message).__name__, encode(message)
        self._told.append((ToSend(chat_id, kind, body, language, self.now), message))

    def is_sending(self, shape: type, chat_id: int) -> bool:
        """Say whether a message of this shape is on its way to a chat: told in this unit of work, or not sent yet."""
        told = any(row.chat_id == chat_id and isinstance(message, shape) for row, message in self._told)
        return told or self.unit.outbox.holds(chat_id, shape.__name__)

    def send_off(self) -> tuple[Outgoing, ...]:
        """Write what was told into the outbox and give it, numbered."""
        ids = self.unit.outbox.add([row for row, _ in self._told])
        return tuple(
            Outgoing(number, row.chat_id, message, row.language)
            for number, (row, message) in zip(ids, self._told, strict=True)
        )


def outgoing_from(row: Unsent) -> Outgoing:
    """Read a stored row back."""
    return Outgoing(row.id, row.chat_id, decode(_MESSAGES[row.kind], row.body), row.language)
