"""Flood waits that Telegram asked for, stored so that other processes and a restarted bot observe them.

Only flood waits are stored: a message that Telegram accepts causes no write here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, bindparam, func, select, text

from bot.store.base import FORGOTTEN_AT_ONCE, Instant, metadata

FLOOD_WAITS = Table(
    "flood_waits",
    metadata,
    Column("name", String, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

# No pause is longer (bot/tg/bot_api/response.py), whatever a clock makes of it.
LONGEST = timedelta(hours=1)

_MOMENTS = (bindparam("since", type_=Instant), bindparam("until", type_=Instant))
# A row from the future was written before the clock was set back, so it is replaced.
_ADD = text(
    "INSERT INTO flood_waits (name, since, until) VALUES (:name, :since, :until) "
    "ON CONFLICT (name) DO UPDATE SET since = excluded.since, until = excluded.until "
    "WHERE excluded.until > flood_waits.until OR flood_waits.since > excluded.since"
).bindparams(*_MOMENTS)
_FORGET = text(
    "DELETE FROM flood_waits WHERE name IN "
    "(SELECT name FROM flood_waits WHERE until <= :now OR since > :now ORDER BY name LIMIT :most)"
).bindparams(bindparam("now", type_=Instant))


class FloodWaits:
    """The pauses that Telegram has asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, pauses: Mapping[str, float], now: datetime) -> None:
        """Store for how many seconds from now each of these must pause; the later end counts.

        Args:
            pauses: seconds by what must pause: ``all``, ``chat ID`` or ``method NAME``.
            now: the time of this process; where there are several, that of the server counts.
        """
        since = self._clock(now)
        rows = [
            # In one order, so that two processes that store the same pauses cannot deadlock.
            {"name": name, "since": since, "until": since + min(timedelta(seconds=pauses[name]), LONGEST)}
            for name in sorted(pauses)
        ]
        if rows:
            self._connection.execute(_ADD, rows)

    def running(self, now: datetime) -> dict[str, float]:
        """Return the remaining seconds of each pause, by name.

        If the clock was set back, a pause does not become longer than it was at first.
        """
        rows = self._connection.execute(select(FLOOD_WAITS)).all()
        if not rows:
            return {}
        moment = self._clock(now)
        left = {row.name: min(row.until - moment, row.until - row.since, LONGEST) for row in rows}
        return {name: span.total_seconds() for name, span in left.items() if span > timedelta()}

    def delete_ended(self, now: datetime, most: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete at most ``most`` pauses that are over; return how many were deleted."""
        return self._connection.execute(_FORGET, {"now": self._clock(now), "most": most}).rowcount

    def _clock(self, now: datetime) -> datetime:
        """Return the time: processes that share a server go by its clock, for theirs may differ."""
        if self._connection.dialect.name == "sqlite":
            return now
        return self._connection.execute(select(func.clock_timestamp(type_=Instant))).scalar_one()
