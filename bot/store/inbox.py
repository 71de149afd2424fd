"""The inbox: raw updates, stored before they are confirmed to Telegram, and kept for a time to recognize repeats.

It is also the queue from which all processes work. A transaction claims updates by locks of the database, so the claims
of a process that died end at once.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    update,
)

from bot.store.base import FORGOTTEN_AT_ONCE, Instant, metadata
from bot.store.bulk import Insertion, among
from bot.store.claims import Claimed, Claims, as_of
from bot.store.fair_queue import FairQueue

# An update waits while ``done_at`` is empty; it is in line in its lane unless it came too early.
_WAITING = text("done_at IS NULL")
_HANDLED = text("done_at IS NOT NULL AND problem IS NULL")
_ASIDE = text("done_at IS NOT NULL AND problem IS NOT NULL")
_IN_LINE = text("done_at IS NULL AND deferrals = 0")
_HELD = text("done_at IS NULL AND not_before IS NOT NULL")
_EARLY = text("done_at IS NULL AND deferrals > 0")
# A dead letter is done too, with the problem beside it. ``position`` is the fair order among lanes, ``tries`` counts
# failures, ``deferrals`` how often the update came too early.
INBOX = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", String, nullable=False),
    Column("body", String, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("problem", String),
    Column("position", BigInteger, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("deferrals", Integer, nullable=False, server_default="0"),
    Index("ix_inbox_waiting", "position", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_inbox_lanes", "lane", "update_id", sqlite_where=_IN_LINE, postgresql_where=_IN_LINE),
    Index("ix_inbox_deferred", "lane", sqlite_where=_EARLY, postgresql_where=_EARLY),
    Index("ix_inbox_held", "not_before", sqlite_where=_HELD, postgresql_where=_HELD),
    # Partial as well: SQLite would find those that wait by them, in no order. Two, so that neither what was handled nor
    # what was set aside is in the way where the oldest of the other are looked for.
    Index("ix_inbox_handled", "done_at", sqlite_where=_HANDLED, postgresql_where=_HANDLED),
    Index("ix_inbox_dead_letters", "done_at", sqlite_where=_ASIDE, postgresql_where=_ASIDE),
)

# A vote may come before the answer to sendPoll: seconds until the next try; the last value repeats.
EARLY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)

# Built once, because building a statement is slow.
_ADD = Insertion(INBOX, ("update_id", "lane", "body", "received_at", "position"))
_FINISH = (
    update(INBOX)
    .where(among(INBOX.c.update_id, "ids"))
    .values(done_at=bindparam("now", type_=Instant), problem=bindparam("why"))
)
_IS_HELD = and_(INBOX.c.not_before > bindparam("now"), INBOX.c.not_before <= bindparam("latest"))
_COUNT = select(func.count()).select_from(
    select(INBOX.c.update_id)
    .where(
        _WAITING,
        or_(INBOX.c.not_before.is_(None), ~_IS_HELD),
        INBOX.c.lane.not_in(select(INBOX.c.lane).where(_IN_LINE, _IS_HELD)),
    )
    .limit(bindparam("most"))
    .subquery()
)
# The first batch in the fair order contains the oldest: an update that is much older than others is before them.
_FIRST = 200
_READY = (
    select(INBOX.c.received_at)
    .where(
        _WAITING,
        INBOX.c.deferrals == 0,
        or_(INBOX.c.not_before.is_(None), ~_IS_HELD),
        INBOX.c.lane.not_in(select(INBOX.c.lane).where(_IN_LINE, _IS_HELD)),
    )
    .order_by(INBOX.c.position, INBOX.c.update_id)
    .limit(_FIRST)
    .subquery()
)
_OLDEST_READY = select(func.min(_READY.c.received_at))
_NEXT_DUE = select(INBOX.c.not_before).where(_WAITING, _IS_HELD).order_by(INBOX.c.not_before).limit(1)
_CALLED = select(INBOX.c.update_id).where(_EARLY, INBOX.c.not_before.is_not(None))
_CALLED_SOME = _CALLED.where(among(INBOX.c.lane, "lanes"))
# In one order, so that two processes that release the same updates cannot deadlock.
_CALL_BACK, _CALL_BACK_SOME = (
    update(INBOX)
    .where(INBOX.c.update_id.in_(called.order_by(INBOX.c.update_id).with_for_update()))
    .values(not_before=None)
    for called in (_CALLED, _CALLED_SOME)
)


def oldest_ready(connection: Connection, now: datetime) -> datetime | None:
    """Return when the oldest update came that could be processed now, or None.

    Updates that wait for their next try, that are behind such an update, or that are deferred are left out.
    """
    return connection.execute(_OLDEST_READY, as_of(now)).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it was received.

    Attributes:
        update_id: its id.
        lane: the lane in which it keeps its order.
        body: its JSON text.
        poll: the poll that it is a vote in; empty for other updates.
    """

    update_id: int
    lane: str
    body: str
    poll: str = ""


def chat_lane(chat_id: int) -> str:
    """Return the lane of a chat; votes and button presses, even in a group, belong to the person's private chat."""
    return f"chat {chat_id}"


class Inbox:
    """The stored updates."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, updates: Iterable[Received], now: datetime, places: FairQueue | None = None) -> tuple[Received, ...]:
        """Store updates; return those that are new. Other processes may store the same ones concurrently.

        Args:
            updates: the received updates.
            now: the current time.
            places: chooses the position of each in the fair order.
        """
        places = places or FairQueue()
        offered = {one.update_id: one for one in sorted(updates, key=lambda one: one.update_id)}
        given = offered.values()
        rows = [
            (one.update_id, one.lane, one.body, now, places.next_position(one.lane, one.poll, now)) for one in given
        ]
        kept = _ADD.add_new(self._connection, rows)
        return tuple(one for one in given if one.update_id in kept)

    def claim(self, most: int, now: datetime, since: datetime | None = None) -> tuple[Claimed, ...]:
        """Claim at most ``most`` due updates for this transaction: lanes in fair order, each lane in its own order.

        Args:
            most: the largest number of updates.
            now: the current time.
            since: skip lanes whose first update came later; by default, skip none.
        """
        return Claims(self._connection).some(most, now, since)

    def claim_one(self, update_id: int, now: datetime) -> Claimed | None:
        """Claim an update if it is due, the first of its lane, and not claimed by another process; else return None."""
        return Claims(self._connection).one(update_id, now)

    def count(self, most: int, now: datetime) -> int:
        """Count, up to ``most``, the updates that can be or are being processed, except lanes that wait for a retry."""
        return self._connection.scalar(_COUNT, {"most": most, **as_of(now)}) or 0

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next update that waits for a retry comes due, or None."""
        return self._connection.execute(_NEXT_DUE, as_of(now)).scalar_one_or_none()

    def finish(self, update_ids: Iterable[int], now: datetime, problem: str | None = None) -> None:
        """Mark updates as done; those with a problem become dead letters."""
        self._connection.execute(_FINISH, {"ids": tuple(update_ids), "now": now, "why": problem})

    def defer(self, early: Sequence[Claimed], now: datetime) -> None:
        """Defer updates that came too early, each time for longer; the updates behind them do not wait."""
        for one in early:
            seconds = EARLY_SECONDS[min(one.deferrals, len(EARLY_SECONDS) - 1)]
            moment = now + timedelta(seconds=seconds)
            query = update(INBOX).where(INBOX.c.update_id == one.update_id)
            self._connection.execute(query.values(deferrals=one.deferrals + 1, not_before=moment))

    def release_deferred(self, lanes: Collection[str] | None) -> None:
        """Mark the deferred updates of these lanes, or of all lanes (None), as due now.

        This waits for a process that handles one of them now, which may defer it again. So call it before locking
        any row that a handler may need.
        """
        if lanes is None:
            self._connection.execute(_CALL_BACK)
        else:
            self._connection.execute(_CALL_BACK_SOME, {"lanes": tuple(lanes)})

    def retry_at(self, failed: Claimed, until: datetime) -> bool:
        """Record a failure and delay the update with all behind it; return False if another process dealt with it."""
        return self._fail(failed, not_before=until)

    def discard(self, failed: Claimed, now: datetime, problem: str) -> bool:
        """Move an update to the dead letters after its last failure; return False if another process dealt with it."""
        return self._fail(failed, done_at=now, problem=problem)

    def delete_handled(self, before: datetime, most: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete updates that were handled before this time, the oldest first; return how many. Dead letters stay.

        Args:
            before: the time.
            most: how many at most.
        """
        oldest = select(INBOX.c.update_id).where(INBOX.c.done_at < before, INBOX.c.problem.is_(None))
        oldest = oldest.order_by(INBOX.c.done_at).limit(most)
        return self._connection.execute(delete(INBOX).where(INBOX.c.update_id.in_(oldest))).rowcount

    def _fail(self, failed: Claimed, **values: object) -> bool:
        query = update(INBOX).where(INBOX.c.update_id == failed.update_id, INBOX.c.done_at.is_(None))
        query = query.where(INBOX.c.tries == failed.tries).values(tries=failed.tries + 1, **values)
        return bool(self._connection.execute(query).rowcount)
