"""Inspection of a database while the bot runs: reads only, creates no file and changes no table."""

import sqlite3
from datetime import datetime

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.store.address import read_address
from bot.store.backlog import Backlog, read_backlog
from bot.store.database import refuse_half_moved
from bot.store.engine import connect_once, make_engine, reading
from bot.store.errors import NO_FILE, StoreError, existing_file, unreadable
from bot.store.file_modes import file_of
from bot.store.key_values import KeyValues
from bot.store.migrate import check_revision


def look(url: str, now: datetime, fact: str) -> tuple[Backlog, str | None]:
    """Return the backlog and one stored value.

    Raises:
        StoreError: there is no such database, it cannot be read, its tables are of another version,
            or only a part is in it.
    """
    engine = _engine(url)
    try:
        connect_once(engine)
        with engine.connect() as connection:
            check_revision(connection.scalar(text("SELECT version_num FROM alembic_version")))
        refuse_half_moved(engine)
        with engine.connect() as connection:
            return read_backlog(connection, now), KeyValues(connection).get(fact)
    except DBAPIError as error:
        raise unreadable(error, read_address(url)) from error
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    """Create an engine whose transactions cannot write (SQLite, "URI filenames"; PostgreSQL, "SET TRANSACTION")."""
    address = read_address(url)
    if address.get_backend_name() != "sqlite":
        return reading(make_engine(url))
    if file_of(address) is None:
        raise StoreError(NO_FILE)
    try:
        path = existing_file(address)
    except StoreError as error:
        raise StoreError(f"The database cannot be read: unable to open database file. {error}") from None
    file = f"{path.absolute().as_uri()}?mode=ro"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(file, uri=True, timeout=2.0))
