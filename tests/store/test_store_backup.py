"""A backup is whole whatever goes on meanwhile, and takes the database's place only where it may."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.store.backup import back_up, restore
from bot.store.database import StoreError, open_database
from bot.store.migrate import NEWEST

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEPT = "bot.sqlite3.before-20260302T090000Z"

# Takes in two people in each transaction, until its input ends.
WRITER = """
import sys, threading
from datetime import UTC, datetime
from bot.store.database import open_database
database, ended = open_database(sys.argv[1]), threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
number = 0
while not ended.is_set():
    with database.transaction() as unit:
        for one in (number + 1, number + 2):
            unit.persons.add(one, "Ann" * 500, "en", datetime(2026, 3, 2, tzinfo=UTC))
    number += 2
    if number == 20:
        print("writing", flush=True)
print(number, flush=True)
"""
# Opens the database, as a bot does, and stays idle until its input ends.
IDLE = """
import sys
from bot.store.database import open_database
database = open_database(sys.argv[1])
print("idle", flush=True)
sys.stdin.read()
"""


@contextmanager
def program(code: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program on a database until it has said its first word, and end it afterwards."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, url], stdin=pipe, stdout=pipe, text=True) as running:  # noqa: S603 - our own words
        assert running.stdout is not None
        assert running.stdin is not None
        assert running.stdout.readline()
        yield running
        running.stdin.close()


def url_of(path: Path) -> str:
    """Return the URL of a database file."""
    return f"sqlite:///{path}"


def take_in(path: Path, *people: int) -> None:
    """Add these people to a database, which is created if necessary."""
    database = open_database(url_of(path))
    with database.transaction() as unit:
        for person in people:
            unit.persons.add(person, f"Person {person}", "en", NOW)
    database.close()


def people(path: Path) -> list[int]:
    """Return the ids of the people in a database."""
    with closing(sqlite3.connect(path)) as opened:
        return [row[0] for row in opened.execute("SELECT id FROM persons ORDER BY id")]


def files(folder: Path) -> set[str]:
    """Return the names of the files in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Database with one person."""
    folder = tmp_path / "data"
    folder.mkdir()
    take_in(folder / "bot.sqlite3", 1)
    return folder / "bot.sqlite3"


def test_a_backup_amid_writing_is_whole(tmp_path: Path) -> None:
    """While another process writes, each backup holds whole transactions, all that was there before it, and no harm."""
    path = tmp_path / "bot.sqlite3"
    with program(WRITER, url_of(path)) as writer:
        found = []
        for number in range(5):
            contents = back_up(url_of(path), tmp_path / f"{number}.sqlite3", replace=False)
            found.append(people(tmp_path / f"{number}.sqlite3"))
            assert contents.people == len(found[-1])
        assert writer.stdin is not None
        writer.stdin.close()
        assert writer.stdout is not None
        written = int(writer.stdout.read())
    assert [ids == list(range(1, len(ids) + 1)) and len(ids) % 2 == 0 for ids in found] == [True] * 5
    assert 20 <= len(found[0]) < len(found[-1]) <= written
    assert people(path) == list(range(1, written + 1))


def test_a_backup_is_one_file_of_its_owner(path: Path) -> None:
    """A backup needs no other file beside it, keeps no log, and only its owner may read it."""
    target = path.parent / "copy.sqlite3"
    with program(IDLE, url_of(path)):
        contents = back_up(url_of(path), target, replace=False)
    assert (contents.migration, contents.people, contents.answers) == (NEWEST, 1, 0)
    assert contents.size == target.stat().st_size
    assert files(path.parent) == {"bot.sqlite3", "copy.sqlite3"}
    assert target.stat().st_mode & 0o777 == 0o600
    # Bytes 18 and 19 say how the file is written: 1 with a rollback journal, 2 with a log (https://sqlite.org/fileformat.html).
    assert target.read_bytes()[18:20] == b"\x01\x01"


def test_a_backup_is_not_overwritten_unasked(path: Path, tmp_path: Path) -> None:
    """An older backup stays as it is, unless it is to be replaced."""
    target = tmp_path / "copy.sqlite3"
    back_up(url_of(path), target, replace=False)
    take_in(path, 2)
    with pytest.raises(StoreError, match="say --replace"):
        back_up(url_of(path), target, replace=False)
    assert people(target) == [1]
    back_up(url_of(path), target, replace=True)
    assert people(target) == [1, 2]


def test_the_database_is_never_its_own_backup(path: Path) -> None:
    """Neither by its own name nor by another does the database overwrite itself."""
    other = path.with_name("link.sqlite3")
    other.symlink_to(path)
    for target in (path, other, path.parent):
        with pytest.raises(StoreError, match="is there already"):
            back_up(url_of(path), target, replace=True)
    with pytest.raises(StoreError, match="is the database itself"):
        restore(url_of(path), other, NOW)
    assert people(path) == [1]


def test_a_folder_without_a_database_is_told(tmp_path: Path) -> None:
    """Where there is no database, none is made: the sentence names the place."""
    with pytest.raises(StoreError, match=r"no database at .*bot\.sqlite3"):
        back_up(url_of(tmp_path / "bot.sqlite3"), tmp_path / "copy.sqlite3", replace=False)
    assert files(tmp_path) == set()


@pytest.mark.parametrize(
    "act", [lambda url: back_up(url, Path("x"), replace=False), lambda url: restore(url, Path("x"), NOW)]
)
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://ann:verysecret@localhost/quiz", "pg_(dump|restore) "),
        ("sqlite://", "names no file"),
        ("nonsense", "Write sqlite:///FILE"),
        ("oracle://ann:verysecret@localhost/quiz", "Write sqlite:///FILE"),
    ],
)
def test_a_server_is_reported_with_the_command_to_use(act: object, url: str, words: str) -> None:
    """For a server the program to run is named, without the password; other addresses are told too."""
    assert callable(act)
    with pytest.raises(StoreError, match=words) as told:
        act(url)
    assert "verysecret" not in str(told.value)


def test_a_backup_comes_back(path: Path, tmp_path: Path) -> None:
    """After a restore the database is the backup again, and the file before it is kept under a dated name, whole."""
    back_up(url_of(path), tmp_path / "copy.sqlite3", replace=False)
    take_in(path, 2)
    path.chmod(0o640)
    contents, kept = restore(url_of(path), tmp_path / "copy.sqlite3", NOW)
    assert (contents.people, kept) == (1, path.with_name(KEPT))
    assert files(path.parent) == {"bot.sqlite3", KEPT}
    assert (people(path), people(path.with_name(KEPT))) == ([1], [1, 2])
    assert path.stat().st_mode & 0o777 == 0o640
    take_in(path, 3)
    assert people(path) == [1, 3]


def test_a_backup_begins_a_database(tmp_path: Path, path: Path) -> None:
    """Where there is no database, the backup becomes it, and nothing is set aside."""
    new = tmp_path / "new.sqlite3"
    back_up(url_of(path), tmp_path / "copy.sqlite3", replace=False)
    assert restore(url_of(new), tmp_path / "copy.sqlite3", NOW)[1] is None
    assert people(new) == [1]


@pytest.mark.parametrize("code", [IDLE, WRITER])
def test_nothing_is_restored_under_a_running_bot(path: Path, tmp_path: Path, code: str) -> None:
    """While another process has the database open, idle or writing, a restore is refused and changes nothing."""
    take_in(tmp_path / "copy.sqlite3", 7)
    running = path.with_name("running.sqlite3")
    with program(code, url_of(running)), pytest.raises(StoreError, match="stop the bot first"):
        restore(url_of(running), tmp_path / "copy.sqlite3", NOW)
    assert 7 not in people(running)[:3]
    assert not any("before" in name or "part" in name for name in files(path.parent))


def test_the_log_of_a_killed_bot_is_not_lost(path: Path, tmp_path: Path) -> None:
    """Rows that are only in the log of a killed bot are in a backup, and in the file that a restore replaces."""
    take_in(tmp_path / "older.sqlite3", 7)
    with program(WRITER, url_of(path.with_name("killed.sqlite3"))) as writer:
        writer.kill()
        writer.wait()
    killed = path.with_name("killed.sqlite3")
    assert killed.with_name("killed.sqlite3-wal").stat().st_size > 0
    for name in ("killed.sqlite3", "killed.sqlite3-wal"):
        shutil.copy(killed.with_name(name), tmp_path)
    back_up(url_of(killed), tmp_path / "copy.sqlite3", replace=False)
    assert len(people(tmp_path / "copy.sqlite3")) >= 20
    _, kept = restore(url_of(tmp_path / "killed.sqlite3"), tmp_path / "older.sqlite3", NOW)
    assert kept is not None
    assert people(kept) == people(tmp_path / "copy.sqlite3")
    assert people(tmp_path / "killed.sqlite3") == [7]


def test_a_damaged_database_can_be_replaced(path: Path, tmp_path: Path) -> None:
    """A database that is damaged beyond reading is set aside with its log, and the backup is not touched by either."""
    back_up(url_of(path), tmp_path / "copy.sqlite3", replace=False)
    path.write_text("Dear teacher, " * 1000, encoding="utf-8")
    log = path.with_name("bot.sqlite3-wal")
    log.write_bytes(b"an old log")
    restore(url_of(path), tmp_path / "copy.sqlite3", NOW)
    assert files(path.parent) - {f"{KEPT}-shm"} == {"bot.sqlite3", KEPT, f"{KEPT}-wal"}
    assert people(path) == [1]


def damage(path: Path) -> None:
    """Write nonsense over the last page of a database, on which one of its indexes or tables stands."""
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    path.write_bytes(content)


def forget_migration(path: Path) -> None:
    """Remove the table by which a database of this program is recognized."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("DROP TABLE alembic_version")


def stand_at(revision: str, path: Path) -> None:
    """Set the migration at which the tables of a database stand."""
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def be_something_else(path: Path) -> None:
    """Overwrite a file with something other than a database."""
    path.write_text("Dear teacher, " * 1000, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damage, "damaged|malformed"),
        (forget_migration, "no database of this program"),
        (partial(stand_at, "9999"), "migration 9999, which this version of the program does not know"),
        (partial(stand_at, "0011"), r"a development version of this program \(migration 0011\)"),
        (be_something_else, "not a database"),
        (Path.unlink, "There is no backup at"),
    ],
)
def test_a_bad_backup_is_refused(path: Path, tmp_path: Path, spoil: object, words: str) -> None:
    """A damaged, foreign or unknown backup is refused, and the database stays as it was."""
    assert callable(spoil)
    copy = tmp_path / "copy.sqlite3"
    back_up(url_of(path), copy, replace=False)
    spoil(copy)
    with pytest.raises(StoreError, match=words):
        restore(url_of(path), copy, NOW)
    assert people(path) == [1]
    assert files(path.parent) == {"bot.sqlite3"}


def test_a_backup_of_a_damaged_database_is_refused(path: Path, tmp_path: Path) -> None:
    """A database that is damaged gives no backup, and the older one stays."""
    target = tmp_path / "copy.sqlite3"
    back_up(url_of(path), target, replace=False)
    damage(path)
    with pytest.raises(StoreError, match=r"damaged|malformed"):
        back_up(url_of(path), target, replace=True)
    assert people(target) == [1]
    assert files(tmp_path) == {"data", "copy.sqlite3"}
