"""Transactions are whole or nothing, and what is wrong with a database is told in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.store.base import metadata
from bot.store.claims import Claimed
from bot.store.database import Database, StoreError, UnitOfWork, open_database
from bot.store.inbox import Received
from bot.store.persons import Person

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def person(unit: UnitOfWork, person_id: int = 7) -> Person:
    """Add a person."""
    return unit.persons.add(person_id, "Ann", "en", NOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Path of a SQLite database with its tables."""
    path = tmp_path / "bot.sqlite3"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def on_file(file: Path) -> Iterator[Database]:
    """Open that database; it does not wait for locks."""
    opened = open_database(f"sqlite:///{file}")
    event.listen(opened.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=1"))
    opened.engine.dispose()
    yield opened
    opened.close()


def test_changes_of_a_transaction_are_found_by_the_next(database: Database) -> None:
    """Rows of a committed transaction are found by the next one."""
    with database.transaction() as unit:
        person(unit)
        unit.inbox.add([Received(1, "chat 7", "{}")], NOW)
    with database.transaction() as unit:
        found = unit.persons.find(7)
        assert found is not None
        assert (found.name, found.since, unit.inbox.claim(1, NOW)) == ("Ann", NOW, (Claimed(1, "chat 7", "{}", 0, 0),))


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    """If anything raises inside a transaction, all of it is as if it had never been, and the error goes on."""
    with pytest.raises(LookupError, match="a story failed"), database.transaction() as unit:  # noqa: PT012 - all is in it
        person(unit)
        unit.inbox.add([Received(1, "chat 7", "{}")], NOW)
        raise LookupError("a story failed")
    with database.transaction() as unit:
        assert unit.persons.find(7) is None
        assert unit.inbox.claim(1, NOW) == ()


def test_a_rule_broken_at_the_end_undoes_the_transaction(database: Database) -> None:
    """If the database refuses what is written at the end, nothing of the transaction stays."""
    with database.transaction() as unit:
        person(unit)
    with pytest.raises(Exception, match=r"(?i)unique"), database.transaction() as unit:  # noqa: PT012 - both are in it
        unit.inbox.add([Received(1, "chat 7", "{}")], NOW)
        person(unit)
    with database.transaction() as unit:
        assert unit.inbox.claim(1, NOW) == ()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "Write sqlite:///FILE or postgresql://"),
        ("", "is not the address of a database"),
        ("postgres//ann:verysecret@localhost/quiz", "is not the address of a database"),
        ("oracle://localhost/quiz", "is not the address of a database"),
        ("sqllite:///bot.sqlite3", "is not the address of a database"),
        ("sqlite:////nowhere/at/all/bot.sqlite3", "Check that its folder exists and may be written"),
        ("postgresql://localhost:1/quiz", "Check BOT_DATABASE_URL and that the server is running"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_with_its_mend(url: str, words: str) -> None:
    """An address that is none, a missing folder and a server that is down are each a sentence with the mend."""
    with pytest.raises(StoreError) as told:
        open_database(url)
    assert words in str(told.value)
    assert "verysecret" not in str(told.value)


def test_a_password_is_not_told() -> None:
    """The error for an unreachable database does not contain its password."""
    with pytest.raises(StoreError) as told:
        open_database("postgresql://ann:verysecret@localhost:1/quiz")
    assert "ann:***@localhost" in str(told.value)
    assert "verysecret" not in str(told.value)


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A file that is no database is refused in words, and stays as it is."""
    path = tmp_path / "homework.txt"
    path.write_text("Dear teacher, " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="The file holds something else"):
        open_database(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8") == "Dear teacher, " * 100


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """The address of a folder is refused in words."""
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_database_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """A database that SQLite may only read is refused with the mend."""
    # Who is root may write any file, so the address says that this one may not be.
    path = tmp_path / "empty.sqlite3"
    path.touch()
    with pytest.raises(StoreError, match=r"Make the file and its folder writable\."):
        open_database(f"sqlite:///file:{path}?mode=ro&uri=true")


def test_a_database_that_another_program_holds_is_told(on_file: Database, file: Path) -> None:
    """While another program writes, the wait ends with a sentence; afterwards everything works again."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is a second bot running on the same file"), on_file.transaction() as unit:
            unit.inbox.claim(1, NOW)
    with on_file.transaction() as unit:
        assert unit.inbox.claim(1, NOW) == ()


def test_a_full_disk_is_told_and_nothing_is_half_written(on_file: Database) -> None:
    """When there is no room left, the transaction ends with a sentence, and nothing of it is kept."""
    event.listen(on_file.engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=1"))
    with pytest.raises(StoreError, match="The disk is full"), on_file.transaction() as unit:
        unit.inbox.add([Received(number, "chat 7", "x" * 10_000) for number in range(50)], NOW)
    with on_file.transaction() as unit:
        assert unit.inbox.claim(1, NOW) == ()


def test_a_table_that_went_away_is_told(on_file: Database, file: Path) -> None:
    """A database that somebody changed behind the bot's back is a StoreError, not a crash."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("DROP TABLE inbox")
    with pytest.raises(StoreError, match="inbox"), on_file.transaction() as unit:
        unit.inbox.claim(1, NOW)


@pytest.mark.usefixtures("synced_commits")
def test_sqlite_keeps_every_commit(on_file: Database) -> None:
    """A commit is on the disk before it returns (synchronous=FULL), and readers do not wait for writers (WAL)."""
    with on_file.engine.connect() as connection:
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")]
        assert values == [2, "wal"]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_every_table_has_a_primary_key() -> None:
    """No table is without a key."""
    assert all(table.primary_key.columns for table in metadata.tables.values())


@pytest.mark.parametrize(
    ("said", "mends"),
    [
        ("FATAL:  sorry, too many clients already", "Raise max_connections"),
        ("FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute", "Raise max_conn"),
        ("ERROR:  out of shared memory", "Raise max_locks_per_transaction"),
        ("ERROR:  canceling statement due to statement timeout", "The server is very slow"),
        ("connection refused", "Check BOT_DATABASE_URL and that the server is running"),
    ],
)
def test_an_error_of_the_server_is_reported_with_its_remedy(database: Database, said: str, mends: str) -> None:
    """An error for each refusal of a server ends with what an operator can do."""
    with pytest.raises(StoreError, match=mends) as told, database.transaction():
        raise OperationalError("", {}, psycopg.OperationalError(said))
    assert said in str(told.value)
