"""Reads what a bot keeps with plain SQL, from its file or from its server, while it runs or afterwards."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

Where = Path | str
"""A SQLite file, or the address of a PostgreSQL database."""

Row = Mapping[str, Any]
Rows = Sequence[Row]


def select(where: Where, query: str) -> Rows:
    """Give the rows that a query finds, by the names of their columns."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(f"file:{where}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]
    with psycopg.connect(where, autocommit=True, row_factory=dict_row) as server:
        return server.execute(query.encode()).fetchall()


def table(where: Where, name: str) -> Rows:
    """Give all rows of a table."""
    return select(where, f"SELECT * FROM {name}")  # noqa: S608 - ours
