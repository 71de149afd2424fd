"""Live classes: the row that a live class has beside its session."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    or_,
    select,
    text,
    type_coerce,
)

from bot.store.base import Document, Identity, Instant, metadata
from bot.store.identity_map import IdentityMap
from bot.store.sessions import SESSIONS, Sessions


@dataclass(frozen=True, slots=True)
class Host:
    """A host or co-host of a class.

    Attributes:
        message_id: the message in their private chat that carries the controls; 0 for none yet.
        ending: whether they were asked to confirm the end of the class.
        name: the whole name that Telegram shows, which no pupil may have; empty once the class is over.
    """

    person_id: int
    message_id: int = 0
    ending: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts of a class: its host, then co-hosts. Empty if an anonymous administrator leads it."""

    people: tuple[Host, ...] = ()


@dataclass(frozen=True, slots=True)
class Votes:
    """The result of the last closed vote of a class.

    Attributes:
        round: the round it was in; 0 before the first.
        first, last: how many chose each option, in the author's order; ``first`` is empty without a discussion, both
            are where the answer was written.
        right, answered: right answers of all answers.
    """

    round: int = 0
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    right: int = 0
    answered: int = 0


_IS_OPEN = text("ended_at IS NULL")
LIVE_CLASSES = Table(
    "live_classes",
    metadata,
    Column("id", Identity, ForeignKey("sessions.id"), primary_key=True, autoincrement=False),
    Column("code", String, unique=True),
    Column("key", String, nullable=False, unique=True),
    Column("invitation", String, nullable=False, unique=True),
    Column("chat_id", BigInteger),
    Column("thread_id", BigInteger),
    Column("language", String, nullable=False),
    Column("asks_names", Boolean, nullable=False),
    Column("hosts", Document(Hosts), nullable=False),
    Column("votes", Document(Votes), nullable=False),
    Column("shown_at", Instant),
    Column("revision", Integer, nullable=False),
    Column("ended_at", Instant),
    Column("invited_until", Instant),
    Index(None, "chat_id"),
    Index("ix_live_classes_open", "id", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
)
CHANGING = ("code", "invitation", "chat_id", "hosts", "votes", "shown_at", "revision", "ended_at", "invited_until")


@dataclass(slots=True)
class LiveClassRow:
    """The row of a live class beside its session; the fields are the columns, in their order.

    Attributes:
        id: the number of the session.
        code: what pupils join by; None in a group, and once the class is over.
        key: the secret part of the board's address.
        invitation: what a co-host joins by, as long as ``invited_until`` is to come.
        chat_id, thread_id: the group and its forum topic; None over a link.
        language: the code of the language of the group and of the board.
        asks_names: whether pupils are asked for their real names.
        hosts: who leads it.
        votes: how the last vote went.
        shown_at: when the controls last showed how many have answered.
        revision: counts changes of names, so that a board detects the change.
        ended_at: when it ended.
        invited_until: until when the invitation is good; None where none was made, or it was used.
    """

    id: int
    code: str | None
    key: str
    invitation: str
    chat_id: int | None
    thread_id: int | None
    language: str
    asks_names: bool
    hosts: Hosts
    votes: Votes
    shown_at: datetime | None
    revision: int
    ended_at: datetime | None
    invited_until: datetime | None


class LiveClasses(IdentityMap[LiveClassRow]):
    """The rows of live classes in a unit of work; each is read after its session is locked."""

    def __init__(self, connection: Connection, sessions: Sessions) -> None:
        super().__init__(connection, LIVE_CLASSES, LiveClassRow, CHANGING)
        self._sessions = sessions

    def load(self, ids: Iterable[int]) -> None:
        """Load these rows."""
        wanted = set(ids)
        self._sessions.lock(wanted)
        super().load(wanted)

    def add(self, **values: Any) -> LiveClassRow:  # noqa: ANN401 - the columns
        """Insert a row; the values are those of the columns without a default."""
        return self.insert({"hosts": Hosts(), "votes": Votes(), "revision": 0, **values})

    def by_code(self, code: str) -> LiveClassRow | None:
        """Return the class that pupils join by this code, or None; rows loaded before need no query."""
        known = (row for row in self._objects.values() if row and row.code == code)
        return next(known, None) or self._only(LIVE_CLASSES.c.code == code)

    def by_key(self, key: str) -> LiveClassRow | None:
        """Return the class whose board has this key, ended or not, or None."""
        return self._newest(LIVE_CLASSES.c.key == key)

    def by_invitation(self, invitation: str) -> LiveClassRow | None:
        """Return the class that a co-host joins by this invitation, or None."""
        return self._only(LIVE_CLASSES.c.invitation == invitation)

    def open_in(self, chat_id: int, thread_id: int | None) -> LiveClassRow | None:
        """Return the class under way in a group, or in one topic of it, or None."""
        return self._only(LIVE_CLASSES.c.chat_id == chat_id, LIVE_CLASSES.c.thread_id.is_not_distinct_from(thread_id))

    def last_in(self, chat_id: int) -> LiveClassRow | None:
        """Return the newest class in a group, ended or not, or None."""
        return self._newest(LIVE_CLASSES.c.chat_id == chat_id)

    def all_open_in(self, chat_id: int) -> tuple[LiveClassRow, ...]:
        """Return every class under way in a group."""
        return self._all(LIVE_CLASSES.c.chat_id == chat_id, LIVE_CLASSES.c.ended_at.is_(None))

    def hosted_by(self, person_id: int) -> tuple[LiveClassRow, ...]:
        """Return every class under way over a link that a person leads, alone or with others."""
        return self._all(*_led_by(person_id))

    def ids_hosted_by(self, person_id: int) -> tuple[int, ...]:
        """Return the ids of those classes without locking."""
        return self._ids(*_led_by(person_id))

    def ids_under_way(
        self, codes: Collection[str] = (), invitations: Collection[str] = (), chats: Collection[int] = ()
    ) -> tuple[int, ...]:
        """Return the ids of classes under way that one of these leads to, without locking."""
        if not (codes or invitations or chats):
            return ()
        ways = (
            LIVE_CLASSES.c.code.in_(codes),
            LIVE_CLASSES.c.invitation.in_(invitations),
            LIVE_CLASSES.c.chat_id.in_(chats),
        )
        return self._ids(or_(*ways), LIVE_CLASSES.c.ended_at.is_(None))

    def asked_in(self, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """Return the questions of those of these classes that have not ended, and lock nothing.

        A class never changes which questions it asks, so no lock is needed to read them.
        """
        self._sessions.flush()
        self.flush()
        query = select(SESSIONS.c.id, SESSIONS.c.state).join(LIVE_CLASSES, LIVE_CLASSES.c.id == SESSIONS.c.id)
        rows = self._connection.execute(query.where(LIVE_CLASSES.c.id.in_(ids), LIVE_CLASSES.c.ended_at.is_(None)))
        return {row.id: row.state.questions for row in rows}

    def ids_led_by(self, person_id: int) -> tuple[int, ...]:
        """Return the numbers of all classes under way that a person leads, in groups and over links; lock nothing."""
        return self._ids(LIVE_CLASSES.c.ended_at.is_(None), _names(person_id))

    def _only(self, *conditions: Any) -> LiveClassRow | None:  # noqa: ANN401 - SQLAlchemy's own
        return self._newest(*conditions, LIVE_CLASSES.c.ended_at.is_(None))

    def _newest(self, *conditions: Any) -> LiveClassRow | None:  # noqa: ANN401 - SQLAlchemy's own
        found = self._all(*conditions)
        return found[-1] if found else None

    def _all(self, *conditions: Any) -> tuple[LiveClassRow, ...]:  # noqa: ANN401 - SQLAlchemy's own
        self.flush()
        ids = self._ids(*conditions)
        while self._sessions.lock(ids):
            ids = self._ids(*conditions)
        self.load(ids)
        return tuple(row for row in map(self.find, ids) if row)

    def _ids(self, *conditions: Any) -> tuple[int, ...]:  # noqa: ANN401 - the same
        return tuple(self._connection.scalars(select(LIVE_CLASSES.c.id).where(*conditions).order_by(LIVE_CLASSES.c.id)))


def _led_by(person_id: int) -> tuple[Any, ...]:
    return LIVE_CLASSES.c.chat_id.is_(None), LIVE_CLASSES.c.ended_at.is_(None), _names(person_id)


def _names(person_id: int) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Return the condition that a person is among the hosts."""
    # The hosts are stored as JSON, in which a person's id is between its name and a comma.
    return type_coerce(LIVE_CLASSES.c.hosts, String).contains(f'"person_id":{person_id},')
