"""The desk: all that the Telegram edge may ask for. Every call is one transaction; no Telegram, no asyncio.

A call that changes anything is repeated where another process was in the way: it does nothing but its transaction.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import inf
from random import Random, SystemRandom

from bot.app import board
from bot.app.board import BoardView
from bot.app.commands import Command
from bot.app.library import Library
from bot.app.outdated import outdated
from bot.app.receipts import Delivery as Delivery
from bot.app.receipts import take_note
from bot.app.retention import Retention
from bot.app.stories import load, load_due, tell_story, wake
from bot.app.work import Links, Outgoing, Work, outgoing_from
from bot.core.nicknames import Refused, read_refused
from bot.core.question import Bank
from bot.store.claims import Claimed
from bot.store.database import Database, StoodStillError, UnitOfWork, repeated
from bot.store.database import StoreError as StoreError
from bot.store.inbox import Received as Received
from bot.store.inbox import chat_lane as chat_lane
from bot.store.places import Places
from bot.store.presence import AnyPresence as AnyPresence
from bot.store.presence import presence_at
from bot.store.processes import EXPECT as EXPECT
from bot.store.processes import INBOX as INBOX
from bot.store.processes import OUTBOX as OUTBOX

DUE_AT_ONCE = 500
# An update whose handling fails is tried this often, so many seconds apart, then set aside.
TRIES = 3
RETRY_SECONDS = 1.0
# What ends the program, whoever lets it out. All else is a fault of a story, even asyncio's cancellation: that would
# pass for the end of the part of the program that waits for the story.
_ENDS = (KeyboardInterrupt, SystemExit)


@dataclass(frozen=True, slots=True)
class Task:
    """An update to handle: its id, and what it asks (None: nothing for us)."""

    update_id: int
    command: Command | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An update that could not be handled: how often that was so, why, and whether it is set aside because of that."""

    update_id: int
    tries: int
    error: BaseException
    is_set_aside: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """What working the inbox came to.

    Attributes:
        outgoing: messages to send.
        count: how many updates were handled, or came too early.
        done: those that were handled.
        again: updates whose batch failed, in their order: they are to be worked one by one.
        failure: what came of one that was worked singly and failed.
        rest: seconds until something that is held comes due, where nothing else could be claimed.
    """

    outgoing: tuple[Outgoing, ...] = ()
    count: int = 0
    done: tuple[Task, ...] = ()
    again: tuple[int, ...] = ()
    failure: Failure | None = None
    rest: float = inf


Read = Callable[[str], Command | None]
"""Reads the JSON text of an update: what it asks, or None. Raises anything for one that cannot be read."""


class Desk:
    """Carries out what comes in, and hands out what must go out.

    Args:
        clock: gives the moment; zone: where days begin and end.
        boards: the origin of the boards; empty where none are served.
        refused: what nobody may call themselves in a class.
        retention: how long what came in is kept.
        dice: make codes and secrets; by default the system's.
        limit: a context for stories, which may break off those that hang; by default there is none.

    Attributes:
        number: of this process, by which others know it.
    """

    number: int = 1

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
        self._places = Places()

    @property
    def is_remote(self) -> bool:
        """Whether the database is a server elsewhere, so that every call may have to wait for it."""
        return self._database.is_remote

    def presence(self) -> AnyPresence:
        """Make the presence of this process among those that share the database."""
        return presence_at(self._database.engine, self._dice)

    def join(self, number: int) -> None:
        """Be the process of this number from now on."""
        self.number = number

    @repeated
    def open(self, bot_name: str) -> None:
        """Keep the versions of the bank's questions. To be called once, before anything else, with the bot's name."""
        self._links = Links(bot_name, self._links.origin)
        with self._database.transaction() as unit:
            unit.versions.keep(self._library.documents(), self._clock())

    @repeated
    def receive(self, updates: Sequence[Received]) -> tuple[Received, ...]:
        """Keep updates; give those that are new."""
        with self._database.transaction() as unit:
            return unit.inbox.add(updates, self._clock(), self._places)

    def waiting(self, most: int) -> int:
        """Count, up to so many, the updates that wait and are neither early nor held up by a failure."""
        with self._database.look() as unit:
            return unit.inbox.count(most, self._clock())

    @repeated
    def unsent(self) -> tuple[Outgoing, ...]:
        """Give the messages that were to be sent and perhaps were not; questions answered meanwhile were."""
        with self._database.transaction() as unit:
            messages = tuple(map(outgoing_from, unit.outbox.waiting()))
            over = outdated(unit, messages)
            unit.outbox.remove(over)
            return tuple(one for one in messages if one.id not in over)

    def work(self, read: Read, most: int) -> Worked:
        """Carry out some of what waits, all of it or nothing. Raises StoreError."""
        claimed: list[Claimed] = []
        try:
            return self._work_some(read, most, claimed)
        except BaseException as error:  # whatever a story lets out, the bot goes on
            if not (claimed and _is_fault(error)):
                raise
            return Worked(again=tuple(one.update_id for one in claimed))

    def work_one(self, update_id: int, read: Read) -> Worked:
        """Carry out one update, if it is its turn and nobody else has it. Raises StoreError.

        A failure is counted; after the last the update is set aside, before that it holds up its lane for a while.
        """
        claimed: list[Claimed] = []
        try:
            return self._work_only(update_id, read, claimed)
        except BaseException as error:
            if not (claimed and _is_fault(error)):
                raise
            return Worked(failure=self._fail(claimed[0], error))

    @repeated
    def settle(self, deliveries: Sequence[Delivery]) -> tuple[Outgoing, ...]:
        """Take note of what became of messages; give what is to be sent because of it."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            with self._limit():
                take_note(work, deliveries)
            unit.inbox.call_back(_lanes_waiting_for(deliveries))
            return work.send_off()

    @repeated
    def refuse(self, message_id: int, problem: str) -> None:
        """Keep a message of the outbox out of the way, if it still stands there: what follows from it fails."""
        with self._database.transaction() as unit:
            unit.outbox.refuse(message_id, problem)

    def due(self) -> tuple[int, ...]:
        """Give the sessions whose time has come, the longest overdue first, so many at once."""
        with self._database.look() as unit:
            now = self._clock()
            sessions = unit.sessions.due(now, DUE_AT_ONCE) + unit.pupils.due(now, DUE_AT_ONCE)
            return tuple(dict.fromkeys(sessions))

    @repeated
    def wake(self, sessions: Sequence[int]) -> tuple[Outgoing, ...]:
        """Let happen in these sessions what is due. Raises what a story raises, and StoreError."""
        with self._database.transaction() as unit:
            work = self._work(unit)
            load_due(work, sessions)
            with self._limit():
                for session_id in sessions:
                    wake(work, session_id)
            return work.send_off()

    def board_stamp(self, key: str) -> str | None:
        """Give a text that changes whenever the board with this key could show something else; None for no board."""
        with self._database.look() as unit:
            return board.stamp(self._work(unit), key)

    def board(self, key: str) -> BoardView | None:
        """Give what the board with this key shows, or None."""
        with self._database.look() as unit:
            return board.view(self._work(unit), key)

    @repeated
    def tidy(self) -> None:
        """Forget updates that cannot come again, and what was set aside long ago."""
        with self._database.transaction() as unit:
            self._retention.apply(unit, self._clock())

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

    @repeated
    def _work_some(self, read: Read, most: int, claimed: list[Claimed]) -> Worked:
        """Claim and carry out a batch; ``claimed`` tells afterwards what it was, whatever came of it."""
        claimed.clear()
        with self._database.transaction() as unit:
            claimed += unit.inbox.claim(most, self._clock())
            return self._carry_out(unit, claimed, read) if claimed else self._rest(unit)

    @repeated
    def _work_only(self, update_id: int, read: Read, claimed: list[Claimed]) -> Worked:
        """Claim and carry out one update; ``claimed`` holds it afterwards, if it was free."""
        claimed.clear()
        with self._database.transaction() as unit:
            found = unit.inbox.claim_one(update_id, self._clock())
            claimed += [found] if found else []
            return self._carry_out(unit, claimed, read) if claimed else Worked()

    def _rest(self, unit: UnitOfWork) -> Worked:
        """Say how long there is nothing to do."""
        now = self._clock()
        due = unit.inbox.next_due(now)
        return Worked(rest=(due - now).total_seconds()) if due else Worked()

    def _carry_out(self, unit: UnitOfWork, claimed: Sequence[Claimed], read: Read) -> Worked:
        """Carry out what was claimed, and mark it as done, but for what came too early."""
        work = self._work(unit)
        tasks = [Task(one.update_id, read(one.body)) for one in claimed]
        load(work, [task.command for task in tasks if task.command])
        # Inside the transaction: what is broken off is rolled back.
        with self._limit():
            done = tuple(task for task in tasks if self._finish(work, task))
        finished = {task.update_id for task in done}
        if finished:
            unit.inbox.finish(finished, work.now)
        unit.inbox.step_aside([one for one in claimed if one.update_id not in finished], work.now)
        return Worked(work.send_off(), len(claimed), done)

    def _finish(self, work: Work, task: Task) -> bool:
        """Carry out one task; give False when it must wait."""
        work.parked = False
        if task.command:
            tell_story(work, task.command)
        return not work.parked

    @repeated
    def _fail(self, claimed: Claimed, error: BaseException) -> Failure | None:
        """Count a failure; None if another process dealt with the update meanwhile."""
        tries, now = claimed.tries + 1, self._clock()
        with self._database.transaction() as unit:
            if tries < TRIES:
                is_counted = unit.inbox.hold(claimed, now + timedelta(seconds=RETRY_SECONDS))
            else:
                is_counted = unit.inbox.give_up(claimed, now, f"{type(error).__name__}: {error}"[:500])
        return Failure(claimed.update_id, tries, error, tries >= TRIES) if is_counted else None


def _is_fault(error: BaseException) -> bool:
    """Say whether something is a story's doing, rather than the database's or the end of the program."""
    return isinstance(error, StoodStillError) or not isinstance(error, (StoreError, *_ENDS))


def _lanes_waiting_for(deliveries: Sequence[Delivery]) -> set[str] | None:
    """Name the lanes in which votes may have waited for these deliveries; None for all.

    A vote in a group's poll waits in the lane of whoever voted; a press that closes the round must not pass it.
    """
    chats = {one.chat_id for one in deliveries}
    return {chat_lane(chat) for chat in chats} if all(chat > 0 for chat in chats) else None
