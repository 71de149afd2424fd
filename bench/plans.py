"""Which statements a call makes, how the database carries them out, and whether one reads a big table whole."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event, func, select

from bot.store.tables import metadata

BIG = 5_000
"""A table of so many rows must not be read whole."""
_SQLITE_SCAN = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_SERVER_SCAN = re.compile(r"Seq Scan on (\w+)")
_SERVER_INDEX = re.compile(r"Index (?:Only )?Scan(?: Backward)? using (\w+) on (\w+)")

Statement = tuple[str, Any]


@contextmanager
def listening(engine: Engine) -> Iterator[list[Statement]]:
    """Collect the statements made within the block, each text once, with the first values it was made with."""
    found: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:  # noqa: ANN401, FBT001 - SQLAlchemy's own
        # Several rows are a list, unless SQLAlchemy has put them into one statement.
        found.setdefault(statement, values[0] if many and isinstance(values, list) else values)

    statements: list[Statement] = []
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
        statements += [(text, values) for text, values in found.items() if not text.startswith("BEGIN")]


def explain(engine: Engine, statements: Sequence[Statement]) -> list[tuple[str, list[str]]]:
    """Give each statement with its plan, line by line. Nothing is changed: what reads is run, what writes is not."""
    carried_out = _explain_in_sqlite if engine.dialect.name == "sqlite" else _explain_on_server
    with engine.connect() as connection:
        ask = carried_out(connection.connection.driver_connection)
        plans = [(statement, ask(statement, values)) for statement, values in statements]
        connection.rollback()
    return plans


def _explain_in_sqlite(connection: Any) -> Callable[[str, Any], list[str]]:  # noqa: ANN401 - the driver's own
    def ask(statement: str, values: Any) -> list[str]:  # noqa: ANN401 - the driver's own
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]

    return ask


def _explain_on_server(connection: Any) -> Callable[[str, Any], list[str]]:  # noqa: ANN401 - the driver's own
    cursor = psycopg.ClientCursor(connection)

    def ask(statement: str, values: Any) -> list[str]:  # noqa: ANN401 - the driver's own
        runs = "(ANALYZE) " if statement.lstrip().startswith("SELECT") else ""
        return [row[0] for row in cursor.execute(f"EXPLAIN {runs}{statement}", values)]

    return ask


def big_tables(engine: Engine) -> dict[str, int]:
    """Give the tables that are big, with their rows."""
    with engine.connect() as connection:
        counts = {
            name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in metadata.tables.items()
        }
        connection.rollback()
    return {name: rows for name, rows in counts.items() if rows >= BIG}


def scans(plan: Sequence[str], big: dict[str, int]) -> list[str]:
    """Give the lines of a plan that read a big table from end to end, by an index or not.

    An index of few rows (`WHERE done_at IS NULL`) may be read whole: it holds what is to be done now.
    """
    partial = {
        index.name
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    found = []
    for place, line in enumerate(plan):
        if read := _SQLITE_SCAN.match(line):
            table, index = read[1], read[2]
        elif read := _SERVER_SCAN.search(line):
            table, index = read[1], None
        elif (read := _SERVER_INDEX.search(line)) and not any(
            "Index Cond" in one for one in plan[place + 1 : place + 2]
        ):
            table, index = read[2], read[1]
        else:
            continue
        if table in big and index not in partial:
            found.append(line.strip())
    return found
