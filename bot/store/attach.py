"""Opens a database beside the bot that works on it: makes none, and leaves its tables as they are."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store.database import Database, StoreError, make_engine, refuse_half_moved
from bot.store.engine import connect_once
from bot.store.errors import existing_file, unreadable
from bot.store.migrate import NEWEST, check_revision


def attach_database(url: str) -> Database:
    """Open a database whose tables are those of this version of the program.

    Raises:
        StoreError: there is none at this address, its tables are of another version, or only a part is in it.
    """
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        existing_file(engine.url)
    try:
        connect_once(engine)
        with engine.connect() as connection:
            version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DBAPIError as error:
        engine.dispose()
        raise unreadable(error, engine.url, "the bot") from error
    try:
        _check_is_current(version)
    except StoreError:
        engine.dispose()
        raise
    refuse_half_moved(engine)
    return Database(engine)


def _check_is_current(revision: str | None) -> None:
    """Raise StoreError unless the tables have this revision of the program."""
    check_revision(revision)
    if revision != NEWEST:
        raise StoreError(
            f"The database stands at migration {revision}, and this version of the program at {NEWEST}: "
            "start the bot of this version on it first."
        )
