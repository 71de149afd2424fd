"""Context of a handler: the unit of work, the bank, the current time, and methods to send messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from random import Random
from typing import get_args

from bot.app.commands import Visitor
from bot.app.library import Library
from bot.app.messages import Message, asks_for_text
from bot.app.messages.urgency import INDEPENDENT, urgency_of
from bot.app.questions_sent import QuestionsSent
from bot.core.nicknames import BannedWords
from bot.i18n import nearest_language
from bot.store.base import decode, encode
from bot.store.database import UnitOfWork
from bot.store.outbox import NewMessage, StoredMessage
from bot.store.persons import Person
from bot.store.signals import EXPECT, OUTBOX

# A signal must be shorter than 8,000 bytes (PostgreSQL, "NOTIFY"); a person's id has at most 16 digits.
IDS_PER_SIGNAL = 400

_MESSAGE_CLASSES: dict[str, type] = {shape.__name__: shape for shape in get_args(Message)}


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message of the outbox that this process is to send.

    Attributes:
        id: its id in the outbox.
        language: the reader's language.
        claimed_by: the number of the process that owns it.
        busy_seconds: seconds until the chat's rate limit has recovered from what other processes sent there.
    """

    id: int
    chat_id: int
    message: Message
    language: str
    claimed_by: int
    busy_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ClaimedMessages:
    """Messages that this process owns from now on.

    Attributes:
        more: whether there are probably more messages to claim.
        flood_waits: the remaining seconds of each flood wait that Telegram demanded, by scope.
    """

    outgoing: tuple[OutgoingMessage, ...]
    more: bool
    flood_waits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Links:
    """Builder of the addresses that the bot sends to people.

    Attributes:
        bot_name: the bot's user name, without the @.
        origin: scheme and host of the boards' addresses; empty if no boards are served.
    """

    bot_name: str = ""
    origin: str = ""

    def join(self, payload: str) -> str:
        """Return the address that opens a chat with the bot and sends it this payload (Bot API, "Deep linking")."""
        return f"https://t.me/{self.bot_name}?start={payload}"

    def board(self, key: str) -> str:
        """Return the address of a board; empty if no boards are served."""
        return f"{self.origin}/board/{key}" if self.origin else ""


@dataclass(slots=True)
class Context:
    """Everything that handlers need within one unit of work.

    Attributes:
        now: the current time (UTC).
        zone: the time zone in which days begin and end.
        links: builds the addresses that the bot sends to people.
        rng: source of codes and secrets; must be unpredictable.
        banned_words: words that no nickname may contain.
        process_number: the number of this process, which owns the messages it creates.
        owns_all_messages: whether this process owns all unsent messages.
        bot_id: the bot's id as a Telegram user; 0 if unknown.
        deferred: set by a handler whose update came too early, so that it is retried later.
        deferrals: how often the current update was deferred before.
        questions_sent: which questions this process has sent.
        toast: the name of the text that answers the current button press; empty for none.
        withheld_questions: the ids of the questions that each class withholds from its pupils, by class; None for a
            class that has ended. A cache that ``bot/app/withheld_questions.py`` fills.
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
    withheld_questions: dict[int, frozenset[str] | None] = field(default_factory=dict)
    _pending: list[tuple[NewMessage, Message]] = field(default_factory=list)

    def person(self, visitor: Visitor) -> Person:
        """Return the person for a visitor, with an up-to-date name and language; add a new person if unknown."""
        person = self.unit.persons.find(visitor.id)
        if person is None:
            person = self.unit.persons.add(visitor.id, visitor.name, nearest_language(visitor.language), self.now)
        person.name = visitor.name
        person.is_private = person.is_private or visitor.in_private
        if visitor.language and not person.language_chosen:
            person.language = nearest_language(visitor.language)
        return person

    def send(self, person: Person, message: Message) -> None:
        """Send a message to a person, by way of the outbox."""
        self.send_to_chat(person.id, person.language, message)

    def send_to_chat(self, chat_id: int, language: str, message: Message) -> None:
        """Send a message to a chat, by way of the outbox."""
        kind, body = type(message).__name__, encode(message)
        row = NewMessage(chat_id, kind, body, language, self.now, urgency_of(message), self.process_number)
        self._pending.append((row, message))

    def is_sending(self, message_class: type, chat_id: int) -> bool:
        """Return whether a message of this class is being sent to a chat: pending here, or unsent in the outbox."""
        pending = any(row.chat_id == chat_id and isinstance(message, message_class) for row, message in self._pending)
        return pending or self.unit.outbox.holds(chat_id, message_class.__name__)

    def is_sending_exactly(self, message: Message, chat_id: int) -> bool:
        """Return whether an equal message is being sent to a chat: pending here, or unsent in the outbox."""
        pending = any(row.chat_id == chat_id and known == message for row, known in self._pending)
        return pending or self.unit.outbox.holds(chat_id, type(message).__name__, encode(message))

    def flush(self) -> tuple[OutgoingMessage, ...]:
        """Write the pending messages to the outbox; return those that this process is to send.

        A message that must wait behind messages of another process gets no owner: that process adopts it once it has
        sent those.
        """
        chats = {row.chat_id for row, message in self._pending if not isinstance(message, INDEPENDENT)}
        held = frozenset() if self.owns_all_messages else self.unit.outbox.chats_of_others(chats, self.process_number)
        rows = [
            row._replace(claimed_by=None) if row.chat_id in held and not isinstance(message, INDEPENDENT) else row
            for row, message in self._pending
        ]
        ids = self.unit.outbox.add(rows)
        self._signal_processes(rows)
        busy = self.unit.shared_limits.busy(chats - held)
        return tuple(
            OutgoingMessage(number, row.chat_id, message, row.language, self.process_number, busy.get(row.chat_id, 0.0))
            for number, row, (_, message) in zip(ids, rows, self._pending, strict=True)
            if row.claimed_by is not None
        )

    def _signal_processes(self, rows: Sequence[NewMessage]) -> None:
        """Signal other processes: messages without an owner, and people from whom a text is expected."""
        if any(row.claimed_by is None for row in rows):
            self.unit.send_signal(OUTBOX)
        people = [str(row.chat_id) for row, message in self._pending if asks_for_text(message)]
        for start in range(0, len(people), IDS_PER_SIGNAL):
            self.unit.send_signal(f"{EXPECT} {','.join(people[start : start + IDS_PER_SIGNAL])}")


def read_outgoing(unit: UnitOfWork, rows: Sequence[StoredMessage], process_number: int) -> tuple[OutgoingMessage, ...]:
    """Convert rows of the outbox to messages that this process owns; move unreadable rows to the dead letters."""
    busy = unit.shared_limits.busy({row.chat_id for row in rows})
    read: list[OutgoingMessage] = []
    for row in rows:
        try:
            message: Message = decode(_MESSAGE_CLASSES[row.kind], row.body)
        except (LookupError, ValueError) as error:
            # Written by another version of the program. It must not block the other messages.
            unit.outbox.discard(row.id, f"{type(error).__name__}: the stored message cannot be read")
            continue
        read.append(
            OutgoingMessage(row.id, row.chat_id, message, row.language, process_number, busy.get(row.chat_id, 0.0))
        )
    return tuple(read)
