"""What a story works with: one unit of work, the bank, the moment, and a way to tell people things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from random import Random
from typing import get_args

from bot.app.commands import Visitor
from bot.app.library import Library
from bot.app.messages import Message, asks_for_text
from bot.app.messages.urgency import APART, urgency_of
from bot.app.questions_sent import QuestionsSent
from bot.core.nicknames import BannedWords
from bot.i18n import nearest_language
from bot.store.base import decode, encode
from bot.store.database import UnitOfWork
from bot.store.outbox import NewMessage, StoredMessage
from bot.store.persons import Person
from bot.store.signals import EXPECT, OUTBOX

# A word between processes has fewer than 8,000 bytes (PostgreSQL, "NOTIFY"), an id of a person at most 16.
EXPECTED_AT_ONCE = 400

_MESSAGES: dict[str, type] = {shape.__name__: shape for shape in get_args(Message)}


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message on its way: its number in the outbox, the chat, what it says and the reader's language.

    Attributes:
        claimed_by: the number of the process that sends it.
        busy: for how many seconds the chat still pays for what other processes sent there.
    """

    id: int
    chat_id: int
    message: Message
    language: str
    claimed_by: int
    busy_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ClaimedMessages:
    """Messages that are this process' to send from now on, and whether there are likely more to claim.

    Attributes:
        pauses: for how many seconds yet Telegram wants what to pause, as the database has it.
    """

    outgoing: tuple[OutgoingMessage, ...]
    more: bool
    flood_waits: Mapping[str, float] = field(default_factory=dict)


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
class Context:
    """One unit of work under way.

    Attributes:
        zone: where days begin and end.
        links: the addresses that the bot gives away.
        dice: make codes and secrets, so they must not be foreseen.
        refused: what nobody may call themselves.
        number: of the process at work.
        is_alone: whether everything that is still to be sent is claimed by this process.
        bot_id: the bot's as a Telegram user; 0 where that is not known.
        parked: set by a story whose update came too early; it is tried again later.
        waits: how often the update in hand was parked before.
        asked: which questions this process has put.
        toast: the text that the button press in hand is answered with, by the name of its text.
        withheld: what each class that was looked up withholds from its pupils; None for one that has ended.
    """

    unit: UnitOfWork
    library: Library
    now: datetime
    zone: tzinfo
    links: Links
    rng: Random
    banned_words: BannedWords
    process_number: int
    owns_all_messages: bool
    bot_id: int = 0
    deferred: bool = False
    deferrals: int = 0
    questions_sent: QuestionsSent = field(default_factory=QuestionsSent)
    toast: str = ""
    withheld: dict[int, frozenset[str] | None] = field(default_factory=dict)
    _pending: list[tuple[NewMessage, Message]] = field(default_factory=list)

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

    def send(self, person: Person, message: Message) -> None:
        """Put a message for a person into the outbox."""
        self.send_to_chat(person.id, person.language, message)

    def send_to_chat(self, chat_id: int, language: str, message: Message) -> None:
        """Put a message for a chat into the outbox."""
        kind, body = type(message).__name__, encode(message)
        row = NewMessage(chat_id, kind, body, language, self.now, urgency_of(message), self.process_number)
        self._pending.append((row, message))

    def is_sending(self, shape: type, chat_id: int) -> bool:
        """Say whether a message of this shape is on its way to a chat: told in this unit of work, or not sent yet."""
        told = any(row.chat_id == chat_id and isinstance(message, shape) for row, message in self._pending)
        return told or self.unit.outbox.holds(chat_id, shape.__name__)

    def is_sending_exactly(self, message: Message, chat_id: int) -> bool:
        """Return whether this very message is on its way to a chat: told in this unit of work, or not sent yet."""
        told = any(row.chat_id == chat_id and known == message for row, known in self._pending)
        return told or self.unit.outbox.holds(chat_id, type(message).__name__, encode(message))

    def flush(self) -> tuple[OutgoingMessage, ...]:
        """Write what was told into the outbox; give what this process is to send of it, numbered.

        What must wait behind messages of another process is left without an owner: whoever has sent those takes it up.
        """
        chats = {row.chat_id for row, message in self._pending if not isinstance(message, APART)}
        held = frozenset() if self.owns_all_messages else self.unit.outbox.chats_of_others(chats, self.process_number)
        rows = [
            row._replace(claimed_by=None) if row.chat_id in held and not isinstance(message, APART) else row
            for row, message in self._pending
        ]
        ids = self.unit.outbox.add(rows)
        self._announce(rows)
        busy = self.unit.shared_limits.busy(chats - held)
        return tuple(
            OutgoingMessage(number, row.chat_id, message, row.language, self.process_number, busy.get(row.chat_id, 0.0))
            for number, row, (_, message) in zip(ids, rows, self._pending, strict=True)
            if row.claimed_by is not None
        )

    def _announce(self, rows: Sequence[NewMessage]) -> None:
        """Tell the other processes what they must know of this."""
        if any(row.claimed_by is None for row in rows):
            self.unit.send_signal(OUTBOX)
        people = [str(row.chat_id) for row, message in self._pending if asks_for_text(message)]
        for start in range(0, len(people), EXPECTED_AT_ONCE):
            self.unit.send_signal(f"{EXPECT} {','.join(people[start : start + EXPECTED_AT_ONCE])}")


def read_outgoing(unit: UnitOfWork, rows: Sequence[StoredMessage], number: int) -> tuple[OutgoingMessage, ...]:
    """Read stored rows back that the process of this number has claimed; what cannot be read is set aside."""
    busy = unit.shared_limits.busy({row.chat_id for row in rows})
    read: list[OutgoingMessage] = []
    for row in rows:
        try:
            message: Message = decode(_MESSAGES[row.kind], row.body)
        except (LookupError, ValueError) as error:
            # Of another version of the program; it must not keep the others from being sent.
            unit.outbox.discard(row.id, f"{type(error).__name__}: it cannot be read")
            continue
        read.append(OutgoingMessage(row.id, row.chat_id, message, row.language, number, busy.get(row.chat_id, 0.0)))
    return tuple(read)
