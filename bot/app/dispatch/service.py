"""The application service: every call the Telegram adapter may make. Each is one transaction.

A call that writes is retried after a conflict with another process. That is safe: its transaction is all that it does.
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
# Stored instead of the content of an update that the database refuses.
EMPTY_BODY = "{}"


class QuizService:
    """Application service: stores and processes updates, and hands over the messages to send.

    Args:
        clock: returns the current time (UTC).
        zone: the time zone in which days begin and end.
        boards: the origin (scheme and host) of the boards' addresses; empty if no boards are served.
        banned_words: words that no nickname may contain.
        retention: how long handled updates and dead letters are kept.
        rng: source of codes and secrets; by default the system's.
        handler_timeout: returns a context manager that may interrupt handlers that hang; by default there is none.

    Attributes:
        process_number: the number by which this process owns messages and other processes identify it.
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
        handler_timeout: Callable[[], AbstractContextManager[None]] = nullcontext,
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
        self._handler_timeout = handler_timeout
        self._fair_queue = FairQueue()
        self._doubtful_commits = DoubtfulCommits(database, clock)
        self._processor = UpdateProcessor(database, self._doubtful_commits, clock, handler_timeout, self._context)
        # Replaced by the number of the cluster membership; a single process can use any new number.
        self.set_process_number(self._rng.randrange(1, 2**31))

    @property
    def is_remote(self) -> bool:
        """Whether the database is a remote server, so that every call may have to wait for the network."""
        return self._database.is_remote

    def create_membership(self) -> Membership:
        """Create this process's membership in the cluster of processes that share the database."""
        return create_membership(self._database.engine, self._rng)

    @retry_on_conflict
    def open(self, bot_name: str, bot_id: int = 0) -> None:
        """Store the versions of the bank's questions. Must be called first, with the bot's user name and id."""
        self._links, self._bot_id = Links(bot_name, self._links.origin), bot_id
        with self._database.transaction() as unit:
            unit.versions.keep(self._library.documents(), self._clock())

    @retry_on_conflict
    def store_updates(self, updates: Sequence[Received], *, for_leader: bool = False) -> tuple[Received, ...]:
        """Store updates and return those that are new; with ``for_leader``, signal the leading process about them."""
        with self._database.transaction() as unit:
            new_updates = unit.inbox.add(updates, self._clock(), self._fair_queue)
            if for_leader and new_updates:
                unit.send_signal(FRESH)
            return new_updates

    @retry_on_conflict
    def discard_update(self, update_id: int, lane: str, error: Exception) -> None:
        """Store the id of an update, without its content, as a dead letter with this error."""
        with self._database.transaction() as unit:
            unit.inbox.add([Received(update_id, lane, EMPTY_BODY)], self._clock())
            unit.inbox.finish([update_id], self._clock(), failure_reason(error))

    def wake_all_workers(self) -> None:
        """Signal all processes to help: more updates are waiting than one process can handle soon."""
        if self.is_remote:
            with self._database.transaction() as unit:
                unit.send_signal(INBOX)

    def count_waiting(self, limit: int) -> int:
        """Count the updates that are ready to be processed, up to ``limit``; deferred and failed ones are not ready."""
        with self._database.read_only() as unit:
            return unit.inbox.count(limit, self._clock())

    def set_process_number(self, number: int) -> None:
        """Use this process number from now on, and claim messages again: other live processes may own some."""
        self.process_number = self._doubtful_commits.process_number = number
        self._owns_all_messages = False

    @retry_on_conflict
    def claim_messages(self, min_urgency: Urgency = Urgency.LATER) -> ClaimedMessages:
        """Claim messages that belong to no live process, of at least this urgency. Raises StoreError.

        Questions that are no longer awaited are dropped. Messages that this process owns already are not claimed again.
        """
        if self._owns_all_messages:
            return ClaimedMessages((), more=False)
        number = self.process_number
        with self._doubtful_commits.transaction() as (unit, to_send):
            rows = unit.outbox.claim(number, CLAIMED_AT_ONCE, None if min_urgency is Urgency.LATER else min_urgency)
            messages = read_outgoing(unit, rows, number)
            outdated_ids = outdated(unit, messages)
            unit.outbox.remove(outdated_ids, number)
            to_send.extend(one for one in messages if one.id not in outdated_ids)
            flood_waits = unit.flood_waits.running(self._clock())
        more = len(rows) >= CLAIMED_AT_ONCE
        self._owns_all_messages = not (more or self.is_remote or min_urgency is not Urgency.LATER)
        return ClaimedMessages(tuple(to_send), more, flood_waits)

    def flood_waits(self) -> Mapping[str, float]:
        """Return the remaining seconds of each flood wait that Telegram demanded, by scope. Raises StoreError."""
        with self._database.read_only() as unit:
            return unit.flood_waits.running(self._clock())

    @retry_on_conflict
    def store_flood_waits(self, flood_waits: Mapping[str, float]) -> None:
        """Store the seconds of each flood wait that Telegram demanded; signal other processes. Raises StoreError."""
        with self._database.transaction() as unit:
            unit.flood_waits.add(flood_waits, self._clock())
            unit.send_signal(OUTBOX)

    @retry_on_conflict
    def reserve_send_slots(self, count: int, spacing: float) -> float:
        """Reserve ``count`` send slots, ``spacing`` seconds apart, in the schedule that all processes share.

        Return the seconds until the first. May be called from any thread. Needed only on a server, where several
        processes may run. Raises StoreError.
        """
        with self._database.transaction() as unit:
            return unit.shared_limits.reserve(count, spacing)

    @retry_on_conflict
    def pause_sending(self, seconds: float) -> None:
        """Pause sending in all processes for this many seconds. May be called from any thread. Raises StoreError."""
        with self._database.transaction() as unit:
            unit.shared_limits.pause(seconds)

    def process_batch(self, parse: ParseUpdate, limit: int, min_age: float = 0.0) -> BatchResult:
        """Process up to ``limit`` waiting updates, at least ``min_age`` seconds old, or none. Raises StoreError."""
        return self._processor.process_batch(parse, limit, min_age)

    def process_one(self, update_id: int, parse: ParseUpdate) -> BatchResult:
        """Process one update, if it is the first of its lane and not claimed by another process. Raises StoreError."""
        return self._processor.process_one(update_id, parse)

    @retry_on_conflict
    def record_deliveries(self, deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        """Record deliveries; return the messages to send because of them."""
        with self._doubtful_commits.recording(deliveries) as (unit, to_send, not_recorded):
            unit.inbox.release_deferred(lanes_unblocked_by(deliveries))
            context = self._context(unit)
            with self._handler_timeout():
                apply_deliveries(context, not_recorded)
            unit.shared_limits.set_busy({one.chat_id: one.busy_seconds for one in deliveries if one.busy_seconds})
            adopted = (
                ()
                if context.owns_all_messages
                else unit.outbox.adopt_unowned(chats_unblocked_by(deliveries), context.process_number)
            )
            to_send.extend(read_outgoing(unit, adopted, context.process_number) + context.flush())
        return tuple(to_send)

    @retry_on_conflict
    def discard_message(self, message_id: int, problem: str) -> None:
        """Move a message from the outbox to the dead letters, if it is still there: recording its delivery fails."""
        with self._database.transaction() as unit:
            unit.outbox.discard(message_id, problem)

    def due_sessions(self) -> tuple[int, ...]:
        """Return sessions whose deadline has passed, the longest overdue first, at most DUE_AT_ONCE of each sort."""
        with self._database.read_only() as unit:
            now = self._clock()
            sessions = unit.sessions.due(now, DUE_AT_ONCE) + unit.pupils.due(now, DUE_AT_ONCE)
            return tuple(dict.fromkeys(sessions))

    @retry_on_conflict
    def fire_deadlines(self, sessions: Sequence[int]) -> tuple[OutgoingMessage, ...]:
        """Fire the due deadlines of these sessions. Raises StoreError, and any exception of a handler."""
        with self._doubtful_commits.transaction() as (unit, to_send):
            context = self._context(unit)
            load_due_sessions(context, sessions)
            with self._handler_timeout():
                for session_id in sessions:
                    fire_deadline(context, session_id)
            to_send.extend(context.flush())
        return tuple(to_send)

    def board_etag(self, key: str) -> str | None:
        """Return a text that changes whenever the board with this key could change; None if there is no such board."""
        with self._database.read_only() as unit:
            return board.etag(self._context(unit), key)

    def board(self, key: str) -> BoardView | None:
        """Return what the board with this key shows, or None."""
        with self._database.read_only() as unit:
            return board.view(self._context(unit), key)

    @retry_on_conflict
    def delete_expired(self) -> bool:
        """Delete a batch of expired rows: old updates and dead letters, idle rate limits, ended flood waits.

        Returns:
            Whether there is probably more to delete; other transactions must be let in before the next batch.
        """
        with self._database.transaction() as unit:
            deleted = self._retention.apply(unit, self._clock(), FORGOTTEN_AT_ONCE)
            deleted += unit.shared_limits.delete_idle(FORGOTTEN_AT_ONCE - deleted)
            deleted += unit.flood_waits.delete_ended(self._clock(), FORGOTTEN_AT_ONCE - deleted)
        return deleted >= FORGOTTEN_AT_ONCE

    def get_or_create_secret(self, name: str) -> str:
        """Return the installation's secret with this name (64 hex digits); create it on the first call."""
        with self._database.transaction() as unit:
            return unit.key_values.set_default(name, f"{self._rng.getrandbits(256):064x}")

    def get_value(self, name: str) -> str | None:
        """Return the value stored under a name, or None."""
        with self._database.transaction() as unit:
            return unit.key_values.get(name)

    def set_value(self, name: str, value: str) -> None:
        """Store a value about the installation under a name, replacing the previous one."""
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
