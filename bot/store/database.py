"""The database: one engine, and transactions as units of work. SQLite by default, PostgreSQL by its address."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from psycopg.errors import IdleInTransactionSessionTimeout
from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InterfaceError, InternalError, OperationalError

from bot.store.answers import Answers
from bot.store.aside import Aside
from bot.store.backlog import Backlog, read_backlog
from bot.store.engine import DRIVERS as DRIVERS
from bot.store.engine import locks_rows, reading
from bot.store.engine import make_engine as make_engine
from bot.store.facts import MOVING, Facts
from bot.store.inbox import Inbox
from bot.store.migrate import NewerTablesError, migrate
from bot.store.outbox import Outbox
from bot.store.paces import Paces
from bot.store.persons import Persons
from bot.store.privacy import close_to_others, file_of
from bot.store.processes import announce
from bot.store.pupils import Pupils
from bot.store.rooms import Groups, Rooms
from bot.store.sessions import Sessions
from bot.store.versions import Versions

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

NOT_AN_ADDRESS = (
    "BOT_DATABASE_URL is not the address of a database that the bot knows. "
    "Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
)

NEWER = (
    "The database stands at migration {}, which this version of the program does not know: "
    "install the version that last ran on it, or a newer one."
)

HALF_MOVED = (
    "Another database is being moved into this one, and not all of it is there: "
    "finish that first, by giving bot migrate once more."
)
# What mends it, by words in what the engine says; the first that is found.
_REMEDIES = (
    (("unable to open",), "Check that its folder exists and may be written."),
    (("not a database",), "The file holds something else: name another in BOT_DATABASE_URL."),
    (("locked",), "Another program holds it: is a second bot running on the same file?"),
    (("readonly", "read-only"), "Make the file and its folder writable."),
    (("full", "no space"), "The disk is full: make room and start again; nothing is lost."),
    (
        ("too many clients", "too many connections", "connection slots"),
        "Raise max_connections of the server: each process of the bot needs four.",
    ),
    (("out of shared memory",), "Raise max_locks_per_transaction of the server."),
    (("statement timeout",), "The server is very slow, or another program holds what the bot needs."),
    (("in-transaction timeout",), "What was under way stood still for too long, and is undone."),
)

# How often in all something is done whose transaction others were in the way of.
TRIES = 5
# What is raised where the database cannot be used, in whatever words.
_UNUSABLE = (OperationalError, InternalError, InterfaceError)
# How SQLite and PostgreSQL refuse to write where it was said that nothing will be.
_REFUSED = re.compile("readonly database|read-only transaction")
# What PostgreSQL says where another process was in the way ("Error Codes"): no serialization, a deadlock, a lock that
# was waited for too long, a key that was taken at the same moment.
_CONFLICTS = ("40001", "40P01", "55P03", "23505")


class StoreError(Exception):
    """The database cannot be used. The text says what is wrong and how to mend it."""


class ConflictError(StoreError):
    """Another process was in the way: nothing is wrong, and it may be tried again at once."""


class StoodStillError(StoreError):
    """The server ended a transaction in which nothing happened for too long: what was to be done hangs."""


class UnitOfWork:
    """All that one transaction sees and changes; what changed is written in bulk when it ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.persons = Persons(connection)
        self.sessions = Sessions(connection, self.persons)
        self.rooms = Rooms(connection, self.sessions)
        self.groups = Groups(connection)
        self.pupils = Pupils(connection, self.persons, self.sessions)
        self.answers = Answers(connection, self.persons)
        self.versions = Versions(connection)
        self.inbox = Inbox(connection)
        self.outbox = Outbox(connection)
        self.paces = Paces(connection)
        self.aside = Aside(connection)
        self.facts = Facts(connection)

    @property
    def locks(self) -> bool:
        """Whether what is read is locked, as others share the database: then it must be read in the order of locks."""
        return locks_rows(self._connection)

    def announce(self, word: str) -> None:
        """Tell every process a word once this is committed."""
        announce(self._connection, word)

    def backlog(self, now: datetime) -> Backlog:
        """Give what waits."""
        return read_backlog(self._connection, now)

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
        self._reading = reading(engine)

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
        except _UNUSABLE as error:
            raise _told(error) from error

    @contextmanager
    def look(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that only reads: it sees one moment, locks nothing and waits for nobody.

        Raises:
            StoreError: the database could not be read.
            RuntimeError: something was to be written.
        """
        try:
            with self._reading.begin() as connection:
                unit = UnitOfWork(connection)
                yield unit
                unit.write()
        except _UNUSABLE as error:
            if _REFUSED.search(str(error.orig)):
                raise RuntimeError("a unit of work that only reads was to write") from error
            raise _told(error) from error

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
        StoreError: the address is no address, the database cannot be reached or written, or a newer version made it.
    """
    try:
        engine = make_engine(url)
        _close_to_others(engine)
        migrate(engine)
    except NewerTablesError as error:
        engine.dispose()
        raise StoreError(NEWER.format(error)) from error
    except ArgumentError as error:
        # The address may hold a password: it is not shown.
        raise StoreError(NOT_AN_ADDRESS) from error
    except DBAPIError as error:
        engine.dispose()
        shown = make_url(url).render_as_string(hide_password=True)
        raise StoreError(f"The database {shown} cannot be used: {error.orig}. {_remedy(error)}") from error
    return engine


def _close_to_others(engine: Engine) -> None:
    """Take away the permissions of strangers that an earlier version, or a copy, left on a SQLite file."""
    file = file_of(engine.url) if engine.dialect.name == "sqlite" else None
    if file and close_to_others(file):
        log.warning("Everybody on this computer could read %s; now only its owner can.", file)


def repeated(method: Callable[P, R]) -> Callable[P, R]:
    """Do what a method does again, at once, where another process was in the way of its transaction; five times in all.

    The method must do nothing but its one transaction: a repeat does it from the beginning.

    Raises:
        StoreError: others were in the way each time. But a broken rule stays the IntegrityError that it is: the first
            time two processes may have taken in the same person, the fifth time it is a fault.
    """

    @wraps(method)
    def repeat(*arguments: P.args, **named: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return method(*arguments, **named)
            except (ConflictError, IntegrityError) as error:
                if isinstance(error, IntegrityError) and not _is_conflict(error):
                    raise
        return method(*arguments, **named)

    return repeat


def _is_conflict(error: DBAPIError) -> bool:
    """Say whether another process was in the way. SQLite has but one, and its errors have no such code."""
    return getattr(error.orig, "sqlstate", None) in _CONFLICTS


def _told(error: DBAPIError) -> StoreError:
    """Say what is wrong and what mends it."""
    if _is_conflict(error):
        return ConflictError(f"Other processes were in the way: {error.orig}.")
    shape = StoodStillError if isinstance(error.orig, IdleInTransactionSessionTimeout) else StoreError
    return shape(f"The database cannot be used now: {error.orig}. {_remedy(error)}")


def _remedy(error: DBAPIError) -> str:
    """Say what mends it."""
    text = str(error.orig).lower()
    found = (remedy for words, remedy in _REMEDIES if any(word in text for word in words))
    return next(found, "Check BOT_DATABASE_URL and that the server is running.")
