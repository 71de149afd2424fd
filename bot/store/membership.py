"""A process' presence among those that share one database: a session of its own at the server, which dies with it.

What the session holds, the locks on the process' number and on leadership, is free again as soon as the server ends it.
It is kept alive from the event loop, so that a loop that stands still loses it like a process that was killed.
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
# Whoever the server does not answer for so long counts itself out.
ANSWER_SECONDS = 2.0
# The server ends a session from which nothing came for so long (PostgreSQL, "idle_session_timeout").
SILENCE_SECONDS = 3.0
CONNECT_SECONDS = 3
# How long to wait before the next try to come back, from the first to the longest.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 5.0

_TRY_LOCK = "SELECT pg_try_advisory_lock(%s, %s)"


class MembershipObserver(Protocol):
    """Whoever lives and dies with a presence."""

    def on_joined(self, number: int) -> None:
        """Be the process of this number from now on."""

    def on_signal(self, word: str) -> None:
        """Take a word from a process, perhaps from this one."""

    def on_lost(self) -> None:
        """Count as dead: others may do by now whatever was claimed by the number."""


class SingleProcess:
    """The presence of the only process, as on SQLite: it always leads, and hears nothing.

    Attributes:
        number, leads, is_lost, is_certain: as of ``Presence``.
    """

    is_lost = False
    holds_session = True

    def __init__(self, rng: Random) -> None:
        self.number = new_number(rng)
        self.leading = asyncio.Event()
        self.leading.set()

    async def join(self) -> None:
        """Do nothing: being there is enough."""

    async def run(self, member: MembershipObserver) -> None:
        """Be there until cancelled."""
        member.on_joined(self.number)
        await asyncio.Event().wait()

    async def resign(self) -> None:
        """Do nothing: nobody else can lead."""

    async def leave(self) -> None:
        """Do nothing: nobody waits for the end."""


class ClusterMembership:
    """The presence of one of several processes at a PostgreSQL server.

    Its locks belong to the session, so it needs a session of its own: a pooler between, such as PgBouncer, must lend
    whole sessions (its mode "session"); one that lends transactions would lend the locks to others.

    Args:
        engine: says where the server is; its connections are not used.
        dice: throw the number.

    Attributes:
        number: of this process, 1 to 2**31 - 1; another one after each loss.
        leads: set while this process is the leader.
        is_lost: whether it was present and is not now.
    """

    def __init__(self, engine: Engine, rng: Random) -> None:
        self._address = _address(engine)
        self._rng = rng
        self.number = 0
        self.leading = asyncio.Event()
        self.is_lost = False
        self._session: AsyncConnection[Any] | None = None
        self._ping: asyncio.Task[None] | None = None
        self._answered_at = 0.0

    @property
    def holds_session(self) -> bool:
        """Whether nobody can count this process as dead now, even if it has only just gone on after a standstill."""
        return not self.is_lost and self._left() > 0

    async def join(self) -> None:
        """Take a number, and leadership where it is free.

        Raises:
            StoreError: the server cannot be reached, or is too old.
        """
        self._answered_at = _now()
        try:
            async with asyncio.timeout(CONNECT_SECONDS + ANSWER_SECONDS):
                self._session = await AsyncConnection.connect(**self._address)
                await self._settle_in(self._session)
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
        """Be present until cancelled; whenever presence is lost, begin anew with another number.

        Args:
            member: hears of it. It hears ``joined`` first, in the moment in which ``leads`` may be set.
        """
        while True:
            if self._session is None:
                await self._return()
            member.on_joined(self.number)
            with suppress(psycopg.Error, OSError):
                await self._attend(member)
            self._count_out()
            member.on_lost()
            await self.leave()

    async def resign(self) -> None:
        """Let another process lead at once; the number stays for as long as the server waits for a word."""
        if self._session and self.leading.is_set():
            self.leading.clear()
            with suppress(psycopg.Error, OSError, TimeoutError):
                await self._answer("SELECT pg_advisory_unlock(%s, %s)", LEADERSHIP)

    async def leave(self) -> None:
        """End the session, so that others hear of the end at once."""
        self.leading.clear()
        session, self._session = self._session, None
        if session is None:
            return
        if not session.closed:
            # A closed socket ends whatever waits for an answer on it, however long that would not come.
            with socket.socket(fileno=os.dup(session.fileno())) as line, suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        if self._ping:
            await asyncio.wait({self._ping})
            self._ping.exception()
        await session.close()

    async def _settle_in(self, session: AsyncConnection[Any]) -> None:
        """Take hold of all that presence is."""
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
        await self._greet(session)

    async def _return(self) -> None:
        """Begin anew, as often as it takes."""
        pause = SHORTEST_PAUSE
        while True:
            # However it fails, it must be tried again, or the process would be there for nothing.
            with suppress(StoreError, TimeoutError):
                await self.join()
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _attend(self, member: MembershipObserver) -> None:
        """Listen, and give a sign of life now and then; end when presence is lost. Raises psycopg.Error."""
        while session := self._session:
            async for notice in session.notifies(timeout=PING_SECONDS):
                member.on_signal(notice.payload)
            if self._is_late():
                return
            self._ping = asyncio.create_task(self._greet(session))
            await asyncio.wait({self._ping}, timeout=min(ANSWER_SECONDS, self._left()))
            if not self._ping.done() or self._is_late():
                return
            self._ping.result()

    async def _greet(self, session: AsyncConnection[Any]) -> None:
        """Give a sign of life; who does not lead asks to. An answer counts from when it was asked for."""
        asked_at = _now()
        if self.leading.is_set():
            await session.execute("SELECT 1")
        elif await _is_granted(session, *LEADERSHIP) and self._session is session:
            self.leading.set()
        self._answered_at = asked_at

    async def _answer(self, query: str, keys: tuple[int, int]) -> None:
        if self._session:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._session.execute(query.encode(), keys)

    def _left(self) -> float:
        """Give for how many seconds the server cannot have ended the session for want of a word."""
        return self._answered_at + SILENCE_SECONDS - _now()

    def _is_late(self) -> bool:
        return self._left() <= 0

    def _count_out(self) -> None:
        self.leading.clear()
        self.is_lost = True


Membership = ClusterMembership | SingleProcess


def create_membership(engine: Engine, rng: Random) -> Membership:
    """Make the presence that the database needs."""
    return SingleProcess(rng) if engine.dialect.name == "sqlite" else ClusterMembership(engine, rng)


def new_number(rng: Random) -> int:
    """Throw the number of a process; the key of a lock has four bytes for it."""
    return rng.randrange(1, 2**31)


async def _is_granted(session: AsyncConnection[Any], *keys: int) -> bool:
    row = await (await session.execute(_TRY_LOCK.encode(), keys)).fetchone()
    return bool(row and row[0])


def _now() -> float:
    return asyncio.get_running_loop().time()


def _address(engine: Engine) -> dict[str, Any]:
    """Give what psycopg connects by: the engine's own address, and signs that a line was cut within seconds."""
    named = engine.dialect.create_connect_args(engine.url)[1]
    kept = {"keepalives": 1, "keepalives_idle": 1, "keepalives_interval": 1, "keepalives_count": 3}
    return {"connect_timeout": CONNECT_SECONDS, "application_name": "bot presence", **kept, **named, "autocommit": True}
