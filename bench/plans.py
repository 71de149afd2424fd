"""Recording of SQL statements, their query plans, and the detection of plans that read a whole big table."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine, event, func, select

from bot.store.tables import metadata

BIG = 5_000
"""A table with at least this many rows must not be read from end to end."""
_SQLITE_SCAN = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_SERVER_SCAN = re.compile(r"Seq Scan on (\w+)")
_SERVER_INDEX = re.compile(r"Index (?:Only )?Scan(?: Backward)? using (\w+) on (\w+)")

Statement = tuple[str, Any]


@contextmanager
def recorded_statements(engine: Engine) -> Iterator[list[Statement]]:
    """Record the statements executed within the block, each text once, with the values of its first execution."""
    found: dict[str, Any] = {}

    def record(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:  # noqa: ANN401, FBT001 - SQLAlchemy's own
        # The values of several rows are a list, unless SQLAlchemy joined the rows into one statement.
        found.setdefault(statement, values[0] if many and isinstance(values, list) else values)

    statements: list[Statement] = []
    event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", record)
        statements += [(text, values) for text, values in found.items() if not text.startswith("BEGIN")]


def explain(engine: Engine, statements: Sequence[Statement]) -> list[tuple[str, list[str]]]:
    """Return each statement with the lines of its plan. Only SELECTs are executed, so nothing changes."""
    make_explainer = _sqlite_explainer if engine.dialect.name == "sqlite" else _postgresql_explainer
    with engine.connect() as connection:
        explain_one = make_explainer(connection.connection.driver_connection)
        plans = [(statement, explain_one(statement, values)) for statement, values in statements]
        connection.rollback()
    return plans


def _sqlite_explainer(connection: Any) -> Callable[[str, Any], list[str]]:  # noqa: ANN401 - the driver's own
    def explain_one(statement: str, values: Any) -> list[str]:  # noqa: ANN401 - the driver's own
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]

    return explain_one


def _postgresql_explainer(connection: Any) -> Callable[[str, Any], list[str]]:  # noqa: ANN401 - the driver's own
    cursor = psycopg.ClientCursor(connection)

    def explain_one(statement: str, values: Any) -> list[str]:  # noqa: ANN401 - the driver's own
        analyze = "(ANALYZE) " if statement.lstrip().startswith("SELECT") else ""
        return [row[0] for row in cursor.execute(f"EXPLAIN {analyze}{statement}", values)]

    return explain_one


def big_tables(engine: Engine) -> dict[str, int]:
    """Return the big tables with their numbers of rows."""
    with engine.connect() as connection:
        counts = {
            name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in metadata.tables.items()
        }
        connection.rollback()
    return {name: rows for name, rows in counts.items() if rows >= BIG}


def scans(plan: Sequence[str], big: dict[str, int]) -> list[str]:
    """Return the lines of a plan that read a big table from end to end, by an index or not.

    A partial index (`WHERE done_at IS NULL`) may be read whole: it contains only rows with pending work.
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
