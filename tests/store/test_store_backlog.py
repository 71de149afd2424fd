"""The backlog is read correctly on both engines, also while a bot works; stored values are unique by name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.core.classroom import begin as begin_class
from bot.core.solo import begin
from bot.store.backlog import Backlog
from bot.store.database import Database, StoreError
from bot.store.inbox import Received, oldest_ready
from bot.store.inspection import look
from bot.store.outbox import NewMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EMPTY = Backlog(0, None, 0, None, 0, None, 0)


def ago(seconds: int) -> datetime:
    """Return an earlier time."""
    return NOW - timedelta(seconds=seconds)


def fill(database: Database) -> None:
    """Store waiting, handled and dead updates and messages, passed deadlines, and an open class."""
    with database.transaction() as unit:
        for number in (1, 2, 3, 4):
            unit.inbox.add([Received(number, "lane", "{}")], ago(100 - number))
        unit.inbox.finish([1], NOW)
        unit.inbox.finish([2], NOW, "it failed")
        first, *_ = unit.outbox.add([NewMessage(7, "Notice", "{}", "en", ago(50 - number)) for number in range(3)])
        unit.outbox.discard(first, "refused")
        unit.persons.add(7, "Ann", "en", NOW)
        for number, deadline in enumerate((ago(30), ago(0), NOW + timedelta(seconds=1))):
            unit.sessions.add(7, f"7:{number}", "", begin(("q",), NOW)[0], NOW).deadline = deadline
        for number in (8, 9):
            state = begin_class(("q",), NOW, seconds=30, bonus=False, together=False)
            session = unit.sessions.add(7, f"7:{number}", "", state, NOW)
            row = unit.live_classes.add(
                id=session.id,
                code=f"CODE{number}",
                key=f"k{number}",
                invitation=f"i{number}",
                language="en",
                asks_names=False,
            )
            row.ended_at = NOW if number == 8 else None
        unit.pupils.add(session.id, 7, "Ann", NOW).deadline = ago(40)


FILLED = Backlog(2, ago(97), 2, ago(49), 3, ago(40), 1, oldest_ready=ago(97))


def waits(backlog: Backlog) -> Backlog:
    """Leave out who is there: on PostgreSQL that can be told."""
    return replace(backlog, processes=None, leaders=None)


def test_the_backlog_is_all_that_is_not_done(database: Database) -> None:
    """Nothing waits at first; then just what is neither done nor set aside, with the moment since when."""
    with database.transaction() as unit:
        assert waits(unit.backlog(NOW)) == EMPTY
    fill(database)
    with database.transaction() as unit:
        assert waits(unit.backlog(NOW)) == FILLED


def test_somebody_beside_the_bot_reads_the_same(database: Database, url: str) -> None:
    """While the bot's transaction is open, another process reads what was committed, and does not wait for it."""
    fill(database)
    with database.transaction() as unit:
        unit.key_values.set("pulse", "not committed")
        backlog, fact = look(url, NOW, "pulse")
        assert (waits(backlog), fact) == (FILLED, None)
    assert look(url, NOW, "pulse")[1] == "not committed"


def oldest(database: Database, now: datetime = NOW) -> datetime | None:
    """Read when the oldest update that could be handled came."""
    with database.transaction() as unit:
        return unit.backlog(now).oldest_ready


def test_a_deferred_update_is_not_ready(database: Database) -> None:
    """Not ready is an update that waits for its next try, that stands behind such a one, or that came too early."""
    soon = NOW + timedelta(seconds=5)
    with database.transaction() as unit:
        for number, lane, age in ((1, "held", 90), (2, "held", 80), (3, "early", 70), (4, "free", 60), (5, "free", 50)):
            unit.inbox.add([Received(number, lane, "{}")], ago(age))
        held, early = (unit.inbox.claim_one(number, NOW) for number in (1, 3))
        assert held
        assert early
        assert unit.inbox.retry_at(held, soon)
        unit.inbox.defer([early], NOW)
    assert oldest(database) == ago(60)
    with database.transaction() as unit:
        unit.inbox.finish([4, 5], NOW)
    assert oldest(database) is None
    assert oldest(database, soon) == ago(90)


def test_the_oldest_is_found_whatever_its_place(database: Database) -> None:
    """An update of a busy source has a later position but keeps its age; no update stays behind for ever."""
    with database.transaction() as unit:
        unit.inbox.add([Received(number, "flood", "{}") for number in range(100)], ago(100))
        unit.inbox.finish(range(50), NOW)
        unit.inbox.add([Received(1000, "newcomer", "{}")], ago(99))
    assert oldest(database) == ago(100)


def test_ready_updates_are_found_by_an_index(database: Database) -> None:
    """Among ten thousand handled updates both engines read by indexes, and only those that wait."""
    with database.transaction() as unit:
        unit.inbox.add([Received(number, f"{number % 100}", "{}") for number in range(10_000)], ago(100))
        unit.inbox.finish(range(9990), NOW)
    seen: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: seen.append((told[2], told[3])))
    with database.engine.connect() as connection:
        if database.is_remote:
            connection.exec_driver_sql("ANALYZE inbox")
        assert oldest_ready(connection, NOW) == ago(100)
        statement, values = seen[-1]
        how = "EXPLAIN" if database.is_remote else "EXPLAIN QUERY PLAN"
        plan = [str(row) for row in connection.exec_driver_sql(f"{how} {statement}", values)]
    whole = ("Seq Scan on inbox", "SCAN inbox'", "SCAN INBOX USING INDEX sqlite_autoindex")
    assert [line for line in plan if any(words in line for words in whole)] == []
    assert any("ix_inbox_waiting" in line for line in plan)


def test_looking_makes_no_file(tmp_path: Path) -> None:
    """Where there is no database, that is said, and there is none afterwards."""
    with pytest.raises(StoreError, match="cannot be read: unable to open"):
        look(f"sqlite:///{tmp_path}/none.sqlite3", NOW, "pulse")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="BOT_DATABASE_URL"):
        look("nonsense", NOW, "pulse")


def test_a_fact_is_settled_once_and_put_any_time(database: Database) -> None:
    """The first who settles a fact wins; who puts it changes it."""
    with database.transaction() as unit:
        assert unit.key_values.get("salt") is None
        assert unit.key_values.set_default("salt", "a") == unit.key_values.set_default("salt", "b") == "a"
        unit.key_values.set("salt", "c")
        unit.key_values.set("salt", "d")
        assert unit.key_values.get("salt") == "d"
