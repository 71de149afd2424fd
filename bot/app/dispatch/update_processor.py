"""Update processor: claims updates from the inbox, calls their handlers, and retries or discards updates that fail."""

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

# An update whose handling fails is tried this often, RETRY_SECONDS apart, and then moved to the dead letters.
MAX_TRIES = 3
RETRY_SECONDS = 1.0
# Exceptions that end the program. Any other exception is a failure of a handler, even asyncio.CancelledError: if it
# escaped, the coroutine that waits for the handler would seem to be cancelled.
_EXIT_EXCEPTIONS = (KeyboardInterrupt, SystemExit)


@dataclass(frozen=True, slots=True)
class ParsedUpdate:
    """An update to handle: its id and its command, or None if it asks nothing of this bot."""

    update_id: int
    command: Command | None


@dataclass(frozen=True, slots=True)
class UpdateFailure:
    """An update whose handling failed: the number of tries, the error, and whether it was moved to the dead letters."""

    update_id: int
    tries: int
    error: BaseException
    is_discarded: bool


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Result of processing a batch.

    Attributes:
        outgoing: messages to send.
        count: number of updates that were handled or deferred.
        done: the updates that were handled.
        retry_singly: ids of the updates of a batch that failed, in order; each is to be processed alone.
        failure: the failure of an update that was processed alone.
        idle_seconds: seconds until the next update is due, if none could be claimed now.
    """

    outgoing: tuple[OutgoingMessage, ...] = ()
    count: int = 0
    done: tuple[ParsedUpdate, ...] = ()
    retry_singly: tuple[int, ...] = ()
    failure: UpdateFailure | None = None
    idle_seconds: float = inf


ParseUpdate = Callable[[str], Command | None]
"""Parser of an update's JSON text: returns its command, or None. May raise any exception if the text is invalid."""


class UpdateProcessor:
    """Processor of the updates in the inbox.

    Args:
        doubtful_commits: opens the transactions, and releases their messages to the sender.
        clock: returns the current time (UTC).
        handler_timeout: returns a context manager that may interrupt handlers that hang.
        open_context: creates the handlers' context for a unit of work.
    """

    def __init__(
        self,
        database: Database,
        doubtful_commits: DoubtfulCommits,
        clock: Callable[[], datetime],
        handler_timeout: Callable[[], AbstractContextManager[None]],
        open_context: Callable[[UnitOfWork], Context],
    ) -> None:
        self._database = database
        self._doubtful_commits = doubtful_commits
        self._clock = clock
        self._handler_timeout = handler_timeout
        self._open_context = open_context

    def process_batch(self, parse: ParseUpdate, limit: int, min_age: float = 0.0) -> BatchResult:
        """Process up to ``limit`` waiting updates, at least ``min_age`` seconds old, in one transaction.

        If a handler fails, nothing is changed and the result names the updates to retry singly. Raises StoreError.
        """
        claimed: list[Claimed] = []
        try:
            return self._claim_and_process(parse, limit, min_age, claimed)
        except BaseException as error:  # the bot continues after any exception of a handler
            if not (claimed and _is_handler_failure(error)):
                raise
            return BatchResult(retry_singly=tuple(one.update_id for one in claimed))

    def process_one(self, update_id: int, parse: ParseUpdate) -> BatchResult:
        """Process one update, if it is the first of its lane and not claimed by another process. Raises StoreError.

        A failure is counted. After the last try the update becomes a dead letter; before that its lane waits a while.
        """
        claimed: list[Claimed] = []
        try:
            return self._claim_and_process_one(update_id, parse, claimed)
        except BaseException as error:
            if not (claimed and _is_handler_failure(error)):
                raise
            return BatchResult(failure=self._record_failure(claimed[0], error))

    @retry_on_conflict
    def _claim_and_process(self, parse: ParseUpdate, limit: int, min_age: float, claimed: list[Claimed]) -> BatchResult:
        """Claim and process a batch; ``claimed`` lists its updates afterwards, even if processing raises."""
        claimed.clear()
        with self._doubtful_commits.transaction() as (unit, to_send):
            now = self._clock()
            claimed += unit.inbox.claim(limit, now, now - timedelta(seconds=min_age) if min_age else None)
            result = self._process(unit, claimed, parse, to_send) if claimed else self._idle(unit, min_age)
        return replace(result, outgoing=tuple(to_send))

    @retry_on_conflict
    def _claim_and_process_one(self, update_id: int, parse: ParseUpdate, claimed: list[Claimed]) -> BatchResult:
        """Claim and process one update; ``claimed`` contains it afterwards, if it could be claimed."""
        claimed.clear()
        with self._doubtful_commits.transaction() as (unit, to_send):
            found = unit.inbox.claim_one(update_id, self._clock())
            claimed += [found] if found else []
            result = self._process(unit, claimed, parse, to_send) if claimed else BatchResult()
        return replace(result, outgoing=tuple(to_send))

    def _idle(self, unit: UnitOfWork, min_age: float) -> BatchResult:
        """Return how long there is nothing to process; not computed for a caller that claims only old updates."""
        if min_age:
            return BatchResult()
        now = self._clock()
        due = unit.inbox.next_due(now)
        return BatchResult(idle_seconds=(due - now).total_seconds()) if due else BatchResult()

    def _process(
        self, unit: UnitOfWork, claimed: Sequence[Claimed], parse: ParseUpdate, to_send: list[OutgoingMessage]
    ) -> BatchResult:
        """Handle the claimed updates and mark them done; defer those that came too early; collect messages to send."""
        context = self._open_context(unit)
        updates = [ParsedUpdate(one.update_id, parse(one.body)) for one in claimed]
        load(context, [update.command for update in updates if update.command])
        # Inside the transaction, so that an interrupted handler is rolled back.
        with self._handler_timeout():
            pairs = zip(updates, claimed, strict=True)
            done = tuple(update for update, one in pairs if self._handle(context, update, one.deferrals))
        finished = {update.update_id for update in done}
        if finished:
            unit.inbox.finish(finished, context.now)
        unit.inbox.defer([one for one in claimed if one.update_id not in finished], context.now)
        to_send += context.flush()
        return BatchResult(count=len(claimed), done=done)

    def _handle(self, context: Context, update: ParsedUpdate, deferrals: int) -> bool:
        """Handle one update that was deferred ``deferrals`` times before; return False if it is deferred again."""
        context.deferred, context.deferrals = False, deferrals
        if update.command:
            handle(context, update.command)
        return not context.deferred

    @retry_on_conflict
    def _record_failure(self, claimed: Claimed, error: BaseException) -> UpdateFailure | None:
        """Record a failed try; return None if another process handled the update meanwhile."""
        tries, now = claimed.tries + 1, self._clock()
        with self._database.transaction() as unit:
            if tries < MAX_TRIES:
                is_counted = unit.inbox.retry_at(claimed, now + timedelta(seconds=RETRY_SECONDS))
            else:
                is_counted = unit.inbox.discard(claimed, now, failure_reason(error))
        return UpdateFailure(claimed.update_id, tries, error, tries >= MAX_TRIES) if is_counted else None


def _is_handler_failure(error: BaseException) -> bool:
    """Return whether a handler caused an error, rather than the database or the end of the program."""
    return isinstance(error, TransactionTimedOutError) or not isinstance(error, (StoreError, *_EXIT_EXCEPTIONS))
