"""Fixtures of the tests of the store."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from moved import fill
from postgresql import MakeUrl, Server
from psycopg import sql
from town import THREADS, Town, open_class

from bot.store.database import open_database
from bot.store.moving import source as reading


@pytest.fixture(scope="session")
def first_town(postgresql_server: Server) -> str:
    """URL of a database with a class, to be copied: creating the tables takes the longest."""
    url = postgresql_server("")
    database = open_database(url)
    with database.transaction() as unit:
        open_class(unit)
    database.close()
    return url


@pytest.fixture
def town(make_postgresql: MakeUrl, first_town: str) -> Iterator[Town]:
    """Two processes on one database; deadlocks between them are detected soon."""
    url = make_postgresql(first_town)
    with psycopg.connect(url, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("ALTER DATABASE {} SET deadlock_timeout = '20ms'").format(name))
    one, other = open_database(url), open_database(url)
    with ThreadPoolExecutor(THREADS) as threads:
        yield Town(one, other, threads)
    one.close()
    other.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """SQLite database with rows in every table."""
    fill(tmp_path / "bot.sqlite3")
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def target(make_postgresql: MakeUrl) -> str:
    """URL of an empty PostgreSQL database."""
    return make_postgresql("")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the batch size so that even these tables take several batches."""
    monkeypatch.setattr(reading, "BATCH", 2)
