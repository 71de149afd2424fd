"""A database is its owner's alone from the moment there is a file, whatever the umask and however it came there."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from moved import fill
from postgresql import MakeUrl

from bot.store.backup import back_up, restore
from bot.store.database import open_database
from bot.store.moving.move import move

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# Opens a database with a umask that hides nothing, and prints the mode that each file has when SQLite opens it.
WATCHED = """
import os, sys
from pathlib import Path
from bot.store.database import open_database
os.umask(0)

def hook(event, arguments):
    if event == "sqlite3.connect":
        path = Path(arguments[0])
        print(f"{path.stat().st_mode & 0o777:o}" if path.exists() else "missing", flush=True)

sys.addaudithook(hook)
open_database(sys.argv[1]).close()
"""


def modes(folder: Path) -> dict[str, int]:
    """Return the permissions of each file in a folder."""
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Set the umask in the block."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0, 0o022, 0o027, 0o077, 0o177, 0o777])
def test_a_new_database_is_its_owners_alone(tmp_path: Path, mask: int) -> None:
    """The file, its log and its index have mode 0600 while a bot runs, with any umask."""
    with umask(mask):
        database = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
        with database.transaction() as unit:
            unit.persons.add(1, "Ann", "en", NOW)
        assert modes(tmp_path) == {"bot.sqlite3": 0o600, "bot.sqlite3-wal": 0o600, "bot.sqlite3-shm": 0o600}
        database.close()


@pytest.mark.parametrize("form", ["sqlite:///{}/bot.sqlite3", "sqlite:///file:{}/bot.sqlite3?uri=true"])
def test_there_is_no_moment_at_which_others_can_open_it(tmp_path: Path, form: str) -> None:
    """Before SQLite opens the file for the first time it is there, and its owner's alone."""
    if "file:" in form:
        # Then SQLite is given an address, not a path; what stands there afterwards is looked at instead.
        with umask(0):
            open_database(form.format(tmp_path)).close()
        assert modes(tmp_path) == {"bot.sqlite3": 0o600}
        return
    words = [sys.executable, "-c", WATCHED, form.format(tmp_path)]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603 - our own words
    assert told
    assert set(told) == {"600"}


def test_a_link_to_a_file_that_is_not_there_leads_to_a_private_one(tmp_path: Path) -> None:
    """A database that is made through a link is its owner's alone, as one that is made without."""
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "bot.sqlite3").symlink_to(disk / "real.sqlite3")
    with umask(0):
        open_database(f"sqlite:///{tmp_path}/bot.sqlite3").close()
    assert modes(disk) == {"real.sqlite3": 0o600}


@pytest.mark.parametrize("mode", [0o644, 0o666, 0o664, 0o755, 0o604])
def test_a_database_that_others_could_read_is_closed_to_them(
    tmp_path: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    """At start a file of an earlier version, and what lies beside it, becomes 0600, and one line says so."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    first = open_database(url)
    with first.transaction() as unit:
        unit.persons.add(1, "Ann", "en", NOW)
    for path in tmp_path.iterdir():
        path.chmod(mode)
    with caplog.at_level(logging.WARNING):
        second = open_database(url)
        assert set(modes(tmp_path).values()) == {0o600}
        second.close()
        open_database(url).close()
    (record,) = caplog.records
    assert (
        record.getMessage() == f"Everybody on this computer could read {tmp_path}/bot.sqlite3; now only its owner can."
    )
    first.close()


def test_a_database_that_was_opened_to_a_group_stays_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A mode that lets in the file's group, and no stranger, is the operator's choice: nothing is changed or said."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    open_database(url).close()
    (tmp_path / "bot.sqlite3").chmod(0o640)
    open_database(url).close()
    assert modes(tmp_path) == {"bot.sqlite3": 0o640}
    assert caplog.records == []


def test_backups_and_what_they_replace_are_their_owners_alone(tmp_path: Path) -> None:
    """A backup, the database that it becomes, and the file that was there before are all 0600."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    with umask(0):
        open_database(url).close()
        back_up(url, tmp_path / "copy.sqlite3", replace=False)
        (tmp_path / "bot.sqlite3").chmod(0o644)
        restore(url, tmp_path / "copy.sqlite3", NOW)
    assert len(modes(tmp_path)) == 3
    assert set(modes(tmp_path).values()) == {0o600}


def test_a_move_leaves_no_file_that_others_can_read(tmp_path: Path, make_postgresql: MakeUrl) -> None:
    """A database that is moved to a server keeps its mode, and nothing else lies beside it afterwards."""
    with umask(0):
        fill(tmp_path / "bot.sqlite3")
        move(tmp_path / "bot.sqlite3", make_postgresql(""), lambda *_told: None)
    assert set(modes(tmp_path).values()) == {0o600}
