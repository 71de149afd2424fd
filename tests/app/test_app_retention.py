"""Expired rows are deleted in small transactions, and no other rows with them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from small_bank import BANK
from sqlalchemy import Engine, event, insert, select

from bot.app import operator
from bot.app.dispatch.service import QuizService
from bot.store.base import FORGOTTEN_AT_ONCE
from bot.store.database import Database, open_database
from bot.store.inbox import INBOX
from bot.store.outbox import OUTBOX
from bot.store.shared_limits import SHARED_LIMITS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, OLDEST = NOW - timedelta(hours=49), NOW - timedelta(days=31)
MANY = 2 * FORGOTTEN_AT_ONCE + 7


def fill(database: Database, many: int) -> None:
    """Store this many updates of each sort and age, and this many refused and waiting messages."""
    sorts = [(OLD, None), (NOW, None), (None, None), (OLDEST, "KeyError"), (OLD, "KeyError")]
    updates = [
        {"lane": "chat 7", "body": "{}", "received_at": OLDEST, "done_at": done_at, "problem": problem}
        for done_at, problem in sorts
        for _ in range(many)
    ]
    messages = [
        {"chat_id": 7, "kind": "Notice", "body": "{}", "language": "en", "created_at": created_at, "problem": problem}
        for created_at, problem in ((OLDEST, "BadRequest"), (OLD, "BadRequest"), (OLDEST, None))
        for _ in range(many)
    ]
    with database.engine.begin() as connection:
        connection.execute(insert(INBOX), [{"update_id": number, **row} for number, row in enumerate(updates)])
        connection.execute(insert(OUTBOX), messages)
        if database.is_remote:
            connection.execute(
                insert(SHARED_LIMITS), [{"chat_id": number + 1, "free_at": OLD} for number in range(many)]
            )


def left(database: Database) -> tuple[Counter[Any], Counter[Any]]:
    """Count the stored updates and messages by age and problem."""
    with database.engine.connect() as connection:
        updates = connection.execute(select(INBOX.c.done_at, INBOX.c.problem)).all()
        messages = connection.execute(select(OUTBOX.c.created_at, OUTBOX.c.problem)).all()
    return Counter(map(tuple, updates)), Counter(map(tuple, messages))


@contextmanager
def changes(engine: Engine, *words: str) -> Iterator[list[int]]:
    """Yield the number of rows that each transaction changes by statements beginning with one of these words."""
    counts: list[int] = []

    def begin(_connection: object) -> None:
        counts.append(0)

    def count_rows(_connection: object, cursor: Any, statement: str, *_more: object) -> None:  # noqa: ANN401 - a driver's own
        if statement.startswith(words):
            counts[-1] += cursor.rowcount

    event.listen(engine, "begin", begin)
    event.listen(engine, "after_cursor_execute", count_rows)
    yield counts
    event.remove(engine, "begin", begin)
    event.remove(engine, "after_cursor_execute", count_rows)


@pytest.mark.parametrize("many", [0, 1, FORGOTTEN_AT_ONCE, MANY])
def test_each_transaction_deletes_a_bounded_number_of_rows(database: Database, many: int) -> None:
    """Each transaction deletes a bounded number of expired rows, and in the end all are deleted."""
    if many:
        fill(database, many)
    service = QuizService(database, BANK, lambda: NOW, UTC)
    with changes(database.engine, "DELETE") as counts:
        while service.delete_expired():
            pass
    expired = many * (3 + database.is_remote)
    assert sum(counts) == expired
    assert max(counts) <= FORGOTTEN_AT_ONCE
    assert len(counts) == expired // FORGOTTEN_AT_ONCE + 1
    kept = [(NOW, None), (None, None), (OLD, "KeyError")], [(OLD, "BadRequest"), (OLDEST, None)]
    assert left(database) == tuple(Counter({sort: many for sort in sorts if many}) for sorts in kept)


def test_expired_rows_are_found_by_an_index(tmp_path: Path) -> None:
    """Expired rows are found by an index, without reading rows of other sorts."""
    plans: list[str] = []

    def explain(_connection: object, cursor: Any, statement: str, values: Any, *_more: object) -> None:  # noqa: ANN401
        if statement.startswith(("DELETE FROM inbox", "DELETE FROM outbox")):
            plans.append(str(cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()))

    with closing(open_database(f"sqlite:///{tmp_path}/bot.sqlite3")) as database:
        event.listen(database.engine, "before_cursor_execute", explain)
        QuizService(database, BANK, lambda: NOW, UTC).delete_expired()
    for plan, index in zip(plans, ("ix_inbox_handled", "ix_inbox_dead_letters", "ix_outbox_refused"), strict=True):
        assert f"USING INDEX {index} (" in plan or f"USING COVERING INDEX {index} (" in plan


@pytest.mark.parametrize("act", [("inbox", "retry"), ("inbox", "drop"), ("outbox", "drop")])
def test_an_operators_command_changes_a_bounded_number_of_rows_per_transaction(
    database: Database, act: tuple[str, str]
) -> None:
    """An operator's command changes a bounded number of rows per transaction, so that a running bot can continue."""
    fill(database, MANY)
    with changes(database.engine, "UPDATE", "DELETE") as counts:
        assert operator.ACTIONS[act](database, ())[0].startswith(str(2 * MANY))
    assert sum(counts) == 2 * MANY
    assert max(counts) <= operator.CHANGED_AT_ONCE
