"""Works the inbox: claims updates, carries out what they ask, and deals with those that fail."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf

from bot.app.commands import Command
from bot.app.context import Context, OutgoingMessage
from bot.app.dispatch.doubtful_commits import DoubtfulCommits
from bot.app.dispatch.failure_reasons import failure_reason
from bot.app.dispatch.handlers import handle, load
from bot.store.claims import Claimed
from bot.store.database import Database, StoreError, TransactionTimedOutError, UnitOfWork, retry_on_conflict

# An update whose handling fails is tried this often, so many seconds apart, then set aside.
TRIES = 3
RETRY_SECONDS = 1.0
# What ends the program, whoever lets it out. All else is a fault of a story, even asyncio's cancellation: that would
# pass for the end of the part of the program that waits for the story.
_ENDS = (KeyboardInterrupt, SystemExit)


@dataclass(frozen=True, slots=True)
class ParsedUpdate:
    """An update to handle: its id, and what it asks (None: nothing for us)."""

    update_id: int
    command: Command | None


@dataclass(frozen=True, slots=True)
class UpdateFailure:
    """An update that could not be handled: how often that was so, why, and whether it is set aside because of that."""

    update_id: int
    tries: int
    error: BaseException
    is_discarded: bool


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What working the inbox came to.

    Attributes:
        outgoing: messages to send.
        count: how many updates were handled, or came too early.
        done: those that were handled.
        again: updates whose batch failed, in their order: they are to be worked one by one.
        failure: what came of one that was worked singly and failed.
        rest: seconds until something that is held comes due, where nothing else could be claimed.
    """

    outgoing: tuple[OutgoingMessage, ...] = ()
    count: int = 0
    done: tuple[ParsedUpdate, ...] = ()
    retry_singly: tuple[int, ...] = ()
    failure: UpdateFailure | None = None
    idle_seconds: float = inf


ParseUpdate = Callable[[str], Command | None]
"""Reads the JSON text of an update: what it asks, or None. Raises anything for one that cannot be read."""


class UpdateProcessor:
    """What there is to do in the inbox.

    Args:
        handover: gives what is told to whoever sends it.
        clock: gives the moment.
        limit: a context for stories, which may break off those that hang.
        begin: makes what stories work with out of a unit of work.
    """

    def __init__(
        self,
        database: Database,
        handover: DoubtfulCommits,
        clock: Callable[[], datetime],
        limit: Callable[[], AbstractContextManager[None]],
        begin: Callable[[UnitOfWork], Context],
    ) -> None:
        self._database = database
        self._handover = handover
        self._clock = clock
        self._limit = limit
        self._open_context = begin

    def process_batch(self, read: ParseUpdate, most: int, waited: float = 0.0) -> BatchResult:
        """Carry out some of what waits, for so many seconds at least, all of it or nothing. Raises StoreError."""
        claimed: list[Claimed] = []
        try:
            return self._claim_and_process(read, most, waited, claimed)
        except BaseException as error:  # whatever a story lets out, the bot goes on
            if not (claimed and _is_fault(error)):
                raise
            return BatchResult(retry_singly=tuple(one.update_id for one in claimed))

    def process_one(self, update_id: int, read: ParseUpdate) -> BatchResult:
        """Carry out one update, if it is its turn and nobody else has it. Raises StoreError.

        A failure is counted; after the last the update is set aside, before that it holds up its lane for a while.
        """
        claimed: list[Claimed] = []
        try:
            return self._claim_and_process_one(update_id, read, claimed)
        except BaseException as error:
            if not (claimed and _is_fault(error)):
                raise
            return BatchResult(failure=self._fail(claimed[0], error))

    @retry_on_conflict
    def _claim_and_process(self, read: ParseUpdate, most: int, waited: float, claimed: list[Claimed]) -> BatchResult:
        """Claim and carry out a batch; ``claimed`` tells afterwards what it was, whatever came of it."""
        claimed.clear()
        with self._handover.transaction() as (unit, given):
            now = self._clock()
            claimed += unit.inbox.claim(most, now, now - timedelta(seconds=waited) if waited else None)
            worked = self._process(unit, claimed, read, given) if claimed else self._idle(unit, waited)
        return replace(worked, outgoing=tuple(given))

    @retry_on_conflict
    def _claim_and_process_one(self, update_id: int, read: ParseUpdate, claimed: list[Claimed]) -> BatchResult:
        """Claim and carry out one update; ``claimed`` holds it afterwards, if it was free."""
        claimed.clear()
        with self._handover.transaction() as (unit, given):
            found = unit.inbox.claim_one(update_id, self._clock())
            claimed += [found] if found else []
            worked = self._process(unit, claimed, read, given) if claimed else BatchResult()
        return replace(worked, outgoing=tuple(given))

    def _idle(self, unit: UnitOfWork, waited: float) -> BatchResult:
        """Say how long there is nothing to do; who takes only what has waited need not know."""
        if waited:
            return BatchResult()
        now = self._clock()
        due = unit.inbox.next_due(now)
        return BatchResult(idle_seconds=(due - now).total_seconds()) if due else BatchResult()

    def _process(
        self, unit: UnitOfWork, claimed: Sequence[Claimed], read: ParseUpdate, given: list[OutgoingMessage]
    ) -> BatchResult:
        """Carry out what was claimed, and mark it as done, but for what came too early; add what was told."""
        context = self._open_context(unit)
        tasks = [ParsedUpdate(one.update_id, read(one.body)) for one in claimed]
        load(context, [task.command for task in tasks if task.command])
        # Inside the transaction: what is broken off is rolled back.
        with self._limit():
            pairs = zip(tasks, claimed, strict=True)
            done = tuple(task for task, one in pairs if self._handle(context, task, one.waits))
        finished = {task.update_id for task in done}
        if finished:
            unit.inbox.finish(finished, context.now)
        unit.inbox.defer([one for one in claimed if one.update_id not in finished], context.now)
        given += context.flush()
        return BatchResult(count=len(claimed), done=done)

    def _handle(self, context: Context, task: ParsedUpdate, waits: int) -> bool:
        """Carry out one task; return False when it must wait, as it did so often before."""
        context.deferred, context.deferrals = False, waits
        if task.command:
            handle(context, task.command)
        return not context.deferred

    @retry_on_conflict
    def _fail(self, claimed: Claimed, error: BaseException) -> UpdateFailure | None:
        """Count a failure; None if another process dealt with the update meanwhile."""
        tries, now = claimed.tries + 1, self._clock()
        with self._database.transaction() as unit:
            if tries < TRIES:
                is_counted = unit.inbox.retry_at(claimed, now + timedelta(seconds=RETRY_SECONDS))
            else:
                is_counted = unit.inbox.discard(claimed, now, failure_reason(error))
        return UpdateFailure(claimed.update_id, tries, error, tries >= TRIES) if is_counted else None


def _is_fault(error: BaseException) -> bool:
    """Say whether something is a story's doing, rather than the database's or the end of the program."""
    return isinstance(error, TransactionTimedOutError) or not isinstance(error, (StoreError, *_ENDS))
