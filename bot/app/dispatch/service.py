"""The application service: every call the Telegram adapter may make. Each is one transaction.

A call that changes anything is repeated where another process was in the way: it does nothing but its transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, tzinfo
from random import Random, SystemRandom

from bot.app import board
from bot.app.board import BoardView
from bot.app.context import ClaimedMessages as ClaimedMessages
from bot.app.context import Context, Links, OutgoingMessage, read_outgoing
from bot.app.dispatch.doubtful_commits import DoubtfulCommits
from bot.app.dispatch.failure_reasons import failure_reason
from bot.app.dispatch.handlers import fire_deadline, load_due_sessions
from bot.app.dispatch.outdated import outdated
from bot.app.dispatch.receipts import Delivery as Delivery
from bot.app.dispatch.receipts import apply_deliveries
from bot.app.dispatch.retention import Retention
from bot.app.dispatch.unblocked import chats_unblocked_by, lanes_unblocked_by
from bot.app.dispatch.update_processor import BatchResult as BatchResult
from bot.app.dispatch.update_processor import ParsedUpdate as ParsedUpdate
from bot.app.dispatch.update_processor import ParseUpdate as ParseUpdate
from bot.app.dispatch.update_processor import UpdateFailure as UpdateFailure
from bot.app.dispatch.update_processor import UpdateProcessor
from bot.app.library import Library
from bot.app.messages.urgency import Urgency
from bot.app.questions_sent import QuestionsSent
from bot.core.nicknames import BannedWords, read_banned_words
from bot.core.question import Bank
from bot.store.base import FORGOTTEN_AT_ONCE
from bot.store.database import Database, UnitOfWork, retry_on_conflict
from bot.store.database import StoreError as StoreError
from bot.store.database import UnavailableError as UnavailableError
from bot.store.fair_queue import FairQueue
from bot.store.inbox import Received as Received
from bot.store.inbox import chat_lane as chat_lane
from bot.store.membership import Membership as Membership
from bot.store.membership import create_membership
from bot.store.signals import EXPECT as EXPECT
from bot.store.signals import FRESH as FRESH
from bot.store.signals import INBOX as INBOX
from bot.store.signals import OUTBOX as OUTBOX

DUE_AT_ONCE = 500
CLAIMED_AT_ONCE = 500
# What stands in the place of an update that cannot be stored.
WITHOUT_CONTENT = "{}"


class QuizService:
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

    process_number: int

    def __init__(  # noqa: PLR0913 - all that stays the same from one transaction to the next
        self,
        database: Database,
        bank: Bank,
        clock: Callable[[], datetime],
        zone: tzinfo,
        *,
        boards: str = "",
        banned_words: BannedWords | None = None,
        retention: Retention | None = None,
        rng: Random | None = None,
        limit: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._database = database
        self._library = Library(bank)
        self._clock = clock
        self._zone = zone
        self._links = Links("", boards)
        self._bot_id = 0
        self._questions_sent = QuestionsSent()
        self._banned_words = banned_words or read_banned_words("")
        self._retention = retention or Retention()
        self._rng = rng or SystemRandom()
        self._limit = limit
        self._fair_queue = FairQueue()
        self._doubtful_commits = DoubtfulCommits(database, clock)
        self._processor = UpdateProcessor(database, self._doubtful_commits, clock, limit, self._context)
        # Whoever runs several processes gives each a number that is known to live; any new one will do for one alone.
        self.set_process_number(self._rng.randrange(1, 2**31))

    @property
    def is_remote(self) -> bool:
        """Whether the database is a server elsewhere, so that every call may have to wait for it."""
        return self._database.is_remote

    def create_membership(self) -> Membership:
        """Make the presence of this process among those that share the database."""
        return create_membership(self._database.engine, self._rng)

    @retry_on_conflict
    def open(self, bot_name: str, bot_id: int = 0) -> None:
        """Store the versions of the bank's questions. Must be called first, with the bot's user name and id."""
        self._links, self._bot_id = Links(bot_name, self._links.origin), bot_id
        with self._database.transaction() as unit:
            unit.versions.keep(self._library.documents(), self._clock())

    @retry_on_conflict
    def store_updates(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Keep updates; give those that are new. Where another process leads, it is told of them."""
        with self._database.transaction() as unit:
            fresh = unit.inbox.add(updates, self._clock(), self._fair_queue)
            if for_leader and fresh:
                unit.send_signal(FRESH)
            return fresh

    @retry_on_conflict
    def discard_update(self, update_id: int, lane: str, error: Exception) -> None:
        """Store the id of an update as set aside, without its content, for this reason."""
        with self._database.transaction() as unit:
            unit.inbox.add([Received(update_id, lane, WITHOUT_CONTENT)], self._clock())
            unit.inbox.finish([update_id], self._clock(), failure_reason(error))

    def wake_all_workers(self) -> None:
        """Let all processes take part in the work, if there are others: more waits than one works off soon."""
        if self.is_remote:
            with self._database.transaction() as unit:
                unit.send_signal(INBOX)

    def count_waiting(self, most: int) -> int:
        """Count, up to so many, the updates that wait and are neither early nor held up by a failure."""
        with self._database.read_only() as unit:
            return unit.inbox.count(most, self._clock())

    def set_process_number(self, number: int) -> None:
        """Be the process of this number from now on: what others claimed is theirs, as long as they live."""
        self.process_number = self._doubtful_commits.process_number = number
        self._owns_all_messages = False

    @retry_on_conflict
    def claim_messages(self, least: Urgency = Urgency.LATER) -> ClaimedMessages:
        """Claim messages that no living process sends, if there are any so urgent; raises StoreError.

        Questions that were answered meanwhile are dropped. What was given to this process is not given again.
        """
        if self._owns_all_messages:
            return ClaimedMessages((), more=False)
        number = self.process_number
        with self._doubtful_commits.transaction() as (unit, given):
            rows = unit.outbox.claim(number, CLAIMED_AT_ONCE, None if least is Urgency.LATER else least)
            messages = read_outgoing(unit, rows, number)
            over = outdated(unit, messages)
            unit.outbox.remove(over, number)
            given.extend(one for one in messages if one.id not in over)
            pauses = unit.flood_waits.running(self._clock())
        more = len(rows) >= CLAIMED_AT_ONCE
        self._owns_all_messages = not (more or self.is_remote or least is not Urgency.LATER)
        return ClaimedMessages(tuple(given), more, pauses)

    def flood_waits(self) -> Mapping[str, float]:
        """Return for how many seconds yet Telegram wants what to pause. Raises StoreError."""
        with self._database.read_only() as unit:
            return unit.flood_waits.running(self._clock())

    @retry_on_conflict
    def store_flood_waits(self, pauses: Mapping[str, float]) -> None:
        """Store for how many seconds Telegram wants what to pause; tell other processes. Raises StoreError."""
        with self._database.transaction() as unit:
            unit.flood_waits.add(pauses, self._clock())
            unit.send_signal(OUTBOX)

    @retry_on_conflict
    def reserve_send_slots(self, count: int, spacing: float) -> float:
        """Take turns of all processes together, so many seconds apart; give in how many seconds the first one is.

        May be called from any thread. To be asked only where several processes may run. Raises StoreError.
        """
        with self._database.transaction() as unit:
            return unit.shared_limits.reserve(count, spacing)

    @retry_on_conflict
    def pause_sending(self, seconds: float) -> None:
        """Let no process have a turn for so many seconds. May be called from any thread. Raises StoreError."""
        with self._database.transaction() as unit:
            unit.shared_limits.pause(seconds)

    def process_batch(self, read: ParseUpdate, most: int, waited: float = 0.0) -> BatchResult:
        """Carry out some of what waits, for so many seconds at least, all of it or nothing. Raises StoreError."""
        return self._processor.process_batch(read, most, waited)

    def process_one(self, update_id: int, read: ParseUpdate) -> BatchResult:
        """Carry out one update, if it is its turn and nobody else has it. Raises StoreError.

        A failure is counted; after the last the update is set aside, before that it holds up its lane for a while.
        """
        return self._processor.process_one(update_id, read)

    @retry_on_conflict
    def record_deliveries(self, deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        """Take note of what became of messages; give what is to be sent because of it."""
        with self._doubtful_commits.recording(deliveries) as (unit, given, fresh):
            unit.inbox.release_deferred(lanes_unblocked_by(deliveries))
            context = self._context(unit)
            with self._limit():
                apply_deliveries(context, fresh)
            unit.shared_limits.set_busy({one.chat_id: one.busy_seconds for one in deliveries if one.busy_seconds})
            freed = (
                ()
                if context.owns_all_messages
                else unit.outbox.adopt_unowned(chats_unblocked_by(deliveries), context.process_number)
            )
            given.extend(read_outgoing(unit, freed, context.process_number) + context.flush())
        return tuple(given)

    @retry_on_conflict
    def discard_message(self, message_id: int, problem: str) -> None:
        """Keep a message of the outbox out of the way, if it still stands there: what follows from it fails."""
        with self._database.transaction() as unit:
            unit.outbox.discard(message_id, problem)

    def due_sessions(self) -> tuple[int, ...]:
        """Give the sessions whose time has come, the longest overdue first, so many at once."""
        with self._database.read_only() as unit:
            now = self._clock()
            sessions = unit.sessions.due(now, DUE_AT_ONCE) + unit.pupils.due(now, DUE_AT_ONCE)
            return tuple(dict.fromkeys(sessions))

    @retry_on_conflict
    def fire_deadlines(self, sessions: Sequence[int]) -> tuple[OutgoingMessage, ...]:
        """Let happen in these sessions what is due. Raises what a story raises, and StoreError."""
        with self._doubtful_commits.transaction() as (unit, given):
            context = self._context(unit)
            load_due_sessions(context, sessions)
            with self._limit():
                for session_id in sessions:
                    fire_deadline(context, session_id)
            given.extend(context.flush())
        return tuple(given)

    def board_etag(self, key: str) -> str | None:
        """Give a text that changes whenever the board with this key could show something else; None for no board."""
        with self._database.read_only() as unit:
            return board.stamp(self._context(unit), key)

    def board(self, key: str) -> BoardView | None:
        """Give what the board with this key shows, or None."""
        with self._database.read_only() as unit:
            return board.view(self._context(unit), key)

    @retry_on_conflict
    def delete_expired(self) -> bool:
        """Delete some updates that cannot come again, and some of what was set aside long ago.

        Returns:
            Whether there is likely more to delete: others must have their turn before that.
        """
        with self._database.transaction() as unit:
            deleted = self._retention.apply(unit, self._clock(), FORGOTTEN_AT_ONCE)
            deleted += unit.shared_limits.delete_idle(FORGOTTEN_AT_ONCE - deleted)
            deleted += unit.flood_waits.delete_ended(self._clock(), FORGOTTEN_AT_ONCE - deleted)
        return deleted >= FORGOTTEN_AT_ONCE

    def get_or_create_secret(self, name: str) -> str:
        """Give this installation's secret of a name: 64 letters and digits, for all processes the same, for ever."""
        with self._database.transaction() as unit:
            return unit.key_values.set_default(name, f"{self._rng.getrandbits(256):064x}")

    def get_value(self, name: str) -> str | None:
        """Give what was remembered under a name, or None."""
        with self._database.transaction() as unit:
            return unit.key_values.get(name)

    def set_value(self, name: str, value: str) -> None:
        """Remember a text about the installation, in the place of what it was before."""
        with self._database.transaction() as unit:
            unit.key_values.set(name, value)

    def _context(self, unit: UnitOfWork) -> Context:
        return Context(
            unit=unit,
            library=self._library,
            now=self._clock(),
            zone=self._zone,
            links=self._links,
            rng=self._rng,
            banned_words=self._banned_words,
            process_number=self.process_number,
            owns_all_messages=self._owns_all_messages,
            bot_id=self._bot_id,
            questions_sent=self._questions_sent,
        )
