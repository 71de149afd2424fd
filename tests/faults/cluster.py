"""Several real bots on one PostgreSQL database and one token, that are killed, held up and started again at will."""

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

# Which sessions hold the lock of leadership or that of a number; a bot is known by the name it gives its sessions.
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
# How long a look at the database waits for the next, while something is awaited of the processes themselves.
GLANCE_SECONDS = 0.02
# How long anything is awaited of them; and that all are there who start at once, which is up to the computer.
PATIENCE, START_PATIENCE = 30, 120


class Cluster:
    """Bots 0, 1, 2 and so on.

    Args:
        url: of the database that they share.
        more: settings beside those of every test, as the environment has them.

    Attributes:
        database: the address of what they keep.
        bots: the processes.
    """

    def __init__(self, folder: Path, origin: str, url: str, count: int, more: dict[str, str] | None = None) -> None:
        self.database = url
        self.bots = [BotProcess(folder, origin, TOKEN, self._settings(number, more or {})) for number in range(count)]

    @property
    def log_text(self) -> str:
        """All that any of them ever wrote on standard error."""
        return "".join(f"\n--- {number}: {bot.log_text}" for number, bot in enumerate(self.bots) if bot.log_text)

    @property
    def interruptions(self) -> Interruptions:
        """What befell them so far."""
        kills = [moment for bot in self.bots for moment in bot.kills]
        return Interruptions(kills, [moment for bot in self.bots for moment in bot.losses])

    async def start(self) -> None:
        """Start all, at once."""
        await asyncio.gather(*(bot.start() for bot in self.bots))

    async def seen(self) -> tuple[frozenset[int], int | None]:
        """Give who counts as alive now, and who of them leads, if anybody does."""
        holders = await self._ask(_HOLDERS, (LEADERSHIP[0], LOCKS, LEADERSHIP[0]))
        leaders = [_number(row) for row in holders if row["leads"]]
        return frozenset(_number(row) for row in holders if not row["leads"]), leaders[0] if leaders else None

    async def leader(self, *others: int) -> int:
        """Wait until one of them leads that is none of these; give its number."""
        async with asyncio.timeout(PATIENCE):
            while True:
                _, leading = await self.seen()
                if leading is not None and leading not in others:
                    return leading
                await asyncio.sleep(GLANCE_SECONDS)

    async def all_present(self, patience: float = PATIENCE) -> None:
        """Wait until each is present and one leads."""
        async with asyncio.timeout(patience):
            while True:
                present, leading = await self.seen()
                if len(present) == len(self.bots) and leading is not None:
                    return
                await asyncio.sleep(GLANCE_SECONDS)

    async def blocked(self) -> int:
        """Wait until one of them waits for a lock that somebody holds; give its number."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if waiting := await self._ask(_WAITING, ()):
                    return _number(waiting[0])
                await asyncio.sleep(GLANCE_SECONDS)

    async def cut_off(self, number: int) -> None:
        """End all sessions that a bot has at the server."""
        await self._ask(_END, (_name(number),))

    async def end(self) -> None:
        """End all by SIGTERM: in time, with exit code 0, and never with a fault of the program's own."""
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
    """Start all and wait until each is present; leave no process behind, whatever happens in the block."""
    async with killed_at_exit(*cluster.bots):
        await cluster.start()
        await cluster.all_present(START_PATIENCE)
        yield cluster


async def revived(bot: BotProcess) -> None:
    """Wait for the end of a bot that was killed, and start it again."""
    code = await bot.wait_until_ended()
    assert code == -signal.SIGKILL, f"the bot ended by itself with {code}: {bot.log_text}"
    await bot.start()


def _name(number: int) -> str:
    return f"cluster-{number}"


def _number(holder: Row) -> int:
    return int(holder["name"].rpartition("-")[2])
