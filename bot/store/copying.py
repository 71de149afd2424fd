"""Copies of a SQLite database: made while others write, and verified before they are used.

Does not know about running bots or the place of the database; ``backup.py`` does.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.store.errors import StoreError, remedy_of_copy
from bot.store.file_modes import OWNER_ONLY
from bot.store.migrate import check_revision


@dataclass(frozen=True, slots=True)
class Contents:
    """Contents of a database: its newest migration, the numbers of people and answers, and its size in bytes."""

    migration: str
    people: int
    answers: int
    size: int

    def __str__(self) -> str:
        """Return a sentence."""
        size = f"{self.size / 1_000_000:,.1f} MB"
        return f"migration {self.migration}, people: {self.people:,}, answers: {self.answers:,}, {size}"


def copy_database(source: Path, copy: Path, *, in_use: bool) -> Contents:
    """Copy a consistent state of a database, even while others write, to a single new file.

    All pages are copied in one step: writers go on in the write-ahead log meanwhile (https://sqlite.org/wal.html), and
    a copy in several steps would restart at every write (https://sqlite.org/backup.html).

    Args:
        source: the database, which is not changed.
        copy: the path of the new file, which must not exist.
        in_use: False for a file that no program writes, which may then be in a read-only place.

    Raises:
        StoreError: the source cannot be read, is damaged, or is no database of this program; no copy is left.
        OSError: the copy cannot be made.
    """
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    try:
        with closing(_open(source, in_use=in_use)) as opened, closing(sqlite3.connect(copy)) as made:
            opened.backup(made)
        return _look(copy)
    except sqlite3.Error as error:
        copy.unlink()
        mended = remedy_of_copy(error, source, copy.parent)
        raise StoreError(f"{source} cannot be copied to {copy.parent.absolute()}: {error}. {mended}") from error
    except BaseException:
        copy.unlink()
        raise


def _open(source: Path, *, in_use: bool) -> sqlite3.Connection:
    """Open an existing file for reading. One that no program writes, and that has no log, needs no locks."""
    has_log = source.with_name(f"{source.name}-wal").exists()
    mode = "mode=rw" if in_use or has_log else "immutable=1"
    return sqlite3.connect(f"{source.resolve().as_uri()}?{mode}", uri=True)


def _look(copy: Path) -> Contents:
    """Check a new copy and return its contents; afterwards it has no log file. Raises StoreError."""
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
        (found,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise StoreError(f"What was to be copied is damaged: {found}.")
        migration = migration_of(opened)
        people, answers = (
            opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own tables
            for table in ("persons", "answers")
        )
    return Contents(migration, people, answers, copy.stat().st_size)


def migration_of(opened: sqlite3.Connection) -> str:
    """Return the newest migration of an open file. Raises StoreError if this program does not know it."""
    try:
        row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        row = None
    if row is None:
        raise StoreError("What was to be copied is no database of this program.")
    check_revision(row[0])
    return str(row[0])
