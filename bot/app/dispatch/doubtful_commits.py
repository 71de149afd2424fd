"""Releases messages to the sender only when their commit is certain.

If the connection to the server breaks during COMMIT, the process does not learn whether the transaction was committed.
The messages of that transaction have ids already: those that the outbox contains under this process's number were
committed and must be sent.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.app.context import OutgoingMessage
from bot.app.dispatch.receipts import Delivery
from bot.store.database import ConflictError, Database, StoreError, UnitOfWork

# A server may still complete a COMMIT for this long after the connection broke: it may be waiting for its disk or for
# a synchronous standby.
MAX_DOUBT = timedelta(minutes=1)


class DoubtfulCommits:
    """Transactions that create or claim messages, with a memory of those whose commit is in doubt.

    Args:
        clock: returns the current time (UTC).

    Attributes:
        process_number: the number of this process.
    """

    process_number: int

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._doubtful: dict[int, tuple[OutgoingMessage, datetime]] = {}
        self._doubtful_deliveries: frozenset[int] = frozenset()

    @contextmanager
    def transaction(self) -> Iterator[tuple[UnitOfWork, list[OutgoingMessage]]]:
        """Open a unit of work; yield it with a list of messages, which are to be sent after the commit.

        The caller appends the messages that it creates or claims. Messages of earlier doubtful commits that turned out
        to be committed are in the list already.

        Raises:
            StoreError: send nothing now; a later transaction finds out whether this one was committed.
        """
        to_send: list[OutgoingMessage] = []
        try:
            with self._database.transaction() as unit:
                to_send += self._committed(unit)
                yield unit, to_send
        except ConflictError:
            raise
        except StoreError:
            self._mark_doubtful(to_send)
            raise
        for one in to_send:
            self._doubtful.pop(one.id, None)

    @contextmanager
    def recording(
        self, deliveries: Sequence[Delivery]
    ) -> Iterator[tuple[UnitOfWork, list[OutgoingMessage], list[Delivery]]]:
        """Open such a transaction for recording deliveries; yield also those not recorded yet. Raises StoreError."""
        ids = frozenset(one.id for one in deliveries)
        try:
            with self.transaction() as (unit, to_send):
                yield unit, to_send, self._not_recorded(unit, deliveries)
        except ConflictError:
            raise
        except StoreError:
            self._doubtful_deliveries |= ids if self._database.is_remote else frozenset()
            raise
        self._doubtful_deliveries -= ids

    def _not_recorded(self, unit: UnitOfWork, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Return the deliveries that no doubtful commit recorded: the message is in the outbox and its poll is unknown.

        If another process has claimed the message meanwhile, it is in the outbox in either case.
        """
        doubtful = [one for one in deliveries if one.id in self._doubtful_deliveries]
        if not doubtful:
            return list(deliveries)
        unsent = unit.outbox.still_unsent([one.id for one in doubtful])
        known = {poll.id for poll in unit.sessions.load_polls(one.poll_id for one in doubtful)}
        recorded = {one.id for one in doubtful if one.id not in unsent or one.poll_id in known}
        return [one for one in deliveries if one.id not in recorded]

    def _committed(self, unit: UnitOfWork) -> list[OutgoingMessage]:
        """Return the doubtful messages that were committed; forget those that others own or that are too old."""
        if not self._doubtful:
            return []
        now, number = self._clock(), self.process_number
        self._doubtful = {
            one.id: (one, until)
            for one, until in self._doubtful.values()
            if one.claimed_by == number and now <= until <= now + MAX_DOUBT
        }
        unsent = unit.outbox.still_unsent(self._doubtful, number)
        return [one for one, _ in self._doubtful.values() if one.id in unsent]

    def _mark_doubtful(self, to_send: Sequence[OutgoingMessage]) -> None:
        """Record messages whose commit is in doubt. On SQLite none is: a failed commit is rolled back."""
        if self._database.is_remote:
            until = self._clock() + MAX_DOUBT
            self._doubtful |= {one.id: (one, until) for one in to_send}
