"""The desk: all that the Telegram edge may ask for. Every call is one transaction; no Telegram, no asyncio.

A call that changes anything is repeated where another process was in the way: it does nothing but its transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, tzinfo
from random import Random, SystemRandom

from bot.app import board
from bot.app.board import BoardView
from bot.app.context import Links, Outgoing, Work, outgoing_from
from bot.app.context import Taken as Taken
from bot.app.dispatch.doubtful_commits import Handover
from bot.app.dispatch.failure_reasons import problem_of
from bot.app.dispatch.handlers import load_due, wake
from bot.app.dispatch.outdated import outdated
from bot.app.dispatch.receipts import Delivery as Delivery
from bot.app.dispatch.receipts import take_note
from bot.app.dispatch.retention import Retention
from bot.app.dispatch.unblocked import lanes_waiting_for, queues_of
from bot.app.dispatch.update_processor import Failure as Failure
from bot.app.dispatch.update_processor import Read as Read
from bot.app.dispatch.update_processor import Task as Task
from bot.app.dispatch.update_processor import Tasks
from bot.app.dispatch.update_processor import Worked as Worked
from bot.app.library import Library
from bot.app.messages.urgency import Urgency
from bot.app.questions_sent import AskedHere
from bot.core.nicknames import BannedWords, read_banned_words
from bot.core.question import Bank
from bot.store.base import FORGOTTEN_AT_ONCE
from bot.store.database import Database, UnitOfWork, repeated
from bot.store.database import StoreError as StoreError
from bot.store.database import UnavailableError as UnavailableError
from bot.store.fair_queue import Places
from bot.store.inbox import Received as Received
from bot.store.inbox import chat_lane as chat_lane
from bot.store.membership import AnyPresence as AnyPresence
from bot.store.membership import presence_at
from bot.store.signals import EXPECT as EXPECT
from bot.store.signals import FRESH as FRESH
from bot.store.signals import INBOX as INBOX
from bot.store.signals import OUTBOX as OUTBOX

DUE_AT_ONCE = 500
CLAIMED_AT_ONCE = 500
# What stands in the place of an update that cannot be stored.
WITHOUT_CONTENT = "{}"


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
        number: of this process: others know it by that, and it claims messages by it.
    """

    number: int

    def __init__(  # noqa: PLR0913 - all that stays the same from one transaction to the next
        self,
        database: Database,
        bank: Bank,
        clock: Callable[[], datetime],
        zone: tzinfo,
        *,
        boards: str = "",
        refused: BannedWords | None = None,
        retention: Retention | None = None,
        dice: Random | None = None,
        limit: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._database = database
        self._library = Library(bank)
        self._clock = clock
        self._zone = zone
        self._links = Links("", boards)
        self._bot_id = 0
        self._asked = AskedHere()
        self._refused = refused or read_banned_words("")
        self._retention = retention or Retention()
        self._dice = dice or SystemRandom()
        self._limit = limit
        self._places = Places()
        self._handover = Handover(database, clock)
        self._tasks = Tasks(database, self._handover, clock, limit, self._work)
        # Whoever runs several processes gives each a number that is known to live; any new one will do for one alone.
        self.join(self._dice.randrange(1, 2**31))

    @property
    def is_remote(self) -> bool:
        """Whether the database is a server elsewhere, so that every call may have to wait for it."""
        return self._database.is_remote

    def presence(self) -> AnyPresence:
        """Make the presence of this process among those that share the database."""
        return presence_at(self._database.engine, self._dice)

    @repeated
    def open(self, bot_name: str, bot_id: int = 0) -> None:
        """Store the versions of the bank's questions. To be called once, before anything else, with the bot's names.

        Groups name it by its id among their administrators.
        """
        self._links, self._bot_id = Links(bot_name, self._links.origin), bot_id
        with self._database.transaction() as unit:
            unit.versions.keep(self._library.documents(), self._clock())

    @repeated
    def receive(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Keep updates; give those that are new. Where another process leads, it is told of them."""
        with self._database.transaction() as unit:
            fresh = unit.inbox.add(updates, self._clock(), self._places)
            if for_leader and fresh:
                unit.announce(FRESH)
            return fresh

    @repeated
    def set_aside(self, update_id: int, lane: str, error: Exception) -> None:
        """Store the id of an update as set aside, without its content, for this reason."""
        with self._database.transaction() as unit:
            unit.inbox.add([Received(update_id, lane, WITHOUT_CONTENT)], self._clock())
            unit.inbox.finish([update_id], self._clock(), problem_of(error))

    def call_others(self) -> None:
        """Let all processes take part in the work, if there are others: more waits than one works off soon."""
        if self.is_remote:
            with self._database.transaction() as unit:
                unit.announce(INBOX)

    def waiting(self, most: int) -> int:
        """Count, up to so many, the updates that wait and are neither early nor held up by a failure."""
        with self._database.look() as unit:
            return unit.inbox.count(most, self._clock())

    def join(self, number: int) -> None:
        """Be the process of this number from now on: what others claimed is theirs, as long as they live."""
        self.number = self._handover.number = number
        self._is_alone = False

    @repeated
    def claim(self, least: Urgency = Urgency.LATER) -> Taken:
        """Claim messages that no living process sends, if there are any so urgent; raises StoreError.

        Questions that were answered meanwhile are dropped. What was given to this process is not given again.
        """
        if self._is_alone:
            return Taken((), more=False)
        number = self.number
        with self._handover.transaction() as (unit, given):
            rows = unit.outbox.claim(number, CLAIMED_AT_ONCE, None if least is Urgency.LATER else least)
            messages = outgoing_from(unit, rows, number)
            over = outdated(unit, messages)
            unit.outbox.remove(over, number)
            given.extend(one for one in messages if one.id not in over)
            pauses = unit.pauses.running(self._clock())
        more = len(rows) >= CLAIMED_AT_ONCE
        self._is_alone = not (more or self.is_remote or least is not Urgency.LATER)
        return Taken(tuple(given), more, pauses)

    def pauses(self) -> Mapping[str, float]:
        """Return for how many seconds yet Telegram wants what to pause. Raises StoreError."""
        with self._database.look() as unit:
            return unit.pauses.running(self._clock())

    @repeated
    def note_pauses(self, pauses: Mapping[str, float]) -> None:
        """Store for how many seconds Telegram wants what to pause; tell other processes. Raises StoreError."""
        with self._database.transaction() as unit:
            unit.pauses.add(pauses, self._clock())
            unit.announce(OUTBOX)

    @repeated
    def take_turns(self, count: int, spacing: float) -> float:
        """Take turns of all processes together, so many seconds apart; give in how many seconds the first one is.

        May be called from any thread. To be asked only where several processes may run. Raises StoreError.
        """
        with self._database.transaction() as unit:
            return unit.paces.take(count, spacing)

    @repeated
    def hold_turns(self, seconds: float) -> None:
        """Let no process have a turn for so many seconds. May be called from any thread. Raises StoreError."""
        with self._database.transaction() as unit:
            unit.paces.hold(seconds)

    def work(self, read: Read, most: int, waited: float = 0.0) -> Worked:
        """Carry out some of what waits, for so many seconds at least, all of it or nothing. Raises StoreError."""
        return self._tasks.work(read, most, waited)

    def work_one(self, update_id: int, read: Read) -> Worked:
        """Carry out one update, if it is its turn and nobody else has it. Raises StoreError.

        A failure is counted; after the last the update is set aside, before that it holds up its lane for a while.
        """
        return self._tasks.work_one(update_id, read)

    @repeated
    def settle(self, deliveries: Sequence[Delivery]) -> tuple[Outgoing, ...]:
        """Take note of what became of messages; give what is to be sent because of it."""
        with self._handover.noting(deliveries) as (unit, given, fresh):
            unit.inbox.call_back(lanes_waiting_for(deliveries))
            work = self._work(unit)
            with self._limit():
                take_note(work, fresh)
            unit.paces.keep({one.chat_id: one.busy for one in deliveries if one.busy})
            freed = () if work.is_alone else unit.outbox.take_up(queues_of(deliveries), work.number)
            given.extend(outgoing_from(unit, freed, work.number) + work.send_off())
        return tuple(given)

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
        with self._handover.transaction() as (unit, given):
            work = self._work(unit)
            load_due(work, sessions)
            with self._limit():
                for session_id in sessions:
                    wake(work, session_id)
            given.extend(work.send_off())
        return tuple(given)

    def board_stamp(self, key: str) -> str | None:
        """Give a text that changes whenever the board with this key could show something else; None for no board."""
        with self._database.look() as unit:
            return board.stamp(self._work(unit), key)

    def board(self, key: str) -> BoardView | None:
        """Give what the board with this key shows, or None."""
        with self._database.look() as unit:
            return board.view(self._work(unit), key)

    @repeated
    def tidy(self) -> bool:
        """Delete some updates that cannot come again, and some of what was set aside long ago.

        Returns:
            Whether there is likely more to delete: others must have their turn before that.
        """
        with self._database.transaction() as unit:
            deleted = self._retention.apply(unit, self._clock(), FORGOTTEN_AT_ONCE)
            deleted += unit.paces.forget(FORGOTTEN_AT_ONCE - deleted)
            deleted += unit.pauses.forget(self._clock(), FORGOTTEN_AT_ONCE - deleted)
        return deleted >= FORGOTTEN_AT_ONCE

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
            number=self.number,
            is_alone=self._is_alone,
            bot_id=self._bot_id,
            asked=self._asked,
        )
