"""What a move of databases stands on."""

from pathlib import Path

import pytest
from moved import fill
from postgresql import MakeUrl

from bot.store.moving import source as reading


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a SQLite database with something in every table."""
    fill(tmp_path / "bot.sqlite3")
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def target(make_postgresql: MakeUrl) -> str:
    """Give the address of an empty PostgreSQL database."""
    return make_postgresql("")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even these tables take several batches."""
    monkeypatch.setattr(reading, "BATCH", 2)
