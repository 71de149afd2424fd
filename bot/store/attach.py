"""Opens a database beside the bot that works on it: makes none, and leaves its tables as they are."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.store.database import NOT_AN_ADDRESS, Database, StoreError, make_engine, refuse_half_moved
from bot.store.migrate import NEWEST


def attach_database(url: str) -> Database:
    """Open a database whose tables are those of this version of the program.

    Raises:
        StoreError: there is none at this address, its tables are of another version, or only a part is in it.
    """
    try:
        engine = make_engine(url)
    except ArgumentError as error:
        raise StoreError(NOT_AN_ADDRESS) from error
    file = engine.url.database or ""
    if engine.dialect.name == "sqlite" and not Path(file).is_file():
        raise StoreError(f"There is no database at {Path(file).absolute()}: is this the folder in which the bot runs?")
    try:
        with engine.connect() as connection:
            version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DBAPIError as error:
        engine.dispose()
        why = str(error.orig).splitlines()[0]
        raise StoreError(f"The database cannot be read: {why}. Has the bot ever run on it?") from error
    if version != NEWEST:
        engine.dispose()
        raise StoreError(
            f"The database stands at migration {version}, and this version of the program at {NEWEST}: "
            "start the bot of this version on it first."
        )
    refuse_half_moved(engine)
    return Database(engine)
