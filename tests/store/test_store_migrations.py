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
from town import NOW

from bot.store.attach import attach_database
from bot.store.database import StoreError, make_engine, open_database
from bot.store.engine import BUSY_MILLISECONDS, MIGRATION_MILLISECONDS
from bot.store.inspection import look
from bot.store.migrate import NEWEST, migrate
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
    """Engine of an empty database."""
    made = make_engine(url)
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    """Return the names of the existing tables."""
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


@pytest.mark.parametrize(
    ("revision", "remedy"),
    [
        ("0011", r"a development version of this program \(migration 0011\).* use another database"),
        ("9999", r"stands at migration 9999.*install the version that last ran on it"),
    ],
)
def test_a_database_of_another_version_is_left_alone(url: str, revision: str, remedy: str) -> None:
    """Neither the bot, a command beside it nor a health check uses it, whatever its tables are called."""
    database = open_database(url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        for table in ("key_values", "inbox", "live_classes"):
            connection.execute(text(f"ALTER TABLE {table} RENAME TO other_{table}"))
    database.close()
    for use in (open_database, attach_database, lambda address: look(address, NOW, "pulse")):
        with pytest.raises(StoreError, match=remedy):
            use(url)
