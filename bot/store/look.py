"""Looks into a database beside the bot that works on it: reads only, and neither makes a file nor changes a table."""

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.store.backlog import Backlog, read_backlog
from bot.store.database import StoreError, refuse_half_moved
from bot.store.engine import make_engine, reading
from bot.store.facts import Facts


def look(url: str, now: datetime, fact: str) -> tuple[Backlog, str | None]:
    """Give what waits, and one fact.

    Raises:
        StoreError: there is no such database, it cannot be read, its tables are of another version,
            or only a part is in it.
    """
    try:
        engine = _engine(url)
        try:
            refuse_half_moved(engine)
            with engine.connect() as connection:
                return read_backlog(connection, now), Facts(connection).get(fact)
        finally:
            engine.dispose()
    except ArgumentError as error:
        raise StoreError("BOT_DATABASE_URL is not the address of a database that the bot knows.") from error
    except DBAPIError as error:
        why = str(error.orig).splitlines()[0]
        raise StoreError(f"The database cannot be read: {why}. Has the bot of this version ever run on it?") from error


def _engine(url: str) -> Engine:
    """Make an engine whose transactions cannot write (SQLite, "URI filenames"; PostgreSQL, "SET TRANSACTION")."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return reading(make_engine(url))
    file = f"{Path(address.database or '').absolute().as_uri()}?mode=ro"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(file, uri=True, timeout=2.0))
