"""The migrations make the tables that the program works with, on both engines."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, text
from town import CLASS, NOW, open_class

from bot.core.seat import Seat
from bot.store.database import Database, StoreError, make_engine, open_database
from bot.store.engine import BUSY_MILLISECONDS, MIGRATION_MILLISECONDS
from bot.store.migrate import NEWEST, migrate
from bot.store.persons import ClassIds
from bot.store.tables import metadata
from bot.store.upgrade import alembic_config

OPEN = """
import sys
from bot.store.database import open_database
print("ready", flush=True)
sys.stdin.read()
open_database(sys.argv[1]).close()
"""


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Give an engine over an empty database."""
    made = make_engine(url)
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    """Give the names of the tables there are."""
    return set(inspect(engine).get_table_names())


def test_migrating_from_nothing_makes_the_tables(engine: Engine) -> None:
    """After all migrations, the database differs in nothing from the tables that the program declares."""
    migrate(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    """A second run of the migrations is harmless and keeps what is stored."""
    migrate(engine)
    versions = metadata.tables["question_versions"]
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO question_versions VALUES ('f', '{}', '2026-03-02')")
    migrate(engine)
    with engine.connect() as connection:
        assert [row.fingerprint for row in connection.execute(versions.select())] == ["f"]


def test_migrations_can_be_taken_back(engine: Engine) -> None:
    """Every migration can be undone and done again."""
    migrate(engine)
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert tables(engine) == {"alembic_version"}
    migrate(engine)
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_what_seats_tell_is_found_by_queries_after_migrating(url: str) -> None:
    """Who was here, and in which place, before queries could choose by it, is known as if it had always been kept."""
    seats = [Seat(rank=2), Seat(rank=1), Seat(rank=1, gone=True), Seat(rank=3)]
    database = open_database(url)
    with database.transaction() as unit:
        open_class(unit)
        for number, seat in enumerate(seats, 100):
            unit.persons.add(number, "", "en", NOW)
            unit.pupils.add(CLASS, number, f"Pupil {number}" * (number != 103), NOW).seat = seat
    expected = told(database)
    with database.engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        # As a version wrote it that knew less of a seat.
        connection.execute(text("UPDATE pupils SET seat = '{}' WHERE id = 1"))
    database.close()
    database = open_database(url)
    assert told(database) == expected == (("Bob", "Ann", "Pupil 100", "Pupil 101"), ["Pupil 101", "Pupil 100"])
    database.close()


def test_where_people_sit_is_known_after_migrating(url: str) -> None:
    """A seat in a class that had not ended is known afterwards; an invitation from before is good for nobody."""
    database = open_database(url)
    with database.transaction() as unit:
        open_class(unit)
        unit.persons.add(100, "", "en", NOW)
        before = unit.persons.find(100)
        assert before
        assert before.classes is None
        unit.pupils.add(CLASS, 100, "Ann", NOW).seat = Seat(gone=True)
    with database.engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0007")
    database.close()
    database = open_database(url)
    with database.transaction() as unit:
        after, row = unit.persons.find(100), unit.live_classes.find(CLASS)
        assert after
        assert row
        assert after.classes == ClassIds((CLASS,))
        assert row.invited_until is None
    database.close()


def told(database: Database) -> tuple[tuple[str, ...], list[str]]:
    """Give who is here, and who leads."""
    with database.read_only() as unit:
        return unit.pupils.names_here(CLASS), [pupil.nickname for pupil in unit.pupils.leading(CLASS, 5)]


def test_migrations_stand_in_one_row() -> None:
    """The migrations have one beginning and one end."""
    scripts = ScriptDirectory.from_config(alembic_config())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert scripts.get_current_head() == NEWEST


def test_two_may_open_an_empty_database_at_once(url: str, engine: Engine) -> None:
    """Two programs that open the same empty database at the same moment both get its tables."""
    with ExitStack() as stack:
        openers = [stack.enter_context(opener(url)) for _ in range(2)]
        assert [one.stdout.readline() for one in openers] == ["ready\n"] * 2
        for one in openers:
            one.stdin.close()
        assert [one.stderr.read() for one in openers] == ["", ""]
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_changing_tables_waits_longer_for_the_lock(tmp_path: Path) -> None:
    """Another program may be changing the tables of the same file, which takes longer than any other transaction."""
    engine = make_engine(f"sqlite:///{tmp_path}/bot.sqlite3")
    waits: list[int] = []

    def record(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        waits.append(driver.execute("PRAGMA busy_timeout").fetchone()[0])

    event.listen(engine, "begin", record)
    migrate(engine)
    with engine.begin():
        pass
    engine.dispose()
    assert waits == [MIGRATION_MILLISECONDS, BUSY_MILLISECONDS]


def opener(url: str) -> subprocess.Popen[str]:
    """Start a program that opens the database as soon as its input ends."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", OPEN, url], stdin=pipe, stdout=pipe, stderr=pipe, text=True)  # noqa: S603 - our own words


def test_a_newer_database_is_left_alone(url: str) -> None:
    """Where a newer version has migrated, an older one does not start, and says what to do."""
    database = open_database(url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match=r"stands at migration 9999.*install the version that last ran on it"):
        open_database(url)
