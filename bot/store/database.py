"""The database: one engine, and transactions as units of work. SQLite by default, PostgreSQL by its address."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.store.address import read_address
from bot.store.answers import Answers
from bot.store.backlog import Backlog, read_backlog
from bot.store.dead_letters import DeadLetters
from bot.store.engine import changes, connect_once, locks_rows, reading
from bot.store.engine import make_engine as make_engine
from bot.store.errors import NO_FILE, is_conflict, is_unusable, place_of, remedy_of, told, unreadable, words_of
from bot.store.errors import ConflictError as ConflictError
from bot.store.errors import StoreError as StoreError
from bot.store.errors import TransactionTimedOutError as TransactionTimedOutError
from bot.store.errors import UnavailableError as UnavailableError
from bot.store.file_modes import close_to_others, file_of
from bot.store.flood_waits import FloodWaits
from bot.store.groups import Groups
from bot.store.inbox import Inbox
from bot.store.key_values import MOVING, KeyValues
from bot.store.live_classes import LiveClasses
from bot.store.migrate import UnknownTablesError, migrate
from bot.store.outage import Outage
from bot.store.outbox import Outbox
from bot.store.persons import Persons
from bot.store.pupils import Pupils
from bot.store.sessions import Sessions
from bot.store.shared_limits import SharedLimits
from bot.store.signals import send_signal
from bot.store.versions import Versions

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

HALF_MOVED = (
    "Another database is being moved into this one, and not all of it is there: "
    "finish that first, by giving bot migrate once more."
)
# How often in all something is done whose transaction others were in the way of.
TRIES = 5
# How SQLite and PostgreSQL refuse to write where it was said that nothing will be.
_REFUSED = re.compile("readonly database|read-only transaction")


class UnitOfWork:
    """All that one transaction sees and changes; what changed is written in bulk when it ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.persons = Persons(connection)
        self.sessions = Sessions(connection, self.persons)
        self.live_classes = LiveClasses(connection, self.sessions)
        self.groups = Groups(connection)
        self.pupils = Pupils(connection, self.persons, self.sessions)
        self.answers = Answers(connection, self.persons)
        self.versions = Versions(connection)
        self.inbox = Inbox(connection)
        self.outbox = Outbox(connection)
        self.shared_limits = SharedLimits(connection)
        self.flood_waits = FloodWaits(connection)
        self.dead_letters = DeadLetters(connection)
        self.key_values = KeyValues(connection)

    @property
    def locks(self) -> bool:
        """Whether what is read is locked, as others share the database: then it must be read in the order of locks."""
        return locks_rows(self._connection)

    def send_signal(self, word: str) -> None:
        """Tell every process a word once this is committed."""
        send_signal(self._connection, word)

    def backlog(self, now: datetime) -> Backlog:
        """Give what waits."""
        return read_backlog(self._connection, now)

    def flush(self) -> None:
        """Write what changed."""
        self.persons.flush()
        self.sessions.flush()
        self.live_classes.flush()
        self.groups.flush()
        self.pupils.flush()
        self.answers.flush()


class Database:
    """An open database whose tables are those of this version of the program."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = reading(engine)
        self._outage = Outage()

    @property
    def is_remote(self) -> bool:
        """Whether it is a server, and no file of our own."""
        return self.engine.dialect.name != "sqlite"

    @property
    def fails(self) -> bool:
        """Whether it failed, and has not been found to work since."""
        return self._outage.is_on

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work; commit it at the end, or roll it back whole if anything raises.

        Raises:
            StoreError: the database could not be used: nothing of this unit is kept, and it may be tried again.
        """
        try:
            with self.engine.begin() as connection:
                before = changes(connection) if self._outage.is_on else None
                unit = UnitOfWork(connection)
                yield unit
                unit.flush()
                wrote = before is not None and changes(connection) != before
        except DBAPIError as error:
            if not is_unusable(error):
                raise
            raise self._told(error) from error
        if before is not None:
            self._outage.worked(wrote=wrote)

    @contextmanager
    def read_only(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that only reads: it sees one moment, locks nothing and waits for nobody.

        Raises:
            StoreError: the database could not be read.
            RuntimeError: something was to be written.
        """
        try:
            with self._reading.begin() as connection:
                unit = UnitOfWork(connection)
                yield unit
                unit.flush()
        except DBAPIError as error:
            if not is_unusable(error):
                raise
            if _REFUSED.search(str(error.orig)):
                raise RuntimeError("a unit of work that only reads was to write") from error
            raise self._told(error) from error

    def _told(self, error: DBAPIError) -> StoreError:
        """Return what to raise where the database is at fault, and report it."""
        raised = told(error, self.engine.url)
        if isinstance(raised, UnavailableError):
            self._outage.failed(raised)
        return raised

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


def open_lasting(url: str) -> Database:
    """Open a database as ``open_database`` does; raise StoreError for one in memory, which ends with the process."""
    address = read_address(url)
    if address.get_backend_name() == "sqlite" and file_of(address) is None:
        raise StoreError(NO_FILE)
    return open_database(url)


def refuse_half_moved(engine: Engine) -> None:
    """Raise StoreError where ``bot migrate`` has begun to fill a database and has not come to its end.

    Nor can a database be used that cannot be asked.
    """
    if engine.dialect.name != "sqlite":
        try:
            with engine.connect() as connection:
                moving = KeyValues(connection).get(MOVING)
        except DBAPIError as error:
            raise unreadable(error, engine.url) from error
        if moving is not None:
            engine.dispose()
            raise StoreError(HALF_MOVED)


def reach_database(url: str) -> Engine:
    """Make the engine for an address, and bring the tables there up to date.

    Raises:
        StoreError: the address is no address, the database cannot be reached or written, or a newer version made it.
    """
    engine = make_engine(url)
    try:
        connect_once(engine)
        _close_to_others(engine)
        migrate(engine)
    except UnknownTablesError as error:
        engine.dispose()
        raise StoreError(f"The database {place_of(engine.url)} cannot be used: {error}.") from error
    except DBAPIError as error:
        engine.dispose()
        what = f"The database {place_of(engine.url)} cannot be used: {words_of(error)}."
        raise StoreError(f"{what} {remedy_of(error, engine.url)}") from error
    return engine


def _close_to_others(engine: Engine) -> None:
    """Take away the permissions of strangers that an earlier version, or a copy, left on a SQLite file."""
    file = file_of(engine.url) if engine.dialect.name == "sqlite" else None
    if file and close_to_others(file):
        log.warning("Everybody on this computer could read %s; now only its owner can.", file)


def retry_on_conflict(method: Callable[P, R]) -> Callable[P, R]:
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
                if isinstance(error, IntegrityError) and not is_conflict(error):
                    raise
        return method(*arguments, **named)

    return repeat
