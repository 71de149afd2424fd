"""A disk that is full, a database that may only be read, or one that another program holds: real SQLite, really so."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from learner import Learner, text_of, words
from sqlalchemy import Connection, event, func, select
from talk import Talk, TalkAbout
from whales import LARGEST, NAME, in_order

from bot.store.answers import ANSWERS
from bot.store.inbox import INBOX

pytestmark = pytest.mark.usefixtures("impatient")

Fault = Callable[[Talk], object]


@contextmanager
def at_every_transaction(talk: Talk, *pragmas: str) -> Iterator[None]:
    """Set something in every transaction that begins in the block."""

    def begin(connection: Connection) -> None:
        for pragma in pragmas:
            connection.exec_driver_sql(f"PRAGMA {pragma}")

    event.listen(talk.database.engine, "begin", begin)
    yield
    event.remove(talk.database.engine, "begin", begin)
    talk.database.engine.dispose()


@contextmanager
def told_of(talk: Talk) -> Iterator[None]:
    """Let whoever waits look again whenever something is logged."""
    handler = logging.Handler()
    handler.emit = lambda _record: talk._news.set()  # type: ignore[method-assign] # all that is wanted of it
    logging.getLogger("bot").addHandler(handler)
    yield
    logging.getLogger("bot").removeHandler(handler)


@contextmanager
def full_disk(talk: Talk) -> Iterator[None]:
    """Give SQLite no page more than it has."""
    with at_every_transaction(talk, "max_page_count=1"):
        yield


@contextmanager
def read_only(talk: Talk) -> Iterator[None]:
    """Refuse every write, as a file system does that was mounted again to be read only."""
    with at_every_transaction(talk, "query_only=ON"):
        yield


@contextmanager
def locked(talk: Talk) -> Iterator[None]:
    """Let another program hold the file in the middle of writing."""
    file = talk.database.engine.url.database
    assert file is not None

    def be_impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    event.listen(talk.database.engine, "connect", be_impatient)
    talk.database.engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    event.remove(talk.database.engine, "connect", be_impatient)


FAULTS = {"The disk is full": full_disk, "Make the file and its folder writable": read_only, "Another program": locked}


@pytest.mark.parametrize(("told", "fault"), FAULTS.items())
async def test_answers_given_meanwhile_count_once_afterwards(
    talk_about: TalkAbout, told: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    """While nothing can be written nothing is confirmed or lost, and the mend is told once; then all goes on."""
    talk = await talk_about(in_order(LARGEST, NAME))
    people = [Learner(talk, name) for name in ("Ann", "Ben", "Cyd")]
    for one in people:
        await one.says("/quiz 2")
    with fault(talk):  # type: ignore[attr-defined] # all are contexts
        for one in people:
            talk.world.vote(one.id, one.poll().id, list(one.poll().correct))
            talk.world.say(one.id, one.id, "x" * 4000)
        with told_of(talk):
            await talk.until(lambda: told in caplog.text)
        assert len(talk.world.updates) == 2 * len(people)
    assert [told in one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == [True]
    await talk.quiet()
    for one in people:
        await one.says("blue whale")
        assert one.marks() == {"largest": True, "name": True}
        assert sum(text_of(message).startswith(words("write.early")) for message in one.messages()) <= 1
    assert talk.rows(select(func.count()).select_from(ANSWERS))[0][0] == 2 * len(people)
    assert talk.rows(select(func.count()).select_from(INBOX).where(INBOX.c.done_at.is_(None)))[0][0] == 0
    assert talk.problems() == []
