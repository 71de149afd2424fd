"""The inbox: raw updates, stored before Telegram hears that they came, and kept a while so that none counts twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    delete,
    insert,
    select,
    text,
    update,
)

from bot.store.base import Instant, metadata

_WAITING = text("done_at IS NULL")
# An update waits while ``done_at`` is empty; one set aside is done too, with the problem beside it.
INBOX = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", String, nullable=False),
    Column("body", String, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("problem", String),
    Column("place", BigInteger, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("tries", Integer, nullable=False, server_default="0"),
    Index("ix_inbox_waiting", "place", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_inbox_lanes", "lane", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index(None, "done_at"),
)


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: its id, the lane in which it must keep its order, and its JSON text."""

    update_id: int
    lane: str
    body: str


class Inbox:
    """The updates kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, updates: Sequence[Received], now: datetime) -> tuple[Received, ...]:
        """Keep updates; give those that were not there before."""
        ids = [update.update_id for update in updates]
        known = set(self._connection.scalars(select(INBOX.c.update_id).where(INBOX.c.update_id.in_(ids))))
        fresh = {update.update_id: update for update in updates if update.update_id not in known}
        if fresh:
            rows = [
                {"update_id": one.update_id, "lane": one.lane, "body": one.body, "received_at": now}
                for one in fresh.values()
            ]
            self._connection.execute(insert(INBOX), rows)
        return tuple(fresh.values())

    def waiting(self) -> tuple[Received, ...]:
        """Give every update that was not handled yet, in the order of their ids."""
        query = (
            select(INBOX.c.update_id, INBOX.c.lane, INBOX.c.body)
            .where(INBOX.c.done_at.is_(None))
            .order_by(INBOX.c.update_id)
        )
        return tuple(Received(*row) for row in self._connection.execute(query))

    def finish(self, update_ids: Iterable[int], now: datetime, problem: str | None = None) -> None:
        """Mark updates as done; with a problem they are set aside, not forgotten."""
        query = update(INBOX).where(INBOX.c.update_id.in_(tuple(update_ids)))
        self._connection.execute(query.values(done_at=now, problem=problem))

    def forget(self, before: datetime) -> None:
        """Drop updates that were handled before this moment; those set aside stay."""
        self._connection.execute(delete(INBOX).where(INBOX.c.done_at < before, INBOX.c.problem.is_(None)))
