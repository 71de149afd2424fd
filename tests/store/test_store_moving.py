"""A SQLite database moves into PostgreSQL whole, as it was, and into nothing that holds something else."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from moved import NOW, PEOPLE, Interrupted, contents, ignore
from sqlalchemy import delete, select

from bot.store.database import StoreError, open_database
from bot.store.inbox import Received
from bot.store.moving import target as writing
from bot.store.moving.move import Moved, move
from bot.store.outbox import OUTBOX, NewMessage
from bot.store.signals import LOCKS
from bot.store.tables import metadata

pytestmark = pytest.mark.usefixtures("small_batches")


def digest(source: Path) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(source.read_bytes()).hexdigest()


def test_all_arrives_as_it_was(source: Path, target: str) -> None:
    """Every table arrives with every value; the file is as it was, to the byte, and nothing lies beside it."""
    before = digest(source)
    moved = move(source, target, ignore)
    assert (digest(source), [one.name for one in source.parent.iterdir()]) == (before, [source.name])
    assert contents(target) == contents(f"sqlite:///{source}")
    assert moved == Moved({name: len(rows) for name, rows in contents(target).items()}, ())
    assert moved.rows["answers"] == PEOPLE


def test_the_moved_database_works(source: Path, target: str) -> None:
    """A bot may open it: new rows get numbers after those moved, what waited waits, and nobody has claimed it."""
    move(source, target, ignore)
    database = open_database(target)
    with database.engine.connect() as connection:
        assert list(connection.scalars(select(OUTBOX.c.claimed_by))) == [None]
    with database.transaction() as unit:
        assert [one.update_id for one in unit.inbox.claim(9, NOW)] == [8, 9]
        assert [one.id for one in unit.outbox.claim(2, 1000)] == [40]
        assert unit.outbox.add([NewMessage(1, "N", "{}", "en", NOW)]) == (41,)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT nextval('sessions_id_seq'), nextval('pupils_id_seq')").one() == (
            93,
            4,
        )
    database.close()


def test_an_empty_database_moves_too(tmp_path: Path, target: str) -> None:
    """Where there is no row, none is moved, and numbers begin at 1."""
    source = tmp_path / "empty.sqlite3"
    open_database(f"sqlite:///{source}").close()
    assert set(move(source, target, ignore).rows.values()) == {0}
    database = open_database(target)
    with database.transaction() as unit:
        assert unit.outbox.add([NewMessage(1, "N", "{}", "en", NOW)]) == (1,)
    database.close()


def test_a_difference_is_told_and_bars_the_way(source: Path, target: str) -> None:
    """A foreign write during a move is reported by table and column, and no bot starts on the result."""
    change = {
        "moving answers": "UPDATE persons SET name = 'Ben' WHERE id = 1",
        "moving live_classes": "UPDATE answers SET given = '№ ' || (3 - round) WHERE round IN (1, 2)",
        "comparing key_values": "INSERT INTO question_versions VALUES ('g', '{}', '2026-03-02')",
    }

    def watch(stage: str, _done: int, _of: int) -> None:
        if stage in change:
            with psycopg.connect(target, autocommit=True) as other:
                other.execute(change.pop(stage))

    with pytest.raises(StoreError) as told:
        move(source, target, watch)
    assert change == {}
    for words in ("persons: the column name;", "question_versions: 2 rows instead of 1;", "answers: the column given)"):
        assert words in str(told.value)
    with pytest.raises(StoreError, match="is not finished"):
        open_database(target)


def test_only_an_empty_database_is_filled(source: Path, target: str) -> None:
    """A database with people or updates is refused and not changed; rows of a first start are replaced."""
    database = open_database(target)
    with database.transaction() as unit:
        unit.key_values.set("salt", "another")
        unit.versions.keep({"of another bank": "{}"}, NOW)
        unit.inbox.add([Received(5, "chat 5", "{}")], NOW)
    before = contents(target)
    with pytest.raises(StoreError, match=r"holds something already \(in inbox\): name an empty one"):
        move(source, target, ignore)
    assert contents(target) == before
    with database.engine.begin() as connection:
        connection.execute(delete(metadata.tables["inbox"]))
    move(source, target, ignore)
    assert contents(target) == contents(f"sqlite:///{source}")
    with pytest.raises(StoreError, match="holds something already"):
        move(source, target, ignore)
    database.close()


def test_a_bot_that_runs_is_found_on_either_side(source: Path, target: str) -> None:
    """While a bot has the file open, idle or not, or lives on the database, nothing is moved."""
    database = open_database(f"sqlite:///{source}")
    with pytest.raises(StoreError, match="is in use: stop the bot first"):
        move(source, target, ignore)
    database.close()
    with psycopg.connect(target, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s, 5)", (LOCKS,))
        with pytest.raises(StoreError, match="A bot runs on the database of BOT_DATABASE_URL"):
            move(source, target, ignore)
    move(source, target, ignore)


def test_a_bot_cannot_open_the_file_meanwhile(source: Path, target: str) -> None:
    """As long as the file is being moved nobody else can open it."""
    refused: list[str] = []

    def watch(_stage: str, _done: int, _of: int) -> None:
        with closing(sqlite3.connect(source, timeout=0)) as other:
            try:
                other.execute("SELECT count(*) FROM persons")
            except sqlite3.OperationalError as error:
                refused.append(str(error))
        if len(refused) == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        move(source, target, watch)
    assert refused == ["database is locked"] * 3
    open_database(f"sqlite:///{source}").close()


def test_two_moves_do_not_mix(source: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second move into the same database waits a little for the first, and then says so."""
    monkeypatch.setattr(writing, "PATIENCE", "10ms")
    with psycopg.connect(target, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (writing.LOCK,))
        with pytest.raises(StoreError, match="Another bot migrate works on the database"):
            move(source, target, ignore)


def test_a_move_beside_a_move_is_told_so(source: Path, target: str) -> None:
    """A second move at the same time reports the running move, not a running bot."""
    told: list[str] = []

    def watch(*_told: object) -> None:
        if not told:
            with pytest.raises(StoreError) as refused:
                move(source, target, ignore)
            told.append(str(refused.value))

    move(source, target, watch)
    assert told[0].startswith("Another bot migrate moves into the database of BOT_DATABASE_URL")
    with closing(sqlite3.connect(source)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="stop the bot first"):
            move(source, target, ignore)


def test_a_file_of_a_development_version_is_not_moved(source: Path, target: str) -> None:
    """Its tables have other names; the message says so, and nothing reaches the server."""
    with closing(sqlite3.connect(source, isolation_level=None)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '0011'")
    with pytest.raises(StoreError, match=r"a development version of this program \(migration 0011\)"):
        move(source, target, ignore)


def test_the_log_of_a_killed_bot_is_moved(source: Path, target: str, tmp_path: Path) -> None:
    """Rows that stand in the log beside the file alone, as after kill -9, are moved with the others."""
    folder = tmp_path / "killed"
    folder.mkdir()
    database = open_database(f"sqlite:///{source}")
    with database.transaction() as unit:
        unit.persons.add(99, "In the log", "en", NOW)
    for one in tmp_path.glob("bot.sqlite3*"):
        (folder / one.name).write_bytes(one.read_bytes())
    database.close()
    assert {one.name for one in folder.iterdir()} > {"bot.sqlite3", "bot.sqlite3-wal"}
    assert move(folder / source.name, target, ignore).rows["persons"] == PEOPLE + 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "Write sqlite:///FILE or postgresql://"),
        ("sqlite:///other.sqlite3", "BOT_DATABASE_URL is to name the database to move into"),
        ("postgresql://ann:verysecret@127.0.0.1:1/quiz", "cannot be used"),
    ],
)
def test_an_address_that_will_not_do_is_told(source: Path, url: str, words: str) -> None:
    """The target is a PostgreSQL that can be reached; its password is never shown."""
    with pytest.raises(StoreError) as told:
        move(source, url, ignore)
    assert words in str(told.value)
    assert "verysecret" not in str(told.value)


def test_a_file_that_will_not_do_is_told(tmp_path: Path) -> None:
    """A missing, foreign or damaged file is reported before the server is contacted."""
    nowhere = "postgresql://127.0.0.1:1/quiz"
    with pytest.raises(StoreError, match="There is no database at"):
        move(tmp_path / "missing.sqlite3", nowhere, ignore)
    (tmp_path / "text.sqlite3").write_text("this is no database\n" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read: file is not a database"):
        move(tmp_path / "text.sqlite3", nowhere, ignore)
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as opened:
        opened.execute("CREATE TABLE notes (id INTEGER)")
    with pytest.raises(StoreError, match="no database of this program"):
        move(tmp_path / "other.sqlite3", nowhere, ignore)
