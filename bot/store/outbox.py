"""The outbox: messages stored in the transaction that causes them, deleted once Telegram accepts them.

Each message is sent by the process that claimed it. What goes to one chat is claimed by one process at a time, so that
it keeps its order; answers to presses, and questions who is in a group, wait for nothing and make a queue of their own.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    case,
    delete,
    false,
    func,
    select,
    text,
    update,
)

from bot.store.base import AT_ONCE, Identity, Instant, metadata
from bot.store.bulk import Insertion, among
from bot.store.signals import live_processes

_REFUSED = text("problem IS NOT NULL")
OUTBOX = Table(
    "outbox",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("body", String, nullable=False),
    Column("language", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("problem", String),
    Column("urgency", Integer, nullable=False, server_default="1"),
    Column("claimed_by", BigInteger),
    Index("ix_outbox_refused", "created_at", sqlite_where=_REFUSED, postgresql_where=_REFUSED),
)

# The kinds of messages that wait behind nothing.
PRESS = "PressAnswer"
INDEPENDENT = (PRESS, "MemberCheck", "ClosedPoll")
# Held by the one process that looks for messages without an owner (PostgreSQL, advisory locks).
_LOOKS = 7_269_005

_UNSENT = OUTBOX.c.problem.is_(None)
_IS_INDEPENDENT = OUTBOX.c.kind.in_(INDEPENDENT)


class NewMessage(NamedTuple):
    """A message to store; the fields are the columns.

    Attributes:
        chat_id: the chat; messages to one chat keep their order.
        kind, body: the name of its class, and its fields as JSON.
        language: the reader's.
        urgency: 0 is the most urgent.
        claimed_by: the number of the process that owns it; None for no owner.
    """

    chat_id: int
    kind: str
    body: str
    language: str
    created_at: datetime
    urgency: int = 1
    claimed_by: int | None = None


class StoredMessage(NamedTuple):
    """A message that is still to be sent, with its number."""

    id: int
    chat_id: int
    kind: str
    body: str
    language: str


# Made once, for they are needed all the time.
_ADD = Insertion(OUTBOX, NewMessage._fields)
_REMOVE = delete(OUTBOX).where(among(OUTBOX.c.id, "ids"), OUTBOX.c.claimed_by == bindparam("number"))
_HELD = (
    select(OUTBOX.c.chat_id)
    .distinct()
    .where(_UNSENT, ~_IS_INDEPENDENT, OUTBOX.c.claimed_by.is_distinct_from(bindparam("number")))
    .where(among(OUTBOX.c.chat_id, "chats"))
)

_COLUMNS = (OUTBOX.c.id, OUTBOX.c.chat_id, OUTBOX.c.kind, OUTBOX.c.body, OUTBOX.c.language)


class Outbox:
    """The messages that wait to be sent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, messages: Sequence[NewMessage]) -> tuple[int, ...]:
        """Store messages; return their ids, in this order."""
        return tuple(_ADD.number(self._connection, messages))

    def chats_of_others(self, chats: Collection[int], number: int) -> frozenset[int]:
        """Return those of these chats that have unsent messages of other processes."""
        if not chats:
            return frozenset()
        return frozenset(self._connection.scalars(_HELD, {"number": number, "chats": chats}))

    def claim(self, number: int, most: int, least: int | None = None) -> tuple[StoredMessage, ...]:
        """Claim what no living process has claimed, in whole chats, the most urgent first; give it in order.

        One process looks at a time: where another does, nothing is given.

        Args:
            number: this process'.
            most: give no further chat once there are so many messages.
            least: take only chats that wait for something at least so urgent; None for all.
        """
        if not self._may_look():
            return ()
        free = self._is_free(number)
        if free is None:
            return ()
        chosen = self._chosen(free, most, least)
        query = select(*_COLUMNS).where(_UNSENT, free).order_by(OUTBOX.c.id).with_for_update(skip_locked=True)
        rows: list[StoredMessage] = []
        for some in _some({chat for chat, _ in chosen}):
            rows += [StoredMessage(*row) for row in self._connection.execute(query.where(OUTBOX.c.chat_id.in_(some)))]
        taken = _whole_queues(rows, chosen)
        self._give([one.id for one in taken], number)
        return taken

    def adopt_unowned(self, chats: Collection[int], number: int) -> tuple[StoredMessage, ...]:
        """Claim what waits without an owner behind messages of this process', now sent, in these chats; give it.

        A chat in which another process has a claim is left alone.
        """
        others = select(OUTBOX.c.chat_id).where(_UNSENT, ~_IS_INDEPENDENT, OUTBOX.c.claimed_by != number)
        query = select(*_COLUMNS).where(_UNSENT, ~_IS_INDEPENDENT, OUTBOX.c.claimed_by.is_(None))
        rows: list[StoredMessage] = []
        for some in _some(chats):
            here = OUTBOX.c.chat_id.in_(some)
            free = query.where(here, OUTBOX.c.chat_id.not_in(others.where(here))).order_by(OUTBOX.c.id)
            rows += [StoredMessage(*row) for row in self._connection.execute(free.with_for_update())]
        self._give([one.id for one in rows], number)
        return tuple(rows)

    def _may_look(self) -> bool:
        if self._connection.dialect.name == "sqlite":
            return True
        return bool(self._connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOOKS}))

    def _is_free(self, number: int) -> ColumnElement[bool] | None:
        """Return the condition for messages without a live owner; None if no message can be without one."""
        owners = set(self._connection.scalars(select(OUTBOX.c.claimed_by).distinct().where(_UNSENT)))
        others = owners - {None, number}
        # Asked in this order: who comes to life in between has claimed nothing that was seen above.
        dead = others - live_processes(self._connection, number) if others else others
        if None not in owners and not dead:
            return None
        return OUTBOX.c.claimed_by.is_(None) | (OUTBOX.c.claimed_by.in_(dead) if dead else false())

    def _chosen(self, free: ColumnElement[bool], most: int, least: int | None) -> dict[tuple[int, bool], int]:
        """Return the queues in which nobody living has a claim, as (chat, whether apart), with their lengths."""
        urgency, length = func.min(OUTBOX.c.urgency), func.count()
        some = select(OUTBOX.c.chat_id).where(_UNSENT, free)
        query = select(OUTBOX.c.chat_id, _IS_INDEPENDENT, length).where(_UNSENT, OUTBOX.c.chat_id.in_(some))
        query = query.group_by(OUTBOX.c.chat_id, _IS_INDEPENDENT).having(length == func.sum(case((free, 1), else_=0)))
        query = query.having(urgency <= least) if least is not None else query
        chosen: dict[tuple[int, bool], int] = {}
        for chat, is_apart, count in self._connection.execute(
            query.order_by(urgency, func.min(OUTBOX.c.id)).limit(most)
        ):
            chosen[chat, bool(is_apart)] = count
            most -= count
            if most <= 0:
                break
        return chosen

    def _give(self, ids: Sequence[int], number: int) -> None:
        for some in _some(ids):
            self._connection.execute(update(OUTBOX).where(OUTBOX.c.id.in_(some)).values(claimed_by=number))

    def still_unsent(self, ids: Collection[int], number: int | None = None) -> frozenset[int]:
        """Return those of these messages that are not sent yet; with a number, only those of that process."""
        query = select(OUTBOX.c.id).where(_UNSENT)
        if number is not None:
            query = query.where(OUTBOX.c.claimed_by == number)
        found: set[int] = set()
        for some in _some(ids):
            found.update(self._connection.scalars(query.where(OUTBOX.c.id.in_(some))))
        return frozenset(found)

    def holds(self, chat_id: int, kind: str, body: str | None = None) -> bool:
        """Return whether a message of this kind, or the one with this body, is still to be sent to a chat."""
        query = select(OUTBOX.c.id).where(OUTBOX.c.chat_id == chat_id, OUTBOX.c.kind == kind, _UNSENT)
        if body is not None:
            query = query.where(OUTBOX.c.body == body)
        return self._connection.scalar(query.limit(1)) is not None

    def holds_kind(self, kind: str) -> bool:
        """Return whether a message of this kind is still to be sent to any chat."""
        query = select(OUTBOX.c.id).where(OUTBOX.c.kind == kind, _UNSENT)
        return self._connection.scalar(query.limit(1)) is not None

    def remove(self, ids: Collection[int], number: int) -> None:
        """Drop messages that were sent by the process of this number.

        What another has claimed since stays: that one is about to send it again, and all that is told now must wait
        behind it.
        """
        if ids:
            self._connection.execute(_REMOVE, {"ids": ids, "number": number})

    def discard(self, row_id: int, problem: str) -> None:
        """Mark a message as a dead letter, with the reason of the refusal; it is not sent again."""
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.id == row_id).values(problem=problem))


def _some(values: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Split values into chunks that fit into one query."""
    whole = tuple(values)
    for start in range(0, len(whole), AT_ONCE):
        yield whole[start : start + AT_ONCE]


def _whole_queues(rows: Sequence[StoredMessage], chosen: dict[tuple[int, bool], int]) -> tuple[StoredMessage, ...]:
    """Return the rows of the chosen queues that are complete, in order: a locked row is being recorded elsewhere."""
    found: dict[tuple[int, bool], list[StoredMessage]] = {queue: [] for queue in chosen}
    for row in rows:
        if (queue := (row.chat_id, row.kind in INDEPENDENT)) in found:
            found[queue].append(row)
    whole = (row for queue, its in found.items() if len(its) >= chosen[queue] for row in its)
    return tuple(sorted(whole))
