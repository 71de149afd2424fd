"""Processes tell stories about the same class, group and people at once: nothing is lost, and nothing doubled."""

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
DICE = SystemRandom()
T = TypeVar("T")


@dataclass(frozen=True)
class Process:
    """What one process does with the database."""

    database: Database
    rng: Random
    library: Library

    @retry_on_conflict
    def _do(self, act: Callable[[Context], object]) -> tuple[OutgoingMessage, ...]:
        with self.database.transaction() as unit:
            work = Context(
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
            act(work)
            return work.flush()

    def tell(self, *asked: Command) -> tuple[OutgoingMessage, ...]:
        """Carry out commands as one batch; give what they told."""

        def act(work: Context) -> None:
            load(work, asked)
            for command in asked:
                handle(work, command)

        return self._do(act)

    def deliver(self, told: Sequence[OutgoingMessage]) -> tuple[OutgoingMessage, ...]:
        """Let what was told be sent: the poll of a chat has its number and that of its round."""
        return self._do(lambda work: apply_deliveries(work, [_delivery(one) for one in told]))


def _delivery(one: OutgoingMessage) -> Delivery:
    asked = one.message
    poll = f"{one.chat_id}:{asked.round}" if isinstance(asked, ClassQuestion | GroupPoll) else ""
    return Delivery(one.id, one.claimed_by, one.chat_id, asked, one.id, poll)


def visitor(person: int) -> Visitor:
    """Make a visitor in private."""
    return Visitor(person, f"Person {person}", "en", in_private=True)


@pytest.fixture
def processes(make_postgresql: MakeUrl) -> Iterator[tuple[Process, Process]]:
    """Give two processes on one database; those that wait for one another are found out soon."""
    url = make_postgresql("")
    one = open_database(url)
    with one.engine.begin() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET deadlock_timeout = '20ms'"))
    one.engine.dispose()
    other, library = open_database(url), Library(BANK)
    with one.transaction() as unit:
        unit.versions.keep(library.documents(), NOW)
    yield Process(one, DICE, library), Process(other, DICE, library)
    one.close()
    other.close()


def at_once(first: Callable[[], T], second: Callable[[], T]) -> list[T]:
    """Do two things at the same moment; give what they give."""
    barrier = Barrier(2)

    def begin(act: Callable[[], T]) -> T:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(begin, (first, second)))


def vote_at_once(one: Process, other: Process, number: int) -> list[OutgoingMessage]:
    """Let each pupil vote in a round, by a process each; give what follows."""
    first, second = (commands.Vote(visitor(pupil), poll_id=f"{pupil}:{number}", options=(0,)) for pupil in PUPILS)
    return [row for told in at_once(lambda: one.tell(first), lambda: other.tell(second)) for row in told]


def test_the_last_two_answers_of_a_round_close_it_once(processes: tuple[Process, Process]) -> None:
    """Two pupils who answer last and at once, in two processes, are both counted, and the round closes once."""
    one, other = processes
    teacher = visitor(TEACHER)
    plan = ClassPlan(count=ROUNDS, seconds=0)
    told = one.tell(commands.OpenClass(teacher, message_id=1, plan=plan))
    opened = next(row.message for row in told if isinstance(row.message, ClassOpened))
    one.deliver(told)
    join = [[commands.JoinClass(visitor(pupil), code=opened.code)] for pupil in PUPILS]
    at_once(lambda: one.tell(*join[0]), lambda: other.tell(*join[1]))
    take = [commands.TakeNickname(visitor(pupil), session=1) for pupil in PUPILS]
    at_once(lambda: one.tell(take[0]), lambda: other.tell(take[1]))
    for number in range(1, ROUNDS + 1):
        control = Control.NEXT if number > 1 else Control.START
        one.deliver(one.tell(commands.ControlClass(teacher, session=1, round=number - 1, control=control)))
        rows = vote_at_once(one, other, number)
        explained = sorted(row.chat_id for row in rows if isinstance(row.message, ClassExplanation))
        assert explained == list(PUPILS)
        with one.database.read_only() as unit:
            session = unit.sessions.find_class(1)
            assert session
            assert (session.state.phase, session.state.round) == (Phase.REVEALED, number)
    with one.database.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ANSWERS)) == ROUNDS * len(PUPILS)


def administered(unit: UnitOfWork) -> None:
    """Let the teacher and a pupil administer the group."""
    group = unit.groups.take(GROUP)
    group.administrators, group.asked_at = People((TEACHER, *PUPILS)), NOW


def test_two_who_begin_a_quiz_in_a_group_at_once_begin_one(processes: tuple[Process, Process]) -> None:
    """Of two administrators who begin at once, one begins the quiz, and the other is shown its controls."""
    one, other = processes
    with one.database.transaction() as unit:
        administered(unit)

    def begin(process: Process, person: int) -> tuple[OutgoingMessage, ...]:
        return process.tell(
            commands.BeginGroupQuiz(visitor(person), spot=Spot(GROUP), plan=ClassPlan(), message_id=person)
        )

    told = at_once(lambda: begin(one, TEACHER), lambda: begin(other, PUPILS[0]))
    assert sum(isinstance(row.message, GroupPoll) for rows in told for row in rows) == 1
    with one.database.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(LIVE_CLASSES)) == 1


def test_of_two_who_open_an_invitation_at_once_one_leads(processes: tuple[Process, Process]) -> None:
    """An invitation is used up in the transaction that makes somebody a co-host, whichever process that is in."""
    one, other = processes
    one.tell(commands.OpenClass(visitor(TEACHER), message_id=1, plan=ClassPlan(count=ROUNDS, seconds=0)))
    for number in range(1, 9):
        told = one.tell(commands.RenewInvitation(visitor(TEACHER), session=1))
        link = next(row.message.link for row in told if isinstance(row.message, HostList))
        ask = [
            commands.JoinAsHost(visitor(person), invitation=link.partition("start=")[2])
            for person in (10 * number, 10 * number + 1)
        ]
        at_once(lambda ask=ask: one.tell(ask[0]), lambda ask=ask: other.tell(ask[1]))
        with one.database.read_only() as unit:
            row = unit.live_classes.find(1)
            assert row
            assert len(row.hosts.people) == 1 + number
            assert row.invited_until is None


def test_a_poll_that_becomes_known_between_two_looks_counts(processes: tuple[Process, Process]) -> None:
    """A vote whose poll another process settles after it was looked for, and before the outbox was, counts."""
    one, other = processes
    with one.database.transaction() as unit:
        administered(unit)
    start = commands.BeginGroupQuiz(visitor(TEACHER), spot=Spot(GROUP), plan=ClassPlan(), message_id=1)
    waiting = [one.tell(start)]

    def settle(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if "FROM outbox" in statement and waiting:
            other.deliver(waiting.pop())

    event.listen(one.database.engine, "before_cursor_execute", settle)
    assert one.tell(commands.Vote(visitor(PUPILS[0]), poll_id=f"{GROUP}:1", options=(0,))) == ()
    assert not waiting
    with one.database.read_only() as unit:
        session = unit.sessions.find_class(1)
        assert session
        assert session.state.answered == 1


def test_who_leads_and_who_answers_do_not_wait_for_one_another(processes: tuple[Process, Process]) -> None:
    """All lock in one order, so that a teacher's presses and a pupil's coming and going never wait in a ring."""
    one, other = processes
    teacher, pupil = visitor(TEACHER), visitor(PUPILS[0])
    told = one.tell(commands.OpenClass(teacher, message_id=1, plan=ClassPlan(count=ROUNDS, seconds=0)))
    opened = next(row.message for row in told if isinstance(row.message, ClassOpened))
    one.tell(commands.JoinClass(pupil, code=opened.code))
    one.tell(commands.TakeNickname(pupil, session=1))
    undone: list[object] = []
    for database in (one.database, other.database):
        event.listen(database.engine, "rollback", undone.append)
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
        lambda: [one.tell(command) for command in leading * TIMES],
        lambda: [other.tell(command) for command in coming * (3 * TIMES)],
    )
    assert undone == []


@pytest.mark.parametrize(("number", "words"), [(1, []), (2, ["fresh"])])
def test_the_leader_is_told_what_came_in_elsewhere(make_postgresql: MakeUrl, number: int, words: list[str]) -> None:
    """Once it is stored; what was there before is nothing to tell."""
    url = make_postgresql("")
    with closing(open_database(url)) as database, psycopg.connect(url, autocommit=True) as listener:
        service = QuizService(database, BANK, lambda: NOW, UTC)
        service.store_updates([Received(1, "chat 7", "{}")])
        listener.execute("LISTEN bot")
        service.store_updates([Received(number, "chat 7", "{}")], for_leader=True)
        assert [told.payload for told in listener.notifies(timeout=0.2)] == words


def test_all_can_be_called(make_postgresql: MakeUrl) -> None:
    """By the word that lets others work, too."""
    url = make_postgresql("")
    with closing(open_database(url)) as database, psycopg.connect(url, autocommit=True) as listener:
        listener.execute("LISTEN bot")
        QuizService(database, BANK, lambda: NOW, UTC).wake_all_workers()
        assert [told.payload for told in listener.notifies(timeout=0.2)] == ["inbox"]
