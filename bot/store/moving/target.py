"""Target of a move: a PostgreSQL database, which also stores the progress in the same transactions as the rows.

Until the move is complete, ``bot.store.database`` refuses to open this database.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, Table, delete, func, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.store.address import read_address
from bot.store.database import StoreError, make_engine, reach_database
from bot.store.flood_waits import FLOOD_WAITS
from bot.store.key_values import KEY_VALUES, MOVING, KeyValues
from bot.store.moving.texts import as_stored
from bot.store.shared_limits import SHARED_LIMITS
from bot.store.signals import live_processes
from bot.store.tables import metadata
from bot.store.versions import VERSIONS

# Key of the lock of a move; differs from those of bot/store/migrate.py and bot/store/signals.py.
LOCK = 7_269_004
# How long a move waits for another: the server needs a moment to notice that one was killed.
PATIENCE = "5s"
# The holder of that lock (PostgreSQL, "pg_locks": a 64-bit key is stored in two halves).
_IS_MOVED_INTO = (
    "SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
    "WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND granted AND datname = current_database()"
)
# Rows that a bot writes at its first start, before anybody uses it: they are replaced by the moved ones.
_OF_A_START = (KEY_VALUES, VERSIONS, SHARED_LIMITS, FLOOD_WAITS)


class Target:
    """Tables of the target."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts = KeyValues(connection)
        self._mark = ""
        self._moved: dict[str, int] = {}

    def begin(self, mark: str) -> dict[str, int]:
        """Begin a move of the contents with this digest, or resume it; return the last moved rowid of each table.

        Raises:
            StoreError: the database is not empty, or a bot runs on it.
        """
        with self._connection.begin():
            if live_processes(self._connection, 0):
                raise StoreError("A bot runs on the database of BOT_DATABASE_URL: stop it first.")
            before = self._facts.get(MOVING)
            if before is None:
                self._clear()
                self._mark = mark
            else:
                self._mark, self._moved = json.loads(before)
            if self._mark != mark:
                raise StoreError(
                    "The database of BOT_DATABASE_URL holds the beginning of a move from another file, "
                    "or from this one before it changed: name a new, empty database."
                )
            self._note()
        return dict(self._moved)

    def _clear(self) -> None:
        for table in metadata.sorted_tables:
            if table not in _OF_A_START and self._connection.execute(select(table.c[0]).limit(1)).first():
                raise StoreError(
                    f"The database of BOT_DATABASE_URL holds something already (in {table.name}): name an empty one."
                )
        for table in _OF_A_START:
            self._connection.execute(delete(table))

    def _note(self) -> None:
        self._facts.set(MOVING, json.dumps([self._mark, self._moved]))

    def add(self, table: Table, rows: Sequence[Sequence[Any]], last: int) -> None:
        """Add rows, and record that the table is moved up to this rowid."""
        names = SQL(", ").join(map(Identifier, table.columns.keys()))
        query = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table.name), names)
        with self._connection.begin():
            with self._connection.connection.cursor() as cursor, cursor.copy(query) as copy:  # type: ignore[attr-defined]
                for row in rows:
                    copy.write_row(row)
            self._moved[table.name] = last
            self._note()

    def batches(self, table: Table, size: int) -> Iterator[Sequence[Sequence[Any]]]:
        """Yield all rows of a table in batches, in no order."""
        query = select(*map(as_stored, table.c))
        if table is KEY_VALUES:
            query = query.where(KEY_VALUES.c.name != MOVING)
        with self._connection.begin():
            yield from self._connection.execute(query, execution_options={"yield_per": size}).partitions()

    def count_on(self) -> None:
        """Set the sequences to follow the highest ids, and update the planner's statistics."""
        with self._connection.begin():
            for table in metadata.sorted_tables:
                column = table.autoincrement_column
                if column is not None:
                    sequence = func.pg_get_serial_sequence(table.name, column.name)
                    following = select(func.greatest(func.max(column), 0) + 1).scalar_subquery()
                    self._connection.execute(select(func.setval(sequence, following, False)))  # noqa: FBT003 - SQL
                self._connection.execute(text(f"ANALYZE {table.name}"))

    def finish(self) -> None:
        """Mark the move as complete, so that bots can open the database."""
        with self._connection.begin():
            self._connection.execute(delete(KEY_VALUES).where(KEY_VALUES.c.name == MOVING))


@contextmanager
def open_target(url: str) -> Iterator[Target]:
    """Open the database at this address for one move, and upgrade its tables.

    Raises:
        StoreError: it is not PostgreSQL or cannot be reached, or another move works on it.
    """
    if read_address(url).get_backend_name() != "postgresql":
        raise StoreError(
            "BOT_DATABASE_URL is to name the database to move into: write postgresql://USER:PASSWORD@HOST/NAME."
        )
    engine = reach_database(url)
    try:
        with engine.connect() as connection:
            _set_up(connection)
            yield Target(connection)
    finally:
        engine.dispose()


def is_moved_into(url: str) -> bool:
    """Return whether a move runs on the database at this address; False if that is unknown."""
    try:
        engine = make_engine(url)
    except StoreError:
        return False
    try:
        with engine.connect() as connection:
            return connection.scalar(text(_IS_MOVED_INTO), {"key": LOCK}) is not None
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()


def _set_up(connection: Connection) -> None:
    """Lock the database against other moves, and disable the idle time-out, for this session: hashing takes time."""
    with connection.begin():
        for limit in ("idle_in_transaction_session_timeout", "statement_timeout"):
            connection.execute(text(f"SET {limit} = 0"))
        connection.execute(text("SELECT set_config('lock_timeout', :patience, true)"), {"patience": PATIENCE})
        try:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            raise StoreError(
                "Another bot migrate works on the database of BOT_DATABASE_URL: let it come to its end."
            ) from error
