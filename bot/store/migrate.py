"""Upgrade of the tables to this version of the program, at start."""

import re

from sqlalchemy import Connection, Engine, inspect, text

from bot.store.engine import lift_limits, patient
from bot.store.errors import StoreError

# The revision id of the newest migration; a test compares it with the files.
NEWEST = "initial_1"
# A number that no other program on the same PostgreSQL database is likely to lock.
LOCK = 7_269_001
# The migrations of development versions were numbered 0001 to 0011; their tables have other names.
_DEVELOPMENT = re.compile(r"00\d{2}")
_FROM_DEVELOPMENT = (
    "The database was created by a development version of this program (migration {}), and no later version can read "
    "it: use another database, or the version that created this one."
)
_UNKNOWN = (
    "The database stands at migration {}, which this version of the program does not know: "
    "install the version that last ran on it, or a newer one."
)


def check_revision(revision: str | None) -> None:
    """Raise StoreError unless this version of the program can work with tables of this revision, or without tables."""
    if revision not in (None, NEWEST):
        # Alembic takes 14 MB and a tenth of a second; an up-to-date database does not need it.
        from bot.store.upgrade import known_migrations  # noqa: PLC0415

        if revision not in known_migrations():
            reason = _FROM_DEVELOPMENT if _DEVELOPMENT.fullmatch(revision) else _UNKNOWN
            raise StoreError(reason.format(revision))


def migrate(engine: Engine) -> None:
    """Run every migration that has not run yet, in one transaction. Raises StoreError for unknown tables."""
    with engine.connect() as connection, patient(connection), connection.begin():
        lift_limits(connection)
        _wait_for_others(connection)
        version = _version(connection)
        if version != NEWEST:
            check_revision(version)
            from bot.store.upgrade import upgrade  # noqa: PLC0415 - as above

            upgrade(connection)


def _wait_for_others(connection: Connection) -> None:
    """Lock the migration, so that one process at a time runs it. On SQLite the transaction itself holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _version(connection: Connection) -> str | None:
    """Return the current migration of the tables, from Alembic's own table."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
