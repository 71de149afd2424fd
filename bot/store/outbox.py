"""The outbox: what must be sent, stored in the same transaction as its reason, gone when Telegram has taken it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, Identity, Instant, table_of


class OutboxRow(Base):
    """One thing to send.

    Attributes:
        chat_id: where it goes; what goes to one chat keeps its order.
        kind, body: which message it is, and its fields as JSON.
        language: the reader's.
        problem: why Telegram refused it for good; such a row is kept to be looked at and is not sent again.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(default=None)


class ToSend(NamedTuple):
    """A message to keep; the fields are the columns of OutboxRow."""

    chat_id: int
    kind: str
    body: str
    language: str
    created_at: datetime


class Outbox:
    """What waits to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, messages: Sequence[ToSend]) -> tuple[int, ...]:
        """Keep messages; give their numbers, in this order."""
        if not messages:
            return ()
        table = table_of(OutboxRow)
        # SQLite numbers rows in the order given; asked to prove it, SQLAlchemy would insert them one by one.
        proven = self._session.get_bind().dialect.name != "sqlite"
        query = insert(table).returning(table.c.id, sort_by_parameter_order=proven)
        return tuple(sorted(self._session.scalars(query, [message._asdict() for message in messages])))

    def waiting(self) -> tuple[OutboxRow, ...]:
        """Give every row that is still to be sent, in order."""
        query = select(OutboxRow).where(OutboxRow.problem.is_(None)).order_by(OutboxRow.id)
        return tuple(self._session.scalars(query))

    def holds(self, chat_id: int, kind: str) -> bool:
        """Say whether a message of this kind is still to be sent to a chat."""
        query = select(OutboxRow.id).where(
            OutboxRow.chat_id == chat_id, OutboxRow.kind == kind, OutboxRow.problem.is_(None)
        )
        return self._session.scalar(query.limit(1)) is not None

    def remove(self, ids: Iterable[int]) -> None:
        """Drop rows that were sent."""
        self._session.execute(delete(OutboxRow).where(OutboxRow.id.in_(tuple(ids))))

    def refuse(self, row_id: int, problem: str) -> None:
        """Keep a row that Telegram refused for good, with the reason."""
        self._session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(problem=problem))
