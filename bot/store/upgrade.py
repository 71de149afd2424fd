"""Alembic's migrations over an open connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Bring the tables up to the newest migration."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def known_migrations() -> frozenset[str]:
    """Return the revision id of every migration of this version of the program."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions())


def alembic_config() -> Config:
    """Return the configuration of Alembic: where the migrations are. Needs no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
