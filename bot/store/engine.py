"""Connections to a database: settings, time limits and locking on each engine."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store.address import DRIVERS, NOT_AN_ADDRESS, read_address
from bot.store.errors import StoreError
from bot.store.file_modes import create_private, file_of

# How long opening a file waits for another program that opens it for the first time, too.
SWITCH_SECONDS = 2.0
# How long SQLite waits for the lock of a file (SQLite, "busy_timeout"); and where another program may be changing its
# tables, which takes a slow computer some seconds.
BUSY_MILLISECONDS, MIGRATION_MILLISECONDS = 2_000, 10_000

# Limits in milliseconds that PostgreSQL enforces: on the idle transaction of a process that hangs, so that others get
# its locks; on the wait for a lock; on one statement (PostgreSQL, "Client Connection Defaults").
LIMITS = {"idle_in_transaction_session_timeout": 4_000, "lock_timeout": 10_000, "statement_timeout": 60_000}

# How a connection detects a broken network: after some ten seconds, or six if data was sent (PostgreSQL, "Parameter
# Key Words"; seconds, and milliseconds in the last).
_CONNECTION = {
    "application_name": "quiz-bot",
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 6_000,
}

# The execution option of a read-only transaction.
_READS = "only_reads"


def make_engine(url: str) -> Engine:
    """Create the engine for an address, ``sqlite://`` or ``postgresql://``. Raises StoreError for any other."""
    address = read_address(url)
    is_file = address.get_backend_name() == "sqlite"
    try:
        driver = address.set(drivername=DRIVERS[address.drivername])
        engine = create_engine(driver, connect_args={} if is_file else _postgresql_settings(address))
        engine.dialect.create_connect_args(driver)
    except (ArgumentError, TypeError, ValueError):
        raise StoreError(NOT_AN_ADDRESS) from None
    if not is_file:
        return engine
    if file := file_of(address):
        event.listen(engine, "do_connect", lambda *_connection: create_private(file))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_on_sqlite)
    event.listen(engine, "checkin", _let_write)
    return engine


def connect_once(engine: Engine) -> None:
    """Check that a connection can be opened.

    Raises:
        StoreError: the address has a part with which no connection can be opened.
        DBAPIError: the database refuses it.
    """
    try:
        engine.connect().close()
    except (ArgumentError, TypeError, ValueError):
        # A name that no computer can have, a letter that no file can have; what is raised may quote it.
        engine.dispose()
        raise StoreError(NOT_AN_ADDRESS) from None


def _postgresql_settings(address: URL) -> dict[str, Any]:
    """Return the settings of each connection; those in the address take precedence."""
    limits = " ".join(f"-c {name}={milliseconds}" for name, milliseconds in LIMITS.items())
    theirs = address.query.get("options", "")
    ours = {name: value for name, value in _CONNECTION.items() if name not in address.query}
    return {**ours, "options": f"{limits} {theirs}".rstrip()}


def lift_limits(connection: Connection) -> None:
    """Disable the time limits in this transaction, which changes or copies whole tables."""
    if connection.dialect.name != "sqlite":
        for name in LIMITS:
            connection.exec_driver_sql(f"SET LOCAL {name} = 0")


@contextmanager
def patient(connection: Connection) -> Iterator[None]:
    """Wait longer for the lock of a SQLite file within this context: another process may be changing all its tables.

    Enter it before the transaction begins, which takes the lock. It does nothing on PostgreSQL.
    """
    driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if not driver:
        yield
        return
    driver.execute(f"PRAGMA busy_timeout={MIGRATION_MILLISECONDS}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def reading(engine: Engine) -> Engine:
    """Return a read-only engine on the same connections: its transactions see one snapshot and take no locks."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READS: True})
    return engine.execution_options(**{_READS: True}, isolation_level="REPEATABLE READ", postgresql_readonly=True)


def locks_rows(connection: Connection) -> bool:
    """Return whether rows must be locked before they are read, so that no other process changes them meanwhile.

    On SQLite the transaction itself holds the only lock; a read-only transaction needs none.
    """
    return connection.dialect.name != "sqlite" and not _only_reads(connection)


def changes(connection: Connection) -> object:
    """Return a value that differs once this transaction has written something."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        return driver.total_changes if driver else None
    return connection.exec_driver_sql("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").scalar()


def _only_reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_READS))


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
    """Set what makes SQLite durable at every commit (synchronous=FULL) and readable while it is written (WAL)."""
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    _switch_to_wal(cursor)
    cursor.close()
    connection.isolation_level = None  # Python's own BEGIN comes late and leaves table changes outside the transaction


def _switch_to_wal(cursor: sqlite3.Cursor) -> None:
    """Switch the file to WAL. Two that do it to a new file at once are refused at once, whatever the busy timeout."""
    patience = time.monotonic() + SWITCH_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > patience:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_on_sqlite(connection: Connection) -> None:
    """Lock the file for writing at once: a transaction that reads first and writes later could be refused half-way.

    A read-only transaction takes no lock and waits for none (https://sqlite.org/wal.html, "Concurrency").
    """
    if _only_reads(connection):
        connection.info[_READS] = True
        connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN" if _only_reads(connection) else "BEGIN IMMEDIATE")


def _let_write(connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
    """Allow writing again on a connection that comes back from a read-only transaction, unless it broke."""
    if record.info.pop(_READS, False) and connection:
        connection.execute("PRAGMA query_only=OFF")
