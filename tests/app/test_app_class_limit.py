"""A person hosts at most five open classes, even if two processes handle the presses at the same time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import SystemRandom
from threading import Barrier

import pytest
from postgresql import MakeUrl
from sqlalchemy import func, select
from strategies import question

from bot.app import commands
from bot.app.classroom.opening import MAX_LISTED, MAX_OPEN
from bot.app.commands import ClassPlan, Command, Visitor
from bot.app.context import Context, Links, OutgoingMessage
from bot.app.dispatch.handlers import handle, load
from bot.app.library import Library
from bot.app.messages import ClassUnderWay, Notice
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.nicknames import read_banned_words
from bot.core.question import Bank, Passage, Topic
from bot.store.database import Database, open_database, retry_on_conflict
from bot.store.live_classes import LIVE_CLASSES, Host, Hosts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KIND = OneRight("Geneva", (Option("Vienna"), Option("New York")))
BANK = Bank(
    *("A bank", "en", "", ""),
    (Passage("passage", "Passage", "In words. More."),),
    (Topic("bodies", "Bodies"),),
    (question("q0", kind=KIND),),
)
TEACHER, COLLEAGUE = 1, 2


def visitor(person: int) -> Visitor:
    """Create a visitor in a private chat."""
    return Visitor(person, f"Person {person}", "en", in_private=True)


class Process:
    """One process that shares the database."""

    def __init__(self, url: str) -> None:
        self.database: Database = open_database(url)
        self._library = Library(BANK)
        with self.database.transaction() as unit:
            unit.versions.keep(self._library.documents(), NOW)

    @retry_on_conflict
    def handle(self, *asked: Command) -> tuple[OutgoingMessage, ...]:
        """Handle commands as one batch; return the messages to send."""
        with self.database.transaction() as unit:
            links, rng = Links("quiz_bot"), SystemRandom()
            context = Context(
                unit, self._library, NOW, UTC, links, rng, read_banned_words(""), 1, owns_all_messages=False
            )
            load(context, asked)
            for command in asked:
                handle(context, command)
            return context.flush()

    def open_classes(self, *messages: int, person: int = TEACHER) -> tuple[OutgoingMessage, ...]:
        """Handle presses of Open in these messages as one batch."""
        plan = ClassPlan(count=5, seconds=0)
        return self.handle(*(commands.OpenClass(visitor(person), message_id=one, plan=plan) for one in messages))

    def open_now(self) -> int:
        """Return the number of open classes."""
        with self.database.engine.connect() as connection:
            return (
                connection.scalar(
                    select(func.count()).select_from(LIVE_CLASSES).where(LIVE_CLASSES.c.ended_at.is_(None))
                )
                or 0
            )


@pytest.fixture
def processes(make_postgresql: MakeUrl) -> Iterator[tuple[Process, Process]]:
    """Two processes on one PostgreSQL database."""
    url = make_postgresql("")
    one, other = Process(url), Process(url)
    yield one, other
    one.database.close()
    other.database.close()


@pytest.fixture
def process(url: str) -> Iterator[Process]:
    """A process on a database of either engine."""
    opened = Process(url)
    yield opened
    opened.database.close()


def test_presses_in_two_processes_open_no_sixth_class(processes: tuple[Process, Process]) -> None:
    """Twelve presses of Open, handled at the same time by two processes, open five classes."""
    barrier = Barrier(2)

    def press(process: Process, first: int) -> None:
        for number in range(first, first + 6):
            barrier.wait()
            process.open_classes(number)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(press, processes, (10, 20)))
    assert processes[0].open_now() == MAX_OPEN


def test_presses_in_one_batch_open_no_sixth_class(process: Process) -> None:
    """Eight presses in one transaction open five classes; three are answered by the list of classes."""
    outgoing = process.open_classes(*range(1, 9))
    assert process.open_now() == MAX_OPEN
    lists = [one.message for one in outgoing if isinstance(one.message, ClassUnderWay)]
    assert [(len(one.classes), one.most) for one in lists] == [(MAX_OPEN, MAX_OPEN)] * 3


def test_a_class_is_not_handed_over_to_a_host_of_five(process: Process) -> None:
    """A co-host who hosts five classes cannot become the host of a sixth."""
    process.open_classes(*range(1, MAX_OPEN + 1), person=COLLEAGUE)
    process.open_classes(1)
    with process.database.transaction() as unit:
        row = unit.live_classes.hosted_by(TEACHER)[-1]
        row.hosts = Hosts((*row.hosts.people, Host(COLLEAGUE)))
    process.handle(commands.HandOver(visitor(TEACHER), session=row.id, person=COLLEAGUE))
    with process.database.read_only() as unit:
        (kept,) = (one for one in unit.live_classes.hosted_by(TEACHER) if one.id == row.id)
    assert kept.hosts.people[0].person_id == TEACHER


def test_only_the_newest_of_many_classes_are_listed(process: Process) -> None:
    """A co-host of thirty classes gets a list of the newest and the number of the others, and may open one."""
    for person in range(10, 40):
        process.open_classes(1, person=person)
    with process.database.transaction() as unit:
        unit.persons.add(TEACHER, "Ann", "en", NOW)
        for person in range(10, 40):
            for row in unit.live_classes.hosted_by(person):
                row.hosts = Hosts((*row.hosts.people, Host(TEACHER)))
    (listed,) = process.handle(commands.SetUpClass(visitor(TEACHER)))
    assert isinstance(listed.message, ClassUnderWay)
    assert not isinstance(listed.message, Notice)
    assert (len(listed.message.classes), listed.message.more, listed.message.most) == (MAX_LISTED, 10, 0)
    sessions = [one.session for one in listed.message.classes]
    assert sessions == sorted(sessions, reverse=True)
    process.open_classes(1)
    assert process.open_now() == 31
