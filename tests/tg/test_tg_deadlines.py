"""The clock wakes what is due, whatever stands beside it in the database."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from strategies import question

from bot.app.context import OutgoingMessage
from bot.app.dispatch.service import QuizService
from bot.core.question import Bank, Passage, Topic
from bot.core.solo import AWAY_AFTER, begin
from bot.store.database import Database, open_database
from bot.tg.deadlines import DeadlineTimer
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BANK = Bank("A bank", "en", "", "", (Passage("passage", "Passage", "Words."),), (Topic("t", "T"),), (question("q1"),))


def three_quizzes(database: Database) -> tuple[int, ...]:
    """Create a question for each of three people who have left since; return their sessions."""
    state, _ = begin(("q1",), NOW - AWAY_AFTER)
    sessions = []
    with database.transaction() as unit:
        for person in (1, 2, 3):
            unit.persons.add(person, "Ann", "en", NOW)
            session = unit.sessions.add(person, None, "", state, NOW)
            session.deadline = NOW - timedelta(seconds=person)
            sessions.append(session.id)
    return tuple(sessions)


async def test_a_deadline_that_fails_delays_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A session with a damaged row is logged once and left unchanged; the other due sessions are woken."""
    database = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    _, spoilt, _ = three_quizzes(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE sessions SET state = '{{}}' WHERE id = {spoilt}")  # noqa: S608 - our own
    service, told = QuizService(database, BANK, lambda: NOW, UTC), list[OutgoingMessage]()
    clock = DeadlineTimer(service, HandlerRunner(in_thread=False), told.extend, asyncio.Event())
    with caplog.at_level(logging.ERROR):
        await clock.fire_due()
        await clock.fire_due()
    assert service.due_sessions() == (spoilt,)
    database.close()
    assert told == []
    assert [record.getMessage() for record in caplog.records] == [
        f"Deadline of session {spoilt} failed; not retried before a restart."
    ]
