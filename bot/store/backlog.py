"""The backlog: how much waits in the database, and since when. Reads by indexes only, because it runs often."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from bot.store.flood_waits import FloodWaits
from bot.store.inbox import INBOX, oldest_ready
from bot.store.live_classes import LIVE_CLASSES
from bot.store.outbox import OUTBOX
from bot.store.pupils import PUPILS
from bot.store.sessions import SESSIONS
from bot.store.signals import count_processes


@dataclass(frozen=True, slots=True)
class Backlog:
    """The backlog at one time.

    Attributes:
        updates, oldest_update: updates that were kept and are neither handled nor set aside, and when the first came.
        messages, oldest_message: messages that are still to be sent, and when the first was told.
        overdue, oldest_deadline: deadlines that have come and were not looked at, and the first of them.
        classes: live classes under way.
        processes, leaders: how many processes live, and how many lead: one, or none while leadership passes on; None
            where that cannot be told.
        oldest_ready: when the first of those updates came that could be handled now; others wait for something.
        pause: the seconds that are left of the longest pause that Telegram asked for; 0 where it asks for none.
    """

    updates: int
    oldest_update: datetime | None
    messages: int
    oldest_message: datetime | None
    overdue: int
    oldest_deadline: datetime | None
    classes: int
    processes: int | None = None
    leaders: int | None = None
    oldest_ready: datetime | None = None
    pause: float = 0.0


def read_backlog(connection: Connection, now: datetime) -> Backlog:
    """Read what waits."""
    waiting, unsent = INBOX.c.done_at.is_(None), OUTBOX.c.problem.is_(None)
    # The first in the fair order came first, or at about the same time.
    first_update = select(INBOX.c.received_at).where(waiting).order_by(INBOX.c.position, INBOX.c.update_id).limit(1)
    first_message = select(OUTBOX.c.created_at).where(unsent).order_by(OUTBOX.c.id).limit(1)
    processes, leaders = count_processes(connection) or (None, None)
    sessions, pupils = (_overdue(connection, column, now) for column in (SESSIONS.c.deadline, PUPILS.c.deadline))
    return Backlog(
        updates=_count(connection, INBOX, waiting),
        oldest_update=connection.scalar(first_update),
        messages=_count(connection, OUTBOX, unsent),
        oldest_message=connection.scalar(first_message),
        overdue=sessions[0] + pupils[0],
        oldest_deadline=min(filter(None, (sessions[1], pupils[1])), default=None),
        classes=_count(connection, LIVE_CLASSES, LIVE_CLASSES.c.ended_at.is_(None)),
        processes=processes,
        leaders=leaders,
        oldest_ready=oldest_ready(connection, now),
        pause=max(FloodWaits(connection).running(now).values(), default=0.0),
    )


def _count(connection: Connection, table: Any, condition: Any) -> int:  # noqa: ANN401 - SQLAlchemy's own
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _overdue(connection: Connection, deadline: Any, now: datetime) -> tuple[int, datetime | None]:  # noqa: ANN401 - the same
    count, oldest = connection.execute(select(func.count(), func.min(deadline)).where(deadline <= now)).one()
    return count, oldest
