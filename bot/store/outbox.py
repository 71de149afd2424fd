"""The outbox: what must be sent, stored in the same transaction as its reason, gone when Telegram has taken it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, delete, insert, select, update

from bot.store.base import AT_ONCE, Identity, Instant, metadata

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
)


class ToSend(NamedTuple):
    """A message to keep; the fields are the columns.

    Attributes:
        chat_id: where it goes; what goes to one chat keeps its order.
        kind, body: which message it is, and its fields as JSON.
        language: the reader's.
    """

    chat_id: int
    kind: str
    body: str
    language: str
    created_at: datetime


class Unsent(NamedTuple):
    """A message that is still to be sent, with its number."""

    id: int
    chat_id: int
    kind: str
    body: str
    language: str


class Outbox:
    """What waits to be sent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, messages: Sequence[ToSend]) -> tuple[int, ...]:
        """Keep messages; give their numbers, in this order."""
        if not messages:
            return ()
        # SQLite numbers rows in the order given; asked to prove it, SQLAlchemy would insert them one by one.
        proven = self._connection.dialect.name != "sqlite"
        query = insert(OUTBOX).returning(OUTBOX.c.id, sort_by_parameter_order=proven)
        return tuple(sorted(self._connection.scalars(query, [message._asdict() for message in messages])))

    def waiting(self) -> tuple[Unsent, ...]:
        """Give every message that is still to be sent, in order."""
        columns = (OUTBOX.c.id, OUTBOX.c.chat_id, OUTBOX.c.kind, OUTBOX.c.body, OUTBOX.c.language)
        query = select(*columns).where(OUTBOX.c.problem.is_(None)).order_by(OUTBOX.c.id)
        return tuple(Unsent(*row) for row in self._connection.execute(query))

    def holds(self, chat_id: int, kind: str) -> bool:
        """Say whether a message of this kind is still to be sent to a chat."""
        query = select(OUTBOX.c.id).where(
            OUTBOX.c.chat_id == chat_id, OUTBOX.c.kind == kind, OUTBOX.c.problem.is_(None)
        )
        return self._connection.scalar(query.limit(1)) is not None

    def holds_kind(self, kind: str) -> bool:
        """Say whether a message of this kind is still to be sent to any chat."""
        query = select(OUTBOX.c.id).where(OUTBOX.c.kind == kind, OUTBOX.c.problem.is_(None))
        return self._connection.scalar(query.limit(1)) is not None

    def remove(self, ids: Iterable[int]) -> None:
        """Drop rows that were sent."""
        sent = tuple(ids)
        for start in range(0, len(sent), AT_ONCE):
            self._connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(sent[start : start + AT_ONCE])))

    def refuse(self, row_id: int, problem: str) -> None:
        """Keep a message that Telegram refused for good, with the reason; it is not sent again."""
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.id == row_id).values(problem=problem))
