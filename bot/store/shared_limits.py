"""Paces: since when each chat is free for the next message, so that several processes keep Telegram's limits together.

Written and read as seconds from now, by the server's clock: those of the processes may differ. On SQLite there is one
process, which remembers all this by itself, and nothing is kept.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import BigInteger, Column, Connection, Table, bindparam, text

from bot.store.base import FORGOTTEN_AT_ONCE, Instant, metadata

# The chat id 0 represents all chats together.
SHARED_LIMITS = Table(
    "shared_limits",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", Instant, nullable=False),
)

_ALL = "INSERT INTO shared_limits (chat_id, free_at) VALUES (0, clock_timestamp()) ON CONFLICT DO NOTHING"
# The generic cell rate algorithm (ITU-T I.371): one moment holds all that was promised. The old moment is the new one
# less what was added.
_TAKE = text(
    "UPDATE shared_limits SET free_at = GREATEST(free_at, clock_timestamp()) + make_interval(secs => :length) "
    "WHERE chat_id = 0 RETURNING EXTRACT(epoch FROM free_at - clock_timestamp()) - :length"
)
_HOLD = text(
    "UPDATE shared_limits SET free_at = GREATEST(free_at, clock_timestamp() + make_interval(secs => :seconds)) "
    "WHERE chat_id = 0"
)
_KEEP = text(
    "INSERT INTO shared_limits (chat_id, free_at) "
    "VALUES (:chat_id, clock_timestamp() + make_interval(secs => :seconds)) "
    "ON CONFLICT (chat_id) DO UPDATE SET free_at = GREATEST(shared_limits.free_at, EXCLUDED.free_at)"
)
_BUSY = text(
    "SELECT chat_id, CAST(EXTRACT(epoch FROM free_at - clock_timestamp()) AS float) FROM shared_limits "
    "WHERE chat_id IN :chats AND free_at > clock_timestamp()"
).bindparams(bindparam("chats", expanding=True))
_FORGET = text(
    "DELETE FROM shared_limits WHERE chat_id IN (SELECT chat_id FROM shared_limits WHERE chat_id <> 0 AND "
    "free_at < clock_timestamp() - interval '1 minute' ORDER BY chat_id LIMIT :most FOR UPDATE SKIP LOCKED)"
)


class SharedLimits:
    """Send schedule that all processes share."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def _is_shared(self) -> bool:
        return self._connection.dialect.name != "sqlite"

    def reserve(self, count: int, spacing: float) -> float:
        """Reserve send slots ``spacing`` seconds apart; return the seconds until the first. PostgreSQL only."""
        length = {"length": count * spacing}
        taken = self._connection.scalar(_TAKE, length)
        if taken is None:
            self._connection.execute(text(_ALL))
            taken = self._connection.scalar(_TAKE, length)
        return float(taken)

    def pause(self, seconds: float) -> None:
        """Pause all sending for this many seconds."""
        if self._is_shared:
            self._connection.execute(text(_ALL))
            self._connection.execute(_HOLD, {"seconds": seconds})

    def busy(self, chats: Collection[int]) -> dict[int, float]:
        """Return the seconds until each of these chats may be sent to; chats that are free are left out."""
        if not (chats and self._is_shared):
            return {}
        rows = self._connection.execute(_BUSY, {"chats": tuple(chats)})
        return {int(chat): float(seconds) for chat, seconds in rows}

    def set_busy(self, busy: Mapping[int, float]) -> None:
        """Store for how many seconds from now each of these chats may not be sent to."""
        if busy and self._is_shared:
            # In one order, so that two processes that store the same chats cannot deadlock.
            self._connection.execute(_KEEP, [{"chat_id": chat, "seconds": busy[chat]} for chat in sorted(busy)])

    def delete_idle(self, most: int = FORGOTTEN_AT_ONCE) -> int:
        """Delete at most ``most`` chats that are free; return how many were deleted."""
        return self._connection.execute(_FORGET, {"most": most}).rowcount if self._is_shared else 0
