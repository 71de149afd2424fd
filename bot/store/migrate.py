"""Brings the tables of a database up to this version of the program, by Alembic, at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Run every migration that has not run yet, in one transaction."""
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alembic_config() -> Config:
    """Say where the migrations are. Needs no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
