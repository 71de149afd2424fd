"""Plain SQL queries on a bot's database, from its file or its server, while the bot runs or afterwards."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

DatabaseAddress = Path | str
"""A SQLite file, or the URL of a PostgreSQL database."""

Row = Mapping[str, Any]
Rows = Sequence[Row]


def select(address: DatabaseAddress, query: str) -> Rows:
    """Return the rows of a query, by column name."""
    if isinstance(address, Path):
        with closing(sqlite3.connect(f"file:{address}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]
    with psycopg.connect(address, autocommit=True, row_factory=dict_row) as server:
        return server.execute(query.encode()).fetchall()


def table(address: DatabaseAddress, name: str) -> Rows:
    """Return all rows of a table."""
    return select(address, f"SELECT * FROM {name}")  # noqa: S608 - the tests' own query
