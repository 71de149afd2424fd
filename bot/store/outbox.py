"""The outbox: what must be sent, stored in the same transaction as its reason, gone when Telegram has taken it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, Identity, Instant


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
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(default=None)


class Outbox:
    """What waits to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, rows: Sequence[OutboxRow]) -> None:
        """Keep rows and give them their numbers, in this order."""
        self._session.add_all(rows)
        self._session.flush()

    def waiting(self) -> tuple[OutboxRow, ...]:
        """Give every row that is still to be sent, in order."""
        query = select(OutboxRow).where(OutboxRow.problem.is_(None)).order_by(OutboxRow.id)
        return tuple(self._session.scalars(query))

    def remove(self, ids: Iterable[int]) -> None:
        """Drop rows that were sent."""
        self._session.execute(delete(OutboxRow).where(OutboxRow.id.in_(tuple(ids))))

    def refuse(self, row_id: int, problem: str) -> None:
        """Keep a row that Telegram refused for good, with the reason."""
        self._session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(problem=problem))
