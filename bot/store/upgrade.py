"""Runs Alembic's migrations over an open connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Bring the tables up to the newest migration."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> Config:
    """Tell Alembic where the migrations are. Needs no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
