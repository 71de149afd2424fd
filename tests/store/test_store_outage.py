"""A database that fails is reported once when that begins, seldom while it lasts, and once when it is over."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from postgresql import MakeUrl
from psycopg import sql
from sqlalchemy import Connection, event

from bot.store.database import Database, StoreError, open_database
from bot.store.errors import UnavailableError
from bot.store.inbox import Received
from bot.store.outage import CALM_SECONDS, FIRST_REMINDER_SECONDS, Outage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LARGE = [Received(number, "chat 7", "x" * 10_000) for number in range(50)]


class Clock:
    """Seconds that go on when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the present second."""
        return self.now


class Watched:
    """A database, the clock of its reports, and what they say."""

    def __init__(self, database: Database, caplog: pytest.LogCaptureFixture) -> None:
        self.clock = Clock()
        self.database = database
        database._outage = Outage(self.clock)
        self._caplog = caplog
        caplog.set_level(logging.INFO)

    def write(self) -> None:
        """Write much, and let it fail."""
        with suppress(StoreError), self.database.transaction() as unit:
            unit.inbox.add(LARGE, NOW)

    def write_nothing(self) -> None:
        """Commit a unit of work that found nothing to do."""
        with suppress(StoreError), self.database.transaction() as unit:
            unit.inbox.claim(1, NOW)

    def told(self) -> list[tuple[str, str]]:
        """Return what was reported since the last call: level and words."""
        found = [(one.levelname, one.getMessage()) for one in self._caplog.records]
        self._caplog.clear()
        return found


@pytest.fixture
def watched(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Watched]:
    """Open a file whose reports go by a clock of the test's."""
    database = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    yield Watched(database, caplog)
    database.close()


@contextmanager
def pragma(database: Database, words: str) -> Iterator[None]:
    """Set something in every transaction that begins in the block."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA {words}")

    event.listen(database.engine, "begin", begin)
    yield
    event.remove(database.engine, "begin", begin)
    database.engine.dispose()


@contextmanager
def held(database: Database, _words: str) -> Iterator[None]:
    """Lock the file as another program would."""

    def be_impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    event.listen(database.engine, "connect", be_impatient)
    database.engine.dispose()
    with closing(sqlite3.connect(str(database.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    event.remove(database.engine, "connect", be_impatient)
    database.engine.dispose()


FAULTS = {
    "full": (pragma, "max_page_count=1", "The disk is full: make room where {place} is."),
    "read only": (pragma, "query_only=ON", "Make the file and its folder writable."),
    "locked": (held, "", "Another program holds it"),
}


@pytest.mark.parametrize(("fault", "words", "mends"), FAULTS.values(), ids=FAULTS)
def test_trouble_is_two_lines_however_often_it_is_met(watched: Watched, fault: object, words: str, mends: str) -> None:
    """A fault that every part meets every two seconds is a line with what mends it; its end is another."""
    assert callable(fault)
    with fault(watched.database, words):
        for _ in range(250):
            watched.clock.now += 2
            watched.write()
            assert watched.database.fails
        ((level, line),) = watched.told()
    assert level == "ERROR"
    assert mends.replace("{place}", str(watched.database.engine.url.database)) in line
    assert "need not be restarted" in line
    watched.clock.now += CALM_SECONDS
    watched.write()
    assert watched.told() == [
        (
            "INFO",
            "The database works again after 505 seconds: what waited is stored now.".replace(
                "505 seconds", "8 minutes"
            ),
        )
    ]
    assert not watched.database.fails


def test_a_read_does_not_end_the_report_of_a_full_disk(watched: Watched) -> None:
    """On a full disk a unit of work that finds nothing to do is committed; the trouble is not over by that."""
    with pragma(watched.database, "max_page_count=1"):
        for _ in range(20):
            watched.write()
            watched.clock.now += CALM_SECONDS
            watched.write_nothing()
    assert [level for level, _ in watched.told()] == ["ERROR"]
    watched.write_nothing()
    assert watched.told() == []
    watched.write()
    assert [level for level, _ in watched.told()] == ["INFO"]


def test_trouble_that_comes_and_goes_is_one(watched: Watched) -> None:
    """Where some units of work fail and others do not, nothing is reported of the latter while the former go on."""
    for _ in range(50):
        with pragma(watched.database, "query_only=ON"):
            watched.write()
        watched.clock.now += 1
        watched.write_nothing()
    assert [level for level, _ in watched.told()] == ["ERROR"]


def test_reminders_grow_rare(watched: Watched) -> None:
    """Trouble that lasts for a day is logged again a handful of times, each with how long it has lasted."""
    with pragma(watched.database, "query_only=ON"):
        watched.write()
        assert len(watched.told()) == 1
        for _ in range(24 * 60):
            watched.clock.now += 60
            watched.write()
    reminders = watched.told()
    assert [line.rpartition(" for ")[2] for _, line in reminders] == [
        f"{FIRST_REMINDER_SECONDS * 2**number / 60:.0f} minutes." for number in range(8)
    ]


def test_another_trouble_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    """When the database fails in another way meanwhile, that is a line, but not when the first comes back."""
    outage = Outage(Clock())
    for remedy in ("Start it.", "Make room.", "Start it.", "Make room."):
        outage.failed(UnavailableError("It fails.", remedy, reads_work=False))
    assert len(caplog.records) == 2


def test_a_conflict_is_no_trouble(watched: Watched) -> None:
    """A fault of one unit of work alone, such as a broken rule, is not reported as the database's."""
    for _ in range(2):
        with suppress(Exception), watched.database.transaction() as unit:
            unit.persons.add(7, "Ann", "en", NOW)
    assert watched.told() == []


def test_a_server_that_went_away_is_two_lines(make_postgresql: MakeUrl, caplog: pytest.LogCaptureFixture) -> None:
    """A server that lets nobody in is reported once, whatever its words, and once when it does again."""
    url = make_postgresql("")
    watched = Watched(open_database(url), caplog)
    with psycopg.connect(make_postgresql(""), autocommit=True) as other:
        database = str(watched.database.engine.url.database)
        name = sql.Identifier(database)
        other.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,))
        for _ in range(20):
            watched.clock.now += 2
            watched.write()
        assert [level for level, _ in watched.told()] == ["ERROR"]
        other.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
    watched.clock.now += CALM_SECONDS
    watched.write()
    assert [level for level, _ in watched.told()] == ["INFO"]
    watched.database.close()
