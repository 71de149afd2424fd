"""Real databases: a SQLite file, and a PostgreSQL server of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql import MakeUrl

from bot.store.database import Database, open_database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, one test on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite3"
    make_url: MakeUrl = request.getfixturevalue("make_postgresql")
    return make_url("")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Give an open database without anything in it."""
    opened = open_database(url)
    yield opened
    opened.close()
