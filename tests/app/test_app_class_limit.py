"""One person has at most five classes open, even where two processes handle the presses at the same moment."""

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
    """Return a visitor in private."""
    return Visitor(person, f"Person {person}", "en", in_private=True)


class Process:
    """What one process does with the database."""

    def __init__(self, url: str) -> None:
        self.database: Database = open_database(url)
        self._library = Library(BANK)
        with self.database.transaction() as unit:
            unit.versions.keep(self._library.documents(), NOW)

    @retry_on_conflict
    def tell(self, *asked: Command) -> tuple[OutgoingMessage, ...]:
        """Carry out commands as one batch; return what they told."""
        with self.database.transaction() as unit:
            links, rng = Links("quiz_bot"), SystemRandom()
            work = Context(unit, self._library, NOW, UTC, links, rng, read_banned_words(""), 1, owns_all_messages=False)
            load(work, asked)
            for command in asked:
                handle(work, command)
            return work.flush()

    def open_classes(self, *messages: int, person: int = TEACHER) -> tuple[OutgoingMessage, ...]:
        """Press Open in these messages, in one batch."""
        plan = ClassPlan(count=5, seconds=0)
        return self.tell(*(commands.OpenClass(visitor(person), message_id=one, plan=plan) for one in messages))

    def open_now(self) -> int:
        """Return how many classes are open."""
        with self.database.engine.connect() as connection:
            return (
                connection.scalar(
                    select(func.count()).select_from(LIVE_CLASSES).where(LIVE_CLASSES.c.ended_at.is_(None))
                )
                or 0
            )


@pytest.fixture
def processes(make_postgresql: MakeUrl) -> Iterator[tuple[Process, Process]]:
    """Open one database twice."""
    url = make_postgresql("")
    one, other = Process(url), Process(url)
    yield one, other
    one.database.close()
    other.database.close()


@pytest.fixture
def process(url: str) -> Iterator[Process]:
    """Open a database of each engine."""
    opened = Process(url)
    yield opened
    opened.database.close()


def test_presses_in_two_processes_open_no_sixth(processes: tuple[Process, Process]) -> None:
    """Twelve messages with Open, pressed at once and handled by two processes, open five classes."""
    barrier = Barrier(2)

    def press(process: Process, first: int) -> None:
        for number in range(first, first + 6):
            barrier.wait()
            process.open_classes(number)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(press, processes, (10, 20)))
    assert processes[0].open_now() == MAX_OPEN


def test_presses_in_one_batch_open_no_sixth(process: Process) -> None:
    """Eight presses that are handled in one transaction open five classes, and three are told why not."""
    told = process.open_classes(*range(1, 9))
    assert process.open_now() == MAX_OPEN
    lists = [one.message for one in told if isinstance(one.message, ClassUnderWay)]
    assert [(len(one.classes), one.most) for one in lists] == [(MAX_OPEN, MAX_OPEN)] * 3


def test_a_class_is_not_handed_over_to_who_has_five(process: Process) -> None:
    """A co-host who is the host of five classes does not become the host of a sixth."""
    process.open_classes(*range(1, MAX_OPEN + 1), person=COLLEAGUE)
    process.open_classes(1)
    with process.database.transaction() as unit:
        row = unit.live_classes.hosted_by(TEACHER)[-1]
        row.hosts = Hosts((*row.hosts.people, Host(COLLEAGUE)))
    process.tell(commands.HandOver(visitor(TEACHER), session=row.id, person=COLLEAGUE))
    with process.database.read_only() as unit:
        (kept,) = (one for one in unit.live_classes.hosted_by(TEACHER) if one.id == row.id)
    assert kept.hosts.people[0].person_id == TEACHER


def test_of_very_many_classes_the_newest_are_listed(process: Process) -> None:
    """A co-host of thirty classes gets the newest in one message and the number of the others, and may open one."""
    for person in range(10, 40):
        process.open_classes(1, person=person)
    with process.database.transaction() as unit:
        unit.persons.add(TEACHER, "Ann", "en", NOW)
        for person in range(10, 40):
            for room in unit.live_classes.hosted_by(person):
                room.hosts = Hosts((*room.hosts.people, Host(TEACHER)))
    (listed,) = process.tell(commands.SetUpClass(visitor(TEACHER)))
    assert isinstance(listed.message, ClassUnderWay)
    assert not isinstance(listed.message, Notice)
    assert (len(listed.message.classes), listed.message.more, listed.message.most) == (MAX_LISTED, 10, 0)
    sessions = [one.session for one in listed.message.classes]
    assert sessions == sorted(sessions, reverse=True)
    process.open_classes(1)
    assert process.open_now() == 31
