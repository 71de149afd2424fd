"""Source of a move: a SQLite file, locked exclusively while it is read, and never changed.

Rows are read in the order of SQLite's own ``rowid``: one number in every table, whatever its key.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, StaticPool, Table, create_engine, func, literal_column, null, select
from sqlalchemy.exc import DBAPIError

from bot.store.copying import migration_of
from bot.store.errors import StoreError, is_there, remedy_of_copy
from bot.store.key_values import KEY_VALUES
from bot.store.migrate import NEWEST
from bot.store.moving.texts import as_stored, mended
from bot.store.outbox import OUTBOX
from bot.store.tables import metadata

# Number of rows that are read, moved and recorded together: some megabytes of memory.
BATCH = 10_000

Rows = list[tuple[Any, ...]]

_ROWID: Any = literal_column("rowid", Integer)


class InUseError(StoreError):
    """Another program has the file open: a bot, or another move."""


class Source:
    """Tables of the source, as they will be stored in the target.

    Attributes:
        faults: descriptions of texts that PostgreSQL cannot store, of the tables read so far.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.faults: set[str] = set()

    def count(self, table: Table, upto: int | None = None) -> int:
        """Count a table's rows, all or those up to a rowid."""
        query = select(func.count()).select_from(table)
        return self._connection.scalar(query if upto is None else query.where(upto >= _ROWID)) or 0

    def batches(self, table: Table, after: int | None = None) -> Iterator[tuple[int, Rows]]:
        """Yield the rows after a rowid in batches, each with the rowid of its last row.

        Raises:
            StoreError: the rows cannot be read.
        """
        query = select(_ROWID, *_arriving(table)).select_from(table).order_by(_ROWID).limit(BATCH)
        while True:
            page = query if after is None else query.where(after < _ROWID)
            try:
                found = self._connection.execute(page).all()
            except (DBAPIError, TypeError, ValueError) as error:
                raise StoreError(
                    f"Of {table.name}, what follows rowid {after} is damaged: {_why(error)}. Move a sound backup."
                ) from error
            if not found:
                return
            after = found[-1][0]
            yield after, mended(table, [row[1:] for row in found], self.faults)

    def mark(self) -> str:
        """Return a digest that identifies these contents: it changes once a bot has written to them."""
        told: list[object] = [
            NEWEST,
            *map(tuple, self._connection.execute(select(KEY_VALUES).order_by(KEY_VALUES.c.name))),
        ]
        for table in metadata.sorted_tables:
            rows = select(func.count(), func.min(_ROWID), func.max(_ROWID), func.total(_ROWID)).select_from(table)
            told += [table.name, *self._connection.execute(rows).one()]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def _arriving(table: Table) -> Sequence[Any]:
    """Return the columns of a table; owners of messages are dropped, as their processes are not in the new cluster."""
    return [null() if column is OUTBOX.c.claimed_by else as_stored(column) for column in table.c]


def _why(error: Exception) -> str:
    """Return what is wrong, without values: they may be personal."""
    return str(error.orig) if isinstance(error, DBAPIError) else "a moment is written wrongly"


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a SQLite file with exclusive access.

    Raises:
        InUseError: another program has it open.
        StoreError: there is no such file, or it is no database of this version of the program.
    """
    if is_there(path, Path.is_dir):
        raise StoreError(f"{path.absolute()} is a folder: name a file in it.")
    if not is_there(path, Path.is_file):
        raise StoreError(f"There is no database at {path.absolute()}: is this the folder in which the bot runs?")
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as opened:
        _lock(opened, path)
        migration_of(opened)
        with _reading(opened) as source:
            yield source


def _lock(opened: sqlite3.Connection, path: Path) -> None:
    """Lock the file exclusively until it is closed.

    A program that has a file with a log open holds a lock on it, even while idle; in this mode SQLite takes all locks
    at the first read, and keeps them (https://sqlite.org/pragma.html#pragma_locking_mode). This detects a running bot.
    """
    try:
        opened.execute("PRAGMA locking_mode=EXCLUSIVE")
        opened.execute("BEGIN EXCLUSIVE")
        opened.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise InUseError(
                f"{path} is in use: stop the bot first. If another bot migrate moves it, let that come to its end."
            ) from error
        raise StoreError(f"{path} cannot be read: {error}. {remedy_of_copy(error, path, path.parent)}") from error


@contextmanager
def _reading(opened: sqlite3.Connection) -> Iterator[Source]:
    # Invalid UTF-8 must not stop the move: it is reported and replaced.
    opened.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    with _connected(opened) as connection:
        yield Source(connection)


@contextmanager
def _connected(opened: sqlite3.Connection) -> Iterator[Connection]:
    engine = create_engine("sqlite://", creator=lambda: opened, poolclass=StaticPool)
    with engine.connect() as connection:
        yield connection
