"""Several real processes of the bot on one PostgreSQL database, which tests can kill, suspend and disconnect."""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
from bot_process import BotProcess, killed_at_exit
from psycopg.rows import dict_row
from repeated_questions import Interruptions
from served_world import SHUTDOWN_SECONDS, TOKEN
from stored_rows import Row

from bot.store.signals import LEADERSHIP, LOCKS

# The sessions that hold the lock of the leader or of a process number. A session's application_name names its bot.
_HOLDERS = """
SELECT application_name AS name, classid = %s AS leads, objid AS number FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid IN (%s, %s) AND pg_locks.database =
    (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_WAITING = """
SELECT application_name AS name FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database() AND application_name LIKE 'cluster-%'
"""
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
# Seconds between two queries of the database while a test waits for something there.
POLL_SECONDS = 0.02
# Limits in seconds: for one step of a test, and for the start of all processes at once, which depends on the computer.
STEP_LIMIT, START_LIMIT = 30, 120


class Cluster:
    """The processes of one bot, numbered from 0.

    Args:
        url: the URL of their database.
        more: further settings, as environment variables.

    Attributes:
        database: the URL of their database.
        bots: the processes.
    """

    def __init__(self, folder: Path, origin: str, url: str, count: int, more: dict[str, str] | None = None) -> None:
        self.database = url
        self.bots = [BotProcess(folder, origin, TOKEN, self._settings(number, more or {})) for number in range(count)]

    @property
    def log_text(self) -> str:
        """The standard error of all processes."""
        return "".join(f"\n--- {number}: {bot.log_text}" for number, bot in enumerate(self.bots) if bot.log_text)

    @property
    def interruptions(self) -> Interruptions:
        """The times of all kills and lost sessions so far."""
        kills = [moment for bot in self.bots for moment in bot.kills]
        return Interruptions(kills, [moment for bot in self.bots for moment in bot.losses])

    async def start(self) -> None:
        """Start all processes at once."""
        await asyncio.gather(*(bot.start() for bot in self.bots))

    async def members(self) -> tuple[frozenset[int], int | None]:
        """Return the numbers of the processes that count as alive, and the leader's number or None."""
        holders = await self._ask(_HOLDERS, (LEADERSHIP[0], LOCKS, LEADERSHIP[0]))
        leaders = [_number(row) for row in holders if row["leads"]]
        return frozenset(_number(row) for row in holders if not row["leads"]), leaders[0] if leaders else None

    async def leader(self, *others: int) -> int:
        """Wait until a process leads that is not one of these; return its number."""
        async with asyncio.timeout(STEP_LIMIT):
            while True:
                _, leading = await self.members()
                if leading is not None and leading not in others:
                    return leading
                await asyncio.sleep(POLL_SECONDS)

    async def wait_until_complete(self, limit: float = STEP_LIMIT) -> None:
        """Wait until every process counts as alive and one of them leads."""
        async with asyncio.timeout(limit):
            while True:
                alive, leading = await self.members()
                if len(alive) == len(self.bots) and leading is not None:
                    return
                await asyncio.sleep(POLL_SECONDS)

    async def blocked(self) -> int:
        """Wait until a process waits for a database lock; return its number."""
        async with asyncio.timeout(STEP_LIMIT):
            while True:
                if waiting := await self._ask(_WAITING, ()):
                    return _number(waiting[0])
                await asyncio.sleep(POLL_SECONDS)

    async def disconnect(self, number: int) -> None:
        """End all sessions of a process at the database server."""
        await self._ask(_END, (_name(number),))

    async def end(self) -> None:
        """End all processes with SIGTERM; check that they exit in time, with code 0, and logged no traceback."""
        for bot in self.bots:
            bot.terminate()
        async with asyncio.timeout(2 * SHUTDOWN_SECONDS):
            codes = [await bot.wait_until_ended() for bot in self.bots]
        assert set(codes) == {0}, (codes, self.log_text)
        assert "Traceback" not in self.log_text, self.log_text

    async def _ask(self, query: str, values: tuple[object, ...]) -> Sequence[Row]:
        server = await psycopg.AsyncConnection.connect(self.database, autocommit=True, row_factory=dict_row)
        async with server:
            return await (await server.execute(query.encode(), values or None)).fetchall()

    def _settings(self, number: int, more: dict[str, str]) -> dict[str, str]:
        mark = "&" if "?" in self.database else "?"
        return {"BOT_DATABASE_URL": f"{self.database}{mark}application_name={_name(number)}", **more}


@asynccontextmanager
async def running(cluster: Cluster) -> AsyncIterator[Cluster]:
    """Start all processes and wait until they are alive; end them with the block, even if it fails."""
    async with killed_at_exit(*cluster.bots):
        await cluster.start()
        await cluster.wait_until_complete(START_LIMIT)
        yield cluster


async def restart_killed(bot: BotProcess) -> None:
    """Wait for the end of a process that was killed, and start it again."""
    code = await bot.wait_until_ended()
    assert code == -signal.SIGKILL, f"the bot exited by itself with {code}: {bot.log_text}"
    await bot.start()


def _name(number: int) -> str:
    return f"cluster-{number}"


def _number(holder: Row) -> int:
    return int(holder["name"].rpartition("-")[2])
