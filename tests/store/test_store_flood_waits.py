"""Pauses as the store has them: bounded, by one clock, and none the longer for a clock that is set."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.database import Database, open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = 3600.0


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return a database of either engine."""
    with closing(open_database(url)) as opened:
        yield opened


def add(database: Database, now: datetime = NOW, **pauses: float) -> None:
    """Store pauses."""
    with database.transaction() as unit:
        unit.flood_waits.add(pauses, now)


def running(database: Database, now: datetime = NOW) -> dict[str, float]:
    """Return what pauses, in seconds."""
    with database.read_only() as unit:
        return unit.flood_waits.running(now)


def test_a_pause_runs_until_its_end(database: Database) -> None:
    """It is known with the seconds that are left, and of two ends the later one counts."""
    add(database, one=100.0, two=0.0)
    add(database, one=50.0)
    left = running(database)
    assert left.keys() == {"one"}
    assert left["one"] == pytest.approx(100.0, abs=20)
    add(database, one=900.0)
    assert running(database)["one"] == pytest.approx(900.0, abs=20)


def test_no_pause_is_longer_than_an_hour(database: Database) -> None:
    """A stored pause is never longer than an hour."""
    add(database, one=1e9)
    assert running(database)["one"] == pytest.approx(HOUR, abs=20)


def test_a_clock_that_is_set_back_prolongs_nothing(tmp_path: Path) -> None:
    """After a year back a pause of two seconds has two seconds left, the next one counts, and tidying ends the old."""
    long_ago = NOW - timedelta(days=365)
    with closing(open_database(f"sqlite:///{tmp_path}/bot.sqlite3")) as database:
        _go_back(database, long_ago)


def _go_back(database: Database, long_ago: datetime) -> None:
    add(database, one=2.0, two=HOUR)
    assert running(database, long_ago) == {"one": 2.0, "two": HOUR}
    add(database, long_ago, one=1.0)
    assert running(database, long_ago) == {"one": 1.0, "two": HOUR}
    with database.transaction() as unit:
        unit.flood_waits.delete_ended(long_ago)
    assert running(database, long_ago) == {"one": 1.0}
    assert running(database, NOW) == {}


def test_a_server_goes_by_its_own_clock(database: Database) -> None:
    """At a server the time of the process counts for nothing; in a file it is the only one."""
    add(database, NOW, one=600.0)
    elsewhere = running(database, NOW + timedelta(days=1))
    assert elsewhere == ({} if not database.is_remote else pytest.approx({"one": 600.0}, abs=20))


def test_the_backlog_contains_the_longest_pause(database: Database) -> None:
    """Health sees the pause that ends last, and 0 where there is none."""
    with database.read_only() as unit:
        assert unit.backlog(NOW).pause == 0.0
    add(database, one=100.0, two=900.0)
    with database.read_only() as unit:
        assert unit.backlog(NOW).pause == pytest.approx(900.0, abs=20)


def test_ended_pauses_are_deleted(database: Database) -> None:
    """Tidying deletes what is over, and nothing else."""
    add(database, one=0.0, two=900.0)
    with database.transaction() as unit:
        unit.flood_waits.delete_ended(NOW)
        names = unit._connection.execute(text("SELECT name FROM flood_waits")).scalars().all()
    assert list(names) == ["two"]
