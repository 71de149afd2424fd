"""Membership of a process in the cluster that shares one database: a database session of its own.

The session holds the locks on the process number and on leadership; the server releases both when the session ends.
The event loop sends the heartbeats, so a process whose loop hangs loses its session like one that was killed.
"""

import asyncio
import os
import socket
from contextlib import suppress
from random import Random
from typing import Any, Protocol

import psycopg
from psycopg import AsyncConnection, sql
from sqlalchemy import Engine

from bot.store.database import StoreError
from bot.store.signals import CHANNEL, LEADERSHIP, LOCKS

# PostgreSQL 14 is the first with idle_session_timeout.
OLDEST_VERSION = 140_000
PING_SECONDS = 1.0
# A process that gets no answer from the server for this long considers its session lost.
ANSWER_SECONDS = 2.0
# The server ends a session that was silent for this long (PostgreSQL, "idle_session_timeout").
SILENCE_SECONDS = 3.0
CONNECT_SECONDS = 3
# Seconds between attempts to rejoin: the first pause and the longest.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 5.0

_TRY_LOCK = "SELECT pg_try_advisory_lock(%s, %s)"


class MembershipObserver(Protocol):
    """Callbacks for changes of a membership."""

    def on_joined(self, number: int) -> None:
        """Handle joining the cluster under this process number."""

    def on_signal(self, word: str) -> None:
        """Handle a signal from any process, including this one."""

    def on_session_lost(self) -> None:
        """Handle the loss of the session: other processes may now take over what this number claimed."""


class SingleProcess:
    """Membership of the only process, as on SQLite: it always leads and receives no signals.

    Attributes:
        number, leading, is_lost, holds_session: as in ``ClusterMembership``.
    """

    is_lost = False
    holds_session = True

    def __init__(self, rng: Random) -> None:
        self.number = new_number(rng)
        self.leading = asyncio.Event()
        self.leading.set()

    async def join(self) -> None:
        """Do nothing: the only process has nothing to join."""

    async def run(self, member: MembershipObserver) -> None:
        """Run until cancelled."""
        member.on_joined(self.number)
        await asyncio.Event().wait()

    async def resign(self) -> None:
        """Do nothing: no other process can lead."""

    async def leave(self) -> None:
        """Do nothing: no other process waits for this one to end."""


class ClusterMembership:
    """Membership of one of several processes that share a PostgreSQL server.

    Its locks belong to the session, so it needs a session of its own: a pooler between, such as PgBouncer, must lend
    whole sessions (its mode "session"); one that lends transactions would lend the locks to others.

    Args:
        engine: holds the server's address; its connections are not used.
        rng: chooses the process number.

    Attributes:
        number: of this process, 1 to 2**31 - 1; another one after each loss.
        leading: set while this process is the leader.
        is_lost: whether the session was lost and not opened again.
    """

    def __init__(self, engine: Engine, rng: Random) -> None:
        self._address = _address(engine)
        self._rng = rng
        self.number = 0
        self.leading = asyncio.Event()
        self.is_lost = False
        self._session: AsyncConnection[Any] | None = None
        self._heartbeat: asyncio.Task[None] | None = None
        self._answered_at = 0.0

    @property
    def holds_session(self) -> bool:
        """Whether the server cannot have ended the session yet, even if this process was suspended until just now."""
        return not self.is_lost and self._seconds_left() > 0

    async def join(self) -> None:
        """Join under a new process number, and become the leader if there is none.

        Raises:
            StoreError: the server cannot be reached, or is too old.
        """
        self._answered_at = _now()
        try:
            async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                self._session = await AsyncConnection.connect(**self._address)
                await self._open_session(self._session)
        except (psycopg.Error, OSError) as error:
            await self.leave()
            why = str(error).partition("\n")[0] or "it does not answer"
            raise StoreError(
                f"The database server gives this process no session of its own: {why}. "
                "Check that it runs and has connections left."
            ) from error
        except BaseException:
            await self.leave()
            raise
        self.is_lost = False

    async def run(self, member: MembershipObserver) -> None:
        """Stay a member until cancelled; rejoin under another number whenever the session is lost.

        Args:
            member: its callbacks. ``on_joined`` is called first, when ``leading`` may already be set.
        """
        while True:
            if self._session is None:
                await self._rejoin()
            member.on_joined(self.number)
            with suppress(psycopg.Error, OSError):
                await self._run_session(member)
            self._mark_lost()
            member.on_session_lost()
            await self.leave()

    async def resign(self) -> None:
        """Release leadership so that another process can lead at once; the process number is kept."""
        if self._session and self.leading.is_set():
            self.leading.clear()
            with suppress(psycopg.Error, OSError, TimeoutError):
                await self._execute("SELECT pg_advisory_unlock(%s, %s)", LEADERSHIP)

    async def leave(self) -> None:
        """Close the session, which releases its locks at once."""
        self.leading.clear()
        session, self._session = self._session, None
        if session is None:
            return
        if not session.closed:
            # Shutting the socket down ends a query that waits for an answer on it.
            with socket.socket(fileno=os.dup(session.fileno())) as line, suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        if self._heartbeat:
            await asyncio.wait({self._heartbeat})
            self._heartbeat.exception()
        await session.close()

    async def _open_session(self, session: AsyncConnection[Any]) -> None:
        """Set up a new session: timeout, signals, process number, leadership. Raises StoreError for an old server."""
        if session.info.server_version < OLDEST_VERSION:
            raise StoreError(
                f"The database server is PostgreSQL {session.info.server_version // 10_000}. "
                f"Several processes need version {OLDEST_VERSION // 10_000} or newer: upgrade the server."
            )
        await session.execute(f"SET idle_session_timeout = {int(SILENCE_SECONDS * 1000)}".encode())
        await session.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        self.number = new_number(self._rng)
        while not await _is_granted(session, LOCKS, self.number):
            self.number = new_number(self._rng)
        await self._send_heartbeat(session)

    async def _rejoin(self) -> None:
        """Retry joining until it works."""
        pause = SHORTEST_PAUSE
        while True:
            # A process outside the cluster does no work, so every failure is retried.
            with suppress(StoreError, TimeoutError):
                await self.join()
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _run_session(self, member: MembershipObserver) -> None:
        """Receive signals and send heartbeats; return when the session is lost. Raises psycopg.Error."""
        while session := self._session:
            async for notice in session.notifies(timeout=PING_SECONDS):
                member.on_signal(notice.payload)
            if self._is_late():
                return
            self._heartbeat = asyncio.create_task(self._send_heartbeat(session))
            await asyncio.wait({self._heartbeat}, timeout=min(ANSWER_SECONDS, self._seconds_left()))
            if not self._heartbeat.done() or self._is_late():
                return
            self._heartbeat.result()

    async def _send_heartbeat(self, session: AsyncConnection[Any]) -> None:
        """Send a heartbeat; a process that does not lead also tries to become the leader.

        The session timeout is counted from when the heartbeat was sent, not from its answer.
        """
        asked_at = _now()
        if self.leading.is_set():
            await session.execute("SELECT 1")
        elif await _is_granted(session, *LEADERSHIP) and self._session is session:
            self.leading.set()
        self._answered_at = asked_at

    async def _execute(self, query: str, keys: tuple[int, int]) -> None:
        if self._session:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._session.execute(query.encode(), keys)

    def _seconds_left(self) -> float:
        """Return the seconds in which the server cannot end the session for silence."""
        return self._answered_at + SILENCE_SECONDS - _now()

    def _is_late(self) -> bool:
        return self._seconds_left() <= 0

    def _mark_lost(self) -> None:
        self.leading.clear()
        self.is_lost = True


Membership = ClusterMembership | SingleProcess


def create_membership(engine: Engine, rng: Random) -> Membership:
    """Create the membership that fits the database."""
    return SingleProcess(rng) if engine.dialect.name == "sqlite" else ClusterMembership(engine, rng)


def new_number(rng: Random) -> int:
    """Choose a random process number; the key of a lock has four bytes for it."""
    return rng.randrange(1, 2**31)


async def _is_granted(session: AsyncConnection[Any], *keys: int) -> bool:
    row = await (await session.execute(_TRY_LOCK.encode(), keys)).fetchone()
    return bool(row and row[0])


def _now() -> float:
    return asyncio.get_running_loop().time()


def _address(engine: Engine) -> dict[str, Any]:
    """Return the arguments for psycopg: the engine's address, with keepalives that notice a cut line within seconds."""
    named = engine.dialect.create_connect_args(engine.url)[1]
    kept = {"keepalives": 1, "keepalives_idle": 1, "keepalives_interval": 1, "keepalives_count": 3}
    return {"connect_timeout": CONNECT_SECONDS, "application_name": "bot presence", **kept, **named, "autocommit": True}
