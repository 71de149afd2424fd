"""Two processes that share a database, in which Ann leads a class that Bob is in; and ways to count in it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text

from bot.core.classroom import begin
from bot.store.answers import NewAnswer
from bot.store.database import Database, UnitOfWork
from bot.store.groups import People
from bot.store.live_classes import Host, Hosts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, BOB, CLASS, GROUP = 7, 8, 1, -8
THREADS = 4


@dataclass(frozen=True)
class Town:
    """Two processes on one PostgreSQL, in which Ann leads a class that Bob is in."""

    one: Database
    other: Database
    threads: ThreadPoolExecutor

    def begin(self, act: Callable[[Database], None], database: Database) -> Future[None]:
        """Start an action of a process concurrently."""
        return self.threads.submit(act, database)

    def at_once(self, act: Callable[[Database], None]) -> None:
        """Run an action in both processes concurrently, twice each."""
        databases = (self.one, self.other) * (THREADS // 2)
        for done in [self.begin(act, database) for database in databases]:
            done.result()

    def wait_for_a_lock(self) -> None:
        """Wait until somebody waits for a lock."""
        with self.one.engine.connect() as connection:
            while not connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                pass


def open_class(unit: UnitOfWork) -> None:
    """Create a class of Ann over a link, a group beside it, and let Bob join."""
    for number in (ANN, BOB):
        unit.persons.add(number, "", "en", NOW)
    state = begin(("q",), NOW, seconds=30, bonus=False, together=False)
    assert unit.sessions.add(ANN, None, "", state, NOW).id == CLASS
    ways = {"code": "CODE", "key": "key", "invitation": "invitation", "chat_id": None, "thread_id": None}
    unit.live_classes.add(id=CLASS, language="en", asks_names=False, hosts=Hosts((Host(ANN),)), **ways)
    assert unit.pupils.add(CLASS, BOB, "Bob", NOW).id == 1
    unit.pupils.add(CLASS, ANN, "Ann", NOW).deadline = NOW
    unit.groups.take(GROUP)


def count_person(unit: UnitOfWork) -> int:
    """Count in a person; give the count."""
    person = unit.persons.find(BOB)
    assert person
    person.count += 1
    return person.count


def count_session(unit: UnitOfWork) -> int:
    """Count in a session; give the count."""
    session = unit.sessions.find(CLASS)
    assert session
    session.message_id = (session.message_id or 0) + 1
    return session.message_id


def count_group(unit: UnitOfWork) -> int:
    """Count in a group; give the count."""
    group = unit.groups.take(GROUP)
    group.allowed = People((*group.allowed.ids, len(group.allowed.ids)))
    return len(group.allowed.ids)


def count_room(unit: UnitOfWork) -> int:
    """Count in a room that is found by what a pupil types; give the count."""
    row = unit.live_classes.by_code("CODE")
    assert row
    row.revision += 1
    return row.revision


def count_pupil(unit: UnitOfWork) -> int:
    """Count in a pupil; give the count."""
    pupil = unit.pupils.of_person(CLASS, BOB)
    assert pupil
    pupil.message_id = (pupil.message_id or 0) + 1
    return pupil.message_id


def count_item(unit: UnitOfWork) -> int:
    """Count in what a person knows of a question; give the count."""
    known = unit.answers.progress(BOB).get("q")
    number = known.asked + 1 if known else 1
    unit.answers.add(NewAnswer(CLASS, number, BOB, "q", "v", right=True, given="", at=NOW))
    return number


def locked(database: Database, table: str) -> set[int]:
    """Return the rows that are locked."""
    with database.engine.connect() as connection:
        every = set(connection.scalars(text(f"SELECT id FROM {table}")))  # noqa: S608 - a word of the test's own
        free = connection.scalars(text(f"SELECT id FROM {table} FOR NO KEY UPDATE SKIP LOCKED"))  # noqa: S608 - the same
        return every - set(free)
