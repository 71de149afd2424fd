"""The desk: all that the Telegram edge may ask for. Every call is one transaction; no Telegram, no asyncio."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, tzinfo
from random import Random, SystemRandom

from bot.app import board
from bot.app.board import BoardView
from bot.app.commands import Command
from bot.app.library import Library
from bot.app.outdated import outdated
from bot.app.receipts import Delivery as Delivery
from bot.app.receipts import take_note
from bot.app.retention import Retention
from bot.app.stories import load, tell_story, wake
from bot.app.work import Links, Outgoing, Work, outgoing_from
from bot.core.nicknames import Refused, read_refused
from bot.core.question import Bank
from bot.store.database import Database, UnitOfWork
from bot.store.database import StoreError as StoreError
from bot.store.inbox import Received as Received

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


class Desk:
    """Carries out what comes in, and hands out what must go out.

    Args:
        clock: gives the moment; zone: where days begin and end.
        boards: the origin of the boards; empty where none are served.
        refused: what nobody may call themselves in a class.
        retention: how long what came in is kept.
        dice: make codes and secrets; by default the system's.
        limit: a context for stories, which may break off those that hang; by default there is none.
    """

    def __init__(  # noqa: PLR0913 - all that stays the same from one transaction to the next
        self,
        database: Database,
        bank: Bank,
        clock: Callable[[], datetime],
        zone: tzinfo,
        *,
        boards: str = "",
        refused: Refused | None = None,
        retention: Retention | None = None,
        dice: Random | None = None,
        limit: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._database = database
        self._library = Library(bank)
        self._clock = clock
        self._zone = zone
        self._links = Links("", boards)
        self._refused = refused or read_refused("")
        self._retention = retention or Retention()
        self._dice = dice or SystemRandom()
        self._limit = limit

    @property
    def is_remote(self) -> bool:
        """Whether the database is a server elsewhere, so that every call may have to wait for it."""
        return self._database.is_remote

    def open(self, bot_name: str) -> None:
        """Keep the versions of the bank's questions. To be called once, before anything else, with the bot's name."""
        self._links = Links(bot_name, self._links.origin)
        with self._database.transaction() as unit:
            unit.versions.keep(self._library.documents(), self._clock())

    def receive(self, updates: Sequence[Received]) -> tuple[Received, ...]:
        """Keep updates; give those that are new."""
        with self._database.transaction() as unit:
            return unit.inbox.add(updates, self._clock())

    def waiting(self) -> tuple[Received, ...]:
        """Give the updates that were kept and not handled, those among them that were put back."""
        with self._database.transaction() as unit:
            unit.aside.returned()
            return unit.inbox.waiting()

    def returned(self) -> tuple[Received, ...]:
        """Give the updates that were set aside and that an operator put back since the last look."""
        with self._database.transaction() as unit:
            return unit.aside.returned()

    def unsent(self) -> tuple[Outgoing, ...]:
        """Give the messages that were to be sent and perhaps were not; questions answered meanwhile were."""
        with self._database.transaction() as unit:
            messages = tuple(map(outgoing_from, unit.outbox.waiting()))
            over = outdated(unit, messages)
            unit.outbox.remove(over)
            return tuple(one for one in messages if one.id not in over)

    def work(self, tasks: Sequence[Task]) -> Worked:
        """Carry out a batch, all of it or nothing. Raises what a story raises, and StoreError."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            load(work, [task.command for task in tasks if task.command])
            # Inside the transaction: what is broken off is rolled back.
            with self._limit():
                parked = frozenset(task.update_id for task in tasks if not self._finish(work, task))
            done = [task.update_id for task in tasks if task.update_id not in parked]
            unit.inbox.finish(done, work.now)
            return Worked(work.send_off(), parked)

    def set_aside(self, update_id: int, problem: str) -> None:
        """Keep an update that cannot be handled out of the way."""
        with self._database.transaction() as unit:
            unit.inbox.finish((update_id,), self._clock(), problem)

    def settle(self, deliveries: Sequence[Delivery]) -> tuple[Outgoing, ...]:
        """Take note of what became of messages; give what is to be sent because of it."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            with self._limit():
                take_note(work, deliveries)
            return work.send_off()

    def refuse(self, message_id: int, problem: str) -> None:
        """Keep a message of the outbox out of the way, if it still stands there: what follows from it fails."""
        with self._database.transaction() as unit:
            unit.outbox.refuse(message_id, problem)

    def due(self) -> tuple[int, ...]:
        """Give the sessions whose time has come, the longest overdue first, so many at once."""
        with self._database.transaction() as unit:
            now = self._clock()
            sessions = unit.sessions.due(now, DUE_AT_ONCE) + unit.pupils.due(now, DUE_AT_ONCE)
            return tuple(dict.fromkeys(sessions))

    def wake(self, sessions: Sequence[int]) -> tuple[Outgoing, ...]:
        """Let happen in these sessions what is due. Raises what a story raises, and StoreError."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            unit.sessions.load(sessions)
            with self._limit():
                for session_id in sessions:
                    wake(work, session_id)
            return work.send_off()

    def board_stamp(self, key: str) -> str | None:
        """Give a text that changes whenever the board with this key could show something else; None for no board."""
        with self._database.transaction() as unit:
            return board.stamp(self._work(unit), key)

    def board(self, key: str) -> BoardView | None:
        """Give what the board with this key shows, or None."""
        with self._database.transaction() as unit:
            return board.view(self._work(unit), key)

    def tidy(self) -> None:
        """Forget updates that cannot come again, and what was set aside long ago."""
        with self._database.transaction() as unit:
            self._retention.apply(unit, self._clock())

    def secret(self, name: str) -> str:
        """Give this installation's secret of a name: 64 letters and digits, for all processes the same, for ever."""
        with self._database.transaction() as unit:
            return unit.facts.settle(name, f"{self._dice.getrandbits(256):064x}")

    def recall(self, name: str) -> str | None:
        """Give what was remembered under a name, or None."""
        with self._database.transaction() as unit:
            return unit.facts.get(name)

    def remember(self, name: str, value: str) -> None:
        """Remember a text about the installation, in the place of what it was before."""
        with self._database.transaction() as unit:
            unit.facts.put(name, value)

    def _work(self, unit: UnitOfWork) -> Work:
        return Work(
            unit=unit,
            library=self._library,
            now=self._clock(),
            zone=self._zone,
            links=self._links,
            dice=self._dice,
            refused=self._refused,
        )

    def _finish(self, work: Work, task: Task) -> bool:
        """Carry out one task; give False when it must wait."""
        work.parked = False
        if task.command:
            tell_story(work, task.command)
        return not work.parked
