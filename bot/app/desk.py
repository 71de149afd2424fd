"""The desk: all that the Telegram edge may ask for. Every call is one transaction; no Telegram, no asyncio."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.app.commands import Command
from bot.app.library import Library
from bot.app.messages import AskedQuestion
from bot.app.solo import is_over, leave, wake
from bot.app.stories import load, tell_story
from bot.app.work import Outgoing, Work, outgoing_from
from bot.core.question import Bank
from bot.store.database import Database, UnitOfWork
from bot.store.database import StoreError as StoreError
from bot.store.inbox import Received as Received
from bot.store.sessions import SentPoll

# Telegram repeats an update for at most 24 hours (Bot API, "Getting updates"); twice that is safe.
REMEMBER_UPDATES = timedelta(hours=48)
DUE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Task:
    """An update to handle: its id, and what it asks (None: nothing for us)."""

    update_id: int
    command: Command | None


@dataclass(frozen=True, slots=True)
class Worked:
    """What a batch came to: the messages to send, and the updates that came too early."""

    outgoing: tuple[Outgoing, ...]
    parked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message of the outbox.

    Attributes:
        message_id: the message that Telegram made of it, where that is worth knowing.
        session, round: what it asked, if it was a question; ``poll_id`` if it was asked by a poll.
        problem: why Telegram refused it for good; empty when it was sent.
        unreachable: True when the person has blocked the bot.
    """

    id: int
    chat_id: int
    message_id: int = 0
    session: int = 0
    round: int = 0
    poll_id: str = ""
    problem: str = ""
    unreachable: bool = False


class Desk:
    """Carries out what comes in, and hands out what must go out.

    Attributes:
        clock: gives the moment; zone: where days begin and end.
    """

    def __init__(self, database: Database, bank: Bank, clock: Callable[[], datetime], zone: tzinfo) -> None:
        self._database = database
        self._library = Library(bank)
        self._clock = clock
        self._zone = zone

    @property
    def is_remote(self) -> bool:
        """Whether the database is a server elsewhere, so that every call may have to wait for it."""
        return self._database.is_remote

    def open(self) -> None:
        """Keep the versions of the bank's questions. To be called once, before anything else."""
        with self._database.transaction() as unit:
            unit.versions.keep(self._library.documents(), self._clock())

    def receive(self, updates: Sequence[Received]) -> tuple[Received, ...]:
        """Keep updates; give those that are new."""
        with self._database.transaction() as unit:
            return unit.inbox.add(updates, self._clock())

    def waiting(self) -> tuple[Received, ...]:
        """Give the updates that were kept and not handled."""
        with self._database.transaction() as unit:
            return unit.inbox.waiting()

    def unsent(self) -> tuple[Outgoing, ...]:
        """Give the messages that were to be sent and perhaps were not; questions answered meanwhile were."""
        with self._database.transaction() as unit:
            messages = tuple(map(outgoing_from, unit.outbox.waiting()))
            unit.sessions.load(one.message.session for one in messages if isinstance(one.message, AskedQuestion))
            over = frozenset(one.id for one in messages if is_over(unit, one.message))
            unit.outbox.remove(over)
            return tuple(one for one in messages if one.id not in over)

    def work(self, tasks: Sequence[Task]) -> Worked:
        """Carry out a batch, all of it or nothing. Raises what a story raises, and StoreError."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            commands = [task.command for task in tasks if task.command]
            load(work, commands)
            parked = frozenset(task.update_id for task in tasks if not self._finish(work, task))
            done = [task.update_id for task in tasks if task.update_id not in parked]
            unit.inbox.finish(done, work.now)
            return Worked(work.send_off(), parked)

    def set_aside(self, update_id: int, problem: str) -> None:
        """Keep an update that cannot be handled out of the way."""
        with self._database.transaction() as unit:
            unit.inbox.finish((update_id,), self._clock(), problem)

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        """Remember what became of messages: which poll asks what, what was refused, who cannot be reached."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            unit.outbox.remove(one.id for one in deliveries if not one.problem)
            unit.sessions.add_polls(
                [SentPoll(one.poll_id, one.session, one.round, one.message_id) for one in deliveries if one.poll_id]
            )
            self._place_written(unit, [one for one in deliveries if one.session and not one.poll_id])
            for one in deliveries:
                if one.problem:
                    unit.outbox.refuse(one.id, one.problem)
                if one.unreachable:
                    leave(work, one.chat_id)

    def due(self) -> tuple[int, ...]:
        """Give the sessions whose time has come, the longest overdue first, so many at once."""
        with self._database.transaction() as unit:
            return unit.sessions.due(self._clock(), DUE_AT_ONCE)

    def wake(self, sessions: Sequence[int]) -> tuple[Outgoing, ...]:
        """Let happen in these sessions what is due. Raises what a story raises, and StoreError."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            unit.sessions.load(sessions)
            for session_id in sessions:
                wake(work, session_id)
            return work.send_off()

    def tidy(self) -> None:
        """Forget updates that cannot come again."""
        with self._database.transaction() as unit:
            unit.inbox.forget(self._clock() - REMEMBER_UPDATES)

    def _work(self, unit: UnitOfWork) -> Work:
        return Work(unit, self._library, self._clock(), self._zone)

    def _finish(self, work: Work, task: Task) -> bool:
        """Carry out one task; give False when it must wait."""
        work.parked = False
        if task.command:
            tell_story(work, task.command)
        return not work.parked

    def _place_written(self, unit: UnitOfWork, deliveries: Sequence[Delivery]) -> None:
        """Remember below which message an answer can be written."""
        unit.sessions.load(one.session for one in deliveries)
        for one in deliveries:
            quiz = unit.sessions.quiz(one.session)
            if quiz and quiz.state.round == one.round:
                quiz.message_id = one.message_id
