"""The database: one engine, and transactions as units of work. SQLite by default, PostgreSQL by its address."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InternalError, OperationalError

from bot.store.answers import Answers
from bot.store.aside import Aside
from bot.store.backlog import Backlog, read_backlog
from bot.store.facts import MOVING, Facts
from bot.store.inbox import Inbox
from bot.store.migrate import migrate
from bot.store.outbox import Outbox
from bot.store.paces import Paces
from bot.store.persons import Persons
from bot.store.processes import announce
from bot.store.pupils import Pupils
from bot.store.rooms import Groups, Rooms
from bot.store.sessions import Sessions
from bot.store.versions import Versions

# What may stand before the colon of an address, and the driver that it means.
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

NOT_AN_ADDRESS = (
    "BOT_DATABASE_URL is not the address of a database that the bot knows. "
    "Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
)

HALF_MOVED = (
    "Another database is being moved into this one, and not all of it is there: "
    "finish that first, by giving bot migrate once more."
)

# How long opening a file waits for another program that opens it for the first time, too.
SWITCH_SECONDS = 2.0


class StoreError(Exception):
    """The database cannot be used. The text says what is wrong and how to mend it."""


class UnitOfWork:
    """All that one transaction sees and changes; what changed is written in bulk when it ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.persons = Persons(connection)
        self.sessions = Sessions(connection, self.persons)
        self.rooms = Rooms(connection)
        self.groups = Groups(connection)
        self.pupils = Pupils(connection, self.persons)
        self.answers = Answers(connection, self.persons)
        self.versions = Versions(connection)
        self.inbox = Inbox(connection)
        self.outbox = Outbox(connection)
        self.paces = Paces(connection)
        self.aside = Aside(connection)
        self.facts = Facts(connection)

    def backlog(self, now: datetime) -> Backlog:
        """Give what waits."""
        return read_backlog(self._connection, now)

    def announce(self, word: str) -> None:
        """Tell every process a word once this unit is committed."""
        announce(self._connection, word)

    def write(self) -> None:
        """Write what changed."""
        self.persons.write()
        self.sessions.write()
        self.rooms.write()
        self.groups.write()
        self.pupils.write()
        self.answers.write()


class Database:
    """An open database whose tables are those of this version of the program."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def is_remote(self) -> bool:
        """Whether it is a server, and no file of our own."""
        return self.engine.dialect.name != "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work; commit it at the end, or roll it back whole if anything raises.

        Raises:
            StoreError: the database could not be used: nothing of this unit is kept, and it may be tried again.
        """
        try:
            with self.engine.begin() as connection:
                unit = UnitOfWork(connection)
                yield unit
                unit.write()
        except (OperationalError, InternalError) as error:
            raise StoreError(f"The database cannot be used now: {error.orig}. {_remedy(error)}") from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at this address, and bring its tables up to date.

    Raises:
        StoreError: the address is no address, the database cannot be reached or written, or only a part is in it.
    """
    engine = reach_database(url)
    refuse_half_moved(engine)
    return Database(engine)


def refuse_half_moved(engine: Engine) -> None:
    """Raise StoreError where ``bot migrate`` has begun to fill a database and has not come to its end."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            moving = Facts(connection).get(MOVING)
        if moving is not None:
            engine.dispose()
            raise StoreError(HALF_MOVED)


def reach_database(url: str) -> Engine:
    """Make the engine for an address, and bring the tables there up to date.

    Raises:
        StoreError: the address is no address, or the database cannot be reached or written.
    """
    try:
        engine = make_engine(url)
        migrate(engine)
    except ArgumentError as error:
        # The address may hold a password: it is not shown.
        raise StoreError(NOT_AN_ADDRESS) from error
    except DBAPIError as error:
        shown = make_url(url).render_as_string(hide_password=True)
        raise StoreError(f"The database {shown} cannot be used: {error.orig}. {_remedy(error)}") from error
    return engine


def make_engine(url: str) -> Engine:
    """Make the engine for an address, ``sqlite://`` or ``postgresql://``. Raises ArgumentError for any other."""
    address = make_url(url)
    if address.drivername not in DRIVERS:
        raise ArgumentError(f"no driver for {address.drivername}")
    engine = create_engine(address.set(drivername=DRIVERS[address.drivername]))
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
    """Set what makes SQLite durable at every commit (synchronous=FULL) and readable while it is written (WAL)."""
    cursor = connection.cursor()
    for pragma in ("busy_timeout=2000", "synchronous=FULL", "foreign_keys=ON"):
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


def _begin_immediately(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later could be refused half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _remedy(error: DBAPIError) -> str:
    """Say what mends it."""
    text = str(error.orig).lower()
    if "unable to open" in text:
        return "Check that its folder exists and may be written."
    if "not a database" in text:
        return "The file holds something else: name another in BOT_DATABASE_URL."
    if "locked" in text:
        return "Another program holds it: is a second bot running on the same file?"
    if "readonly" in text or "read-only" in text:
        return "Make the file and its folder writable."
    if "full" in text or "no space" in text:
        return "The disk is full: make room and start again; nothing is lost."
    return "Check BOT_DATABASE_URL and that the server is running."
