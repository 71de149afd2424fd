"""Processes that handle commands on the same class, group and people at once: no effect is lost or doubled."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random, SystemRandom
from threading import Barrier
from typing import TypeVar

import psycopg
import pytest
from postgresql import MakeUrl
from sqlalchemy import event, func, select, text
from strategies import question

from bot.app import commands
from bot.app.commands import ClassPlan, Command, Control, Spot, Visitor
from bot.app.context import Context, Links, OutgoingMessage
from bot.app.dispatch.handlers import handle, load
from bot.app.dispatch.receipts import Delivery, apply_deliveries
from bot.app.dispatch.service import QuizService, Received
from bot.app.library import Library
from bot.app.messages import ClassExplanation, ClassOpened, ClassQuestion, GroupPoll, HostList
from bot.core.classroom import Phase
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.nicknames import read_banned_words
from bot.core.question import Bank, Passage, Topic
from bot.store.answers import ANSWERS
from bot.store.database import Database, UnitOfWork, open_database, retry_on_conflict
from bot.store.groups import People
from bot.store.live_classes import LIVE_CLASSES

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, PUPILS, GROUP = 1, (2, 3), -8
KIND = OneRight("Geneva", (Option("Vienna"), Option("New York")))
ROUNDS, TIMES = 8, 10
BANK = Bank(
    *("A bank", "en", "", ""),
    (Passage("passage", "Passage", "In words. More."),),
    (Topic("bodies", "Bodies"),),
    tuple(question(f"q{number}", kind=KIND) for number in range(ROUNDS)),
)
RNG = SystemRandom()
T = TypeVar("T")


@dataclass(frozen=True)
class Process:
    """One process that shares the database."""

    database: Database
    rng: Random
    library: Library

    @retry_on_conflict
    def _do(self, act: Callable[[Context], object]) -> tuple[OutgoingMessage, ...]:
        with self.database.transaction() as unit:
            context = Context(
                unit,
                self.library,
                NOW,
                UTC,
                Links("quiz_bot"),
                self.rng,
                read_banned_words(""),
                1,
                owns_all_messages=False,
            )
            act(context)
            return context.flush()

    def handle(self, *asked: Command) -> tuple[OutgoingMessage, ...]:
        """Handle commands as one batch; return the messages to send."""

        def act(context: Context) -> None:
            load(context, asked)
            for command in asked:
                handle(context, command)

        return self._do(act)

    def deliver(self, outgoing: Sequence[OutgoingMessage]) -> tuple[OutgoingMessage, ...]:
        """Record messages as delivered; the id of a poll consists of its chat and round."""
        return self._do(lambda context: apply_deliveries(context, [_delivery(one) for one in outgoing]))


def _delivery(one: OutgoingMessage) -> Delivery:
    asked = one.message
    poll = f"{one.chat_id}:{asked.round}" if isinstance(asked, ClassQuestion | GroupPoll) else ""
    return Delivery(one.id, one.claimed_by, one.chat_id, asked, one.id, poll)


def visitor(person: int) -> Visitor:
    """Create a visitor in a private chat."""
    return Visitor(person, f"Person {person}", "en", in_private=True)


@pytest.fixture
def processes(make_postgresql: MakeUrl) -> Iterator[tuple[Process, Process]]:
    """Two processes on one database, which detects deadlocks after 20 ms."""
    url = make_postgresql("")
    one = open_database(url)
    with one.engine.begin() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET deadlock_timeout = '20ms'"))
    one.engine.dispose()
    other, library = open_database(url), Library(BANK)
    with one.transaction() as unit:
        unit.versions.keep(library.documents(), NOW)
    yield Process(one, RNG, library), Process(other, RNG, library)
    one.close()
    other.close()


def at_once(first: Callable[[], T], second: Callable[[], T]) -> list[T]:
    """Run two functions at the same time; return their results."""
    barrier = Barrier(2)

    def begin(act: Callable[[], T]) -> T:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(begin, (first, second)))


def vote_at_once(one: Process, other: Process, number: int) -> list[OutgoingMessage]:
    """Handle a vote of each pupil at the same time, in different processes; return the messages to send."""
    first, second = (commands.Vote(visitor(pupil), poll_id=f"{pupil}:{number}", options=(0,)) for pupil in PUPILS)
    return [row for outgoing in at_once(lambda: one.handle(first), lambda: other.handle(second)) for row in outgoing]


def test_the_last_two_answers_of_a_round_close_it_once(processes: tuple[Process, Process]) -> None:
    """The last two answers of a round, handled at the same time by two processes, both count and close it once."""
    one, other = processes
    teacher = visitor(TEACHER)
    plan = ClassPlan(count=ROUNDS, seconds=0)
    outgoing = one.handle(commands.OpenClass(teacher, message_id=1, plan=plan))
    opened = next(row.message for row in outgoing if isinstance(row.message, ClassOpened))
    one.deliver(outgoing)
    join = [[commands.JoinClass(visitor(pupil), code=opened.code)] for pupil in PUPILS]
    at_once(lambda: one.handle(*join[0]), lambda: other.handle(*join[1]))
    take = [commands.TakeNickname(visitor(pupil), session=1) for pupil in PUPILS]
    at_once(lambda: one.handle(take[0]), lambda: other.handle(take[1]))
    for number in range(1, ROUNDS + 1):
        control = Control.NEXT if number > 1 else Control.START
        one.deliver(one.handle(commands.ControlClass(teacher, session=1, round=number - 1, control=control)))
        rows = vote_at_once(one, other, number)
        explained = sorted(row.chat_id for row in rows if isinstance(row.message, ClassExplanation))
        assert explained == list(PUPILS)
        with one.database.read_only() as unit:
            session = unit.sessions.find_class(1)
            assert session
            assert (session.state.phase, session.state.round) == (Phase.REVEALED, number)
    with one.database.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ANSWERS)) == ROUNDS * len(PUPILS)


def add_administrators(unit: UnitOfWork) -> None:
    """Store the teacher and the pupils as administrators of the group."""
    group = unit.groups.take(GROUP)
    group.administrators, group.asked_at = People((TEACHER, *PUPILS)), NOW


def test_two_simultaneous_begins_in_a_group_begin_one_quiz(processes: tuple[Process, Process]) -> None:
    """If two administrators begin a quiz at the same time, one quiz begins, and the other person gets its controls."""
    one, other = processes
    with one.database.transaction() as unit:
        add_administrators(unit)

    def begin(process: Process, person: int) -> tuple[OutgoingMessage, ...]:
        return process.handle(
            commands.BeginGroupQuiz(visitor(person), spot=Spot(GROUP), plan=ClassPlan(), message_id=person)
        )

    outgoing = at_once(lambda: begin(one, TEACHER), lambda: begin(other, PUPILS[0]))
    assert sum(isinstance(row.message, GroupPoll) for rows in outgoing for row in rows) == 1
    with one.database.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(LIVE_CLASSES)) == 1


def test_an_invitation_opened_twice_at_once_adds_one_co_host(processes: tuple[Process, Process]) -> None:
    """An invitation that two people open at the same time in two processes makes only one of them a co-host."""
    one, other = processes
    one.handle(commands.OpenClass(visitor(TEACHER), message_id=1, plan=ClassPlan(count=ROUNDS, seconds=0)))
    for number in range(1, 9):
        outgoing = one.handle(commands.RenewInvitation(visitor(TEACHER), session=1))
        link = next(row.message.link for row in outgoing if isinstance(row.message, HostList))
        ask = [
            commands.JoinAsHost(visitor(person), invitation=link.partition("start=")[2])
            for person in (10 * number, 10 * number + 1)
        ]
        at_once(lambda ask=ask: one.handle(ask[0]), lambda ask=ask: other.handle(ask[1]))
        with one.database.read_only() as unit:
            row = unit.live_classes.find(1)
            assert row
            assert len(row.hosts.people) == 1 + number
            assert row.invited_until is None


def test_a_poll_recorded_between_two_queries_counts(processes: tuple[Process, Process]) -> None:
    """A vote counts if another process records its poll between the query for the poll and that of the outbox."""
    one, other = processes
    with one.database.transaction() as unit:
        add_administrators(unit)
    start = commands.BeginGroupQuiz(visitor(TEACHER), spot=Spot(GROUP), plan=ClassPlan(), message_id=1)
    waiting = [one.handle(start)]

    def settle(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if "FROM outbox" in statement and waiting:
            other.deliver(waiting.pop())

    event.listen(one.database.engine, "before_cursor_execute", settle)
    assert one.handle(commands.Vote(visitor(PUPILS[0]), poll_id=f"{GROUP}:1", options=(0,))) == ()
    assert not waiting
    with one.database.read_only() as unit:
        session = unit.sessions.find_class(1)
        assert session
        assert session.state.answered == 1


def test_teachers_and_pupils_cause_no_deadlock(processes: tuple[Process, Process]) -> None:
    """A teacher's presses and a pupil's joining and leaving cause no deadlock, because all lock in one order."""
    one, other = processes
    teacher, pupil = visitor(TEACHER), visitor(PUPILS[0])
    outgoing = one.handle(commands.OpenClass(teacher, message_id=1, plan=ClassPlan(count=ROUNDS, seconds=0)))
    opened = next(row.message for row in outgoing if isinstance(row.message, ClassOpened))
    one.handle(commands.JoinClass(pupil, code=opened.code))
    one.handle(commands.TakeNickname(pupil, session=1))
    rolled_back: list[object] = []
    for database in (one.database, other.database):
        event.listen(database.engine, "rollback", rolled_back.append)
    leading = (
        commands.ShowPupils(teacher, session=1),
        commands.ShowPupil(teacher, pupil=1),
        commands.RenamePupil(teacher, pupil=1),
        commands.Write(teacher, text="Rob", message_id=5),
        commands.SetUpClass(teacher),
        commands.ShowHosts(teacher, session=1),
        commands.ControlClass(teacher, session=1, round=0, control=Control.ASK_END),
    )
    coming = commands.LeaveClass(pupil), commands.JoinClass(pupil, code=opened.code)
    at_once(
        lambda: [one.handle(command) for command in leading * TIMES],
        lambda: [other.handle(command) for command in coming * (3 * TIMES)],
    )
    assert rolled_back == []


@pytest.mark.parametrize(("number", "words"), [(1, []), (2, ["fresh"])])
def test_new_updates_are_signalled_to_the_leader(make_postgresql: MakeUrl, number: int, words: list[str]) -> None:
    """The leader is signalled about updates that another process stores, if they are new."""
    url = make_postgresql("")
    with closing(open_database(url)) as database, psycopg.connect(url, autocommit=True) as listener:
        service = QuizService(database, BANK, lambda: NOW, UTC)
        service.store_updates([Received(1, "chat 7", "{}")])
        listener.execute("LISTEN bot")
        service.store_updates([Received(number, "chat 7", "{}")], for_leader=True)
        assert [notification.payload for notification in listener.notifies(timeout=0.2)] == words


def test_all_workers_can_be_woken(make_postgresql: MakeUrl) -> None:
    """The service can signal all workers to help."""
    url = make_postgresql("")
    with closing(open_database(url)) as database, psycopg.connect(url, autocommit=True) as listener:
        listener.execute("LISTEN bot")
        QuizService(database, BANK, lambda: NOW, UTC).wake_all_workers()
        assert [notification.payload for notification in listener.notifies(timeout=0.2)] == ["inbox"]
