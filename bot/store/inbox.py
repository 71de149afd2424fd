"""The inbox: raw updates, stored before Telegram hears that they came, and kept a while so that none counts twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Index, delete, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, Instant, table_of


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: its id, the lane in which it must keep its order, and its JSON text."""

    update_id: int
    lane: str
    body: str


class InboxRow(Base):
    """One update. It waits while ``done_at`` is empty; one set aside is done too, with the problem beside it."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "update_id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lane: Mapped[str]
    body: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str | None]


class Inbox:
    """The updates kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, updates: Sequence[Received], now: datetime) -> tuple[Received, ...]:
        """Keep updates; give those that were not there before."""
        ids = [update.update_id for update in updates]
        known = set(self._session.scalars(select(InboxRow.update_id).where(InboxRow.update_id.in_(ids))))
        fresh = {update.update_id: update for update in updates if update.update_id not in known}
        if fresh:
            rows = [
                {"update_id": one.update_id, "lane": one.lane, "body": one.body, "received_at": now}
                for one in fresh.values()
            ]
            self._session.execute(insert(table_of(InboxRow)), rows)
        return tuple(fresh.values())

    def waiting(self) -> tuple[Received, ...]:
        """Give every update that was not handled yet, in the order of their ids."""
        query = (
            select(InboxRow.update_id, InboxRow.lane, InboxRow.body)
            .where(InboxRow.done_at.is_(None))
            .order_by(InboxRow.update_id)
        )
        return tuple(Received(*row) for row in self._session.execute(query))

    def finish(self, update_ids: Iterable[int], now: datetime, problem: str | None = None) -> None:
        """Mark updates as done; with a problem they are set aside, not forgotten."""
        query = update(InboxRow).where(InboxRow.update_id.in_(tuple(update_ids)))
        self._session.execute(query.values(done_at=now, problem=problem))

    def set_aside(self) -> tuple[tuple[int, str], ...]:
        """Give the id and problem of every update that was set aside."""
        query = select(InboxRow.update_id, InboxRow.problem).where(InboxRow.problem.is_not(None))
        return tuple((row[0], row[1] or "") for row in self._session.execute(query.order_by(InboxRow.update_id)))

    def forget(self, before: datetime) -> None:
        """Drop updates that were handled before this moment; those set aside stay."""
        self._session.execute(delete(InboxRow).where(InboxRow.done_at < before, InboxRow.problem.is_(None)))
