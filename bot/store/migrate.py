"""Brings the tables of a database up to this version of the program, at start."""

from sqlalchemy import Connection, Engine, inspect, text

from bot.store.engine import lift_limits, patient

# The newest migration; a test holds it to the files.
NEWEST = "0011"
# A number that no other program on the same PostgreSQL database is likely to lock.
LOCK = 7_269_001


class NewerTablesError(Exception):
    """The tables stand at a migration of a newer version of the program."""


def migrate(engine: Engine) -> None:
    """Run every migration that has not run yet, in one transaction. Raises NewerTablesError."""
    with engine.connect() as connection, patient(connection), connection.begin():
        lift_limits(connection)
        _wait_for_others(connection)
        version = _version(connection)
        if version != NEWEST:
            # Alembic takes 14 MB and a tenth of a second; a database that is up to date has no use for it.
            from bot.store.upgrade import known_migrations, upgrade  # noqa: PLC0415

            if version is not None and version not in known_migrations():
                raise NewerTablesError(version)
            upgrade(connection)


def _wait_for_others(connection: Connection) -> None:
    """Let one process at a time look and migrate. On SQLite the transaction itself holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _version(connection: Connection) -> str | None:
    """Give the migration that the tables stand at, from Alembic's own table."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
