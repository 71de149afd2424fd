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
from bot.store.migrate import migrate
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

HALF_MOVED = "A migration into this database is not finished: run `bot migrate` again."
# How often a transaction that meets a conflict is tried in all.
TRIES = 5
# How SQLite and PostgreSQL refuse a write in a read-only transaction.
_REFUSED = re.compile("readonly database|read-only transaction")


class UnitOfWork:
    """Unit of work: the data of one transaction. Changes are written in bulk when it ends."""

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
        """Whether rows are locked when read, because processes share the database; keep the order of locks then."""
        return locks_rows(self._connection)

    def send_signal(self, word: str) -> None:
        """Send a signal to every process once this is committed."""
        send_signal(self._connection, word)

    def backlog(self, now: datetime) -> Backlog:
        """Return the backlog."""
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
        """Whether the database is a server, not a local file."""
        return self.engine.dialect.name != "sqlite"

    @property
    def fails(self) -> bool:
        """Whether it failed, and has not been found to work since."""
        return self._outage.is_on

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work; commit it at the end, or roll it back whole if anything raises.

        Raises:
            StoreError: the database could not be used. Nothing was stored; the caller may retry.
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
        """Open a unit of work that only reads: it sees one snapshot, takes no locks and waits for none.

        Raises:
            StoreError: the database could not be read.
            RuntimeError: the unit of work tried to write.
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
        """Return the exception for a fault of the database, and report the outage."""
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
    """Raise StoreError if a migration into this database by ``bot migrate`` is not finished, or it cannot be read."""
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
    """Create the engine for an address, and bring the tables there up to date.

    Raises:
        StoreError: the address is no address, the database cannot be reached or written, or a newer version made it.
    """
    engine = make_engine(url)
    try:
        connect_once(engine)
        _close_to_others(engine)
        migrate(engine)
    except StoreError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        what = f"The database {place_of(engine.url)} cannot be used: {words_of(error)}."
        raise StoreError(f"{what} {remedy_of(error, engine.url)}") from error
    return engine


def _close_to_others(engine: Engine) -> None:
    """Remove other users' permissions that an earlier version, or a copy, left on a SQLite file."""
    file = file_of(engine.url) if engine.dialect.name == "sqlite" else None
    if file and close_to_others(file):
        log.warning("Everybody on this computer could read %s; now only its owner can.", file)


def retry_on_conflict(method: Callable[P, R]) -> Callable[P, R]:
    """Retry a method whose transaction met a conflict (deadlock, lock timeout, unique key), up to five times.

    The method must consist of this one transaction, because a retry runs all of it.

    Raises:
        StoreError: each try met a conflict.
        IntegrityError: the last try violated a unique key. Two processes that insert the same person cause this once,
            not five times; any other violated constraint is raised at once.
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
