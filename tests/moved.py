"""A small SQLite database to move, and the rows of both engines, to compare them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from bot.store.database import make_engine, open_database
from bot.store.moving.texts import as_stored
from bot.store.outbox import OUTBOX
from bot.store.tables import metadata

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
STAMP = "2026-03-02 09:00:00.123456"
PEOPLE = 7


class Interrupted(Exception):  # noqa: N818 - no error: somebody pressed Ctrl+C
    """The move was stopped on purpose."""


def ignore(_stage: str, _done: int, _of: int) -> None:
    """Ignore the progress."""


def stop_at(turn: int) -> Callable[[str, int, int], None]:
    """Return a progress function that stops the move after this number of batches."""
    turns = count(1)

    def watch(_stage: str, _done: int, _of: int) -> None:
        if next(turns) == turn:
            raise Interrupted

    return watch


def fill(path: Path) -> None:
    """Insert rows into every table."""
    open_database(f"sqlite:///{path}").close()
    person = {"language": "kk", "topic": "", "count": 5, "session_id": None, "since": STAMP, "is_private": 1}
    rows: dict[str, list[dict[str, object]]] = {
        "key_values": [{"name": "salt", "value": "00ff"}],
        "persons": [{"id": number, "name": f"Әсем {number} 🐳", **person} for number in range(1, PEOPLE + 1)],
        "groups": [{"id": -1001, "administrators": '{"ids": [1]}', "allowed": '{"ids": []}', "asked_at": STAMP}],
        "sessions": [
            {"id": 90 + one, "person_id": one, "topic": "", "state": '{"it": 1}', "started_at": STAMP} for one in (1, 2)
        ],
        "answers": [answer(number) for number in range(PEOPLE)],
        "question_progress": [item(number) for number in range(PEOPLE)],
        "polls": [{"id": "p1", "session_id": 91, "round": 1, "vote": 1}],
        "question_versions": [{"fingerprint": "f", "document": "{}", "since": STAMP}],
        "inbox": [{"update_id": one, "lane": "chat 1", "body": "{}", "received_at": STAMP} for one in (8, 9)],
        "shared_limits": [{"chat_id": 0, "free_at": STAMP}],
        "flood_waits": [{"name": "chat 1", "since": STAMP, "until": STAMP}],
        "pupils": [
            {
                "id": 3,
                "session_id": 91,
                "person_id": 1,
                "nickname": "A",
                "real_name": "",
                "seat": "{}",
                "joined_at": STAMP,
                "is_here": 1,
            }
        ],
        "live_classes": [room(92)],
        "outbox": [
            {"id": 40, "chat_id": 1, "kind": "N", "body": "{}", "language": "en", "created_at": STAMP, "claimed_by": 77}
        ],
    }
    assert rows.keys() == metadata.tables.keys()
    with closing(sqlite3.connect(path)) as opened, opened:
        for table in metadata.sorted_tables:
            put(opened, table.name, rows[table.name])


def put(opened: sqlite3.Connection, table: str, rows: list[dict[str, object]]) -> None:
    """Insert rows into a table of SQLite; other columns get their defaults."""
    kept = metadata.tables[table]
    for row in rows:
        usual = {column.name: getattr(column.default, "arg", None) for column in kept.c if column.default}
        values = {**usual, **row}
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        opened.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608 - ours


def answer(number: int) -> dict[str, object]:
    """Return a row of an answer."""
    key = {"session_id": 91, "round": number, "person_id": number + 1}
    return {**key, "question_id": "q", "version": "v", "right": number % 2, "given": f"№ {number}", "at": STAMP}


def item(number: int) -> dict[str, object]:
    """Return a row of a person's knowledge."""
    last = {"asked": 2, "right": 1, "last_right": number % 2, "last_at": STAMP}
    return {"key": f"{number + 1} q", "person_id": number + 1, "question_id": "q", **last}


def room(number: int) -> dict[str, object]:
    """Return a row of a live class."""
    texts = {"code": None, "key": "k", "invitation": "i", "language": "ru", "hosts": "{}", "votes": "{}"}
    return {"id": number, **texts, "chat_id": -5, "asks_names": 1, "revision": 3}


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables except claims, in an order that is the same on both engines."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = {table.name: connection.execute(every_row(table)).all() for table in metadata.sorted_tables}
    engine.dispose()
    return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in found.items()}


def every_row(table: Table) -> Any:  # noqa: ANN401 - a query
    """Return a query for every row."""
    return select(*(as_stored(column) for column in table.c if column is not OUTBOX.c.claimed_by))
