"""Gives messages to whoever sends them, once it is certain that the database keeps them.

Where the line to a server is cut during COMMIT, nobody hears whether the transaction is kept. What it told has numbers
by then: where they stand in the outbox under this process' number, it is kept, and must be sent.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.app.context import OutgoingMessage
from bot.app.dispatch.receipts import Delivery
from bot.store.database import ConflictError, Database, StoreError, UnitOfWork

# For so long after its last word a server may yet end a transaction whose line was cut: it waits for its disk, or for
# another server that must have it too.
LONGEST_DOUBT = timedelta(minutes=1)


class DoubtfulCommits:
    """The transactions in which messages are told or claimed.

    Args:
        clock: gives the moment.

    Attributes:
        number: of this process.
    """

    process_number: int

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._doubtful: dict[int, tuple[OutgoingMessage, datetime]] = {}
        self._doubtful_deliveries: frozenset[int] = frozenset()

    @contextmanager
    def transaction(self) -> Iterator[tuple[UnitOfWork, list[OutgoingMessage]]]:
        """Open a unit of work, and a list of what is to be sent once it is committed.

        Whatever is told in it, or claimed, goes into the list; what was in doubt and is kept stands there already.

        Raises:
            StoreError: nothing is to be sent now; whether it is kept will be seen.
        """
        given: list[OutgoingMessage] = []
        try:
            with self._database.transaction() as unit:
                given += self._committed(unit)
                yield unit, given
        except ConflictError:
            raise
        except StoreError:
            self._mark_doubtful(given)
            raise
        for one in given:
            self._doubtful.pop(one.id, None)

    @contextmanager
    def recording(
        self, deliveries: Sequence[Delivery]
    ) -> Iterator[tuple[UnitOfWork, list[OutgoingMessage], list[Delivery]]]:
        """Do the same where deliveries are noted; give those, too, that are not noted yet. Raises StoreError."""
        ids = frozenset(one.id for one in deliveries)
        try:
            with self.transaction() as (unit, given):
                yield unit, given, self._not_recorded(unit, deliveries)
        except ConflictError:
            raise
        except StoreError:
            self._doubtful_deliveries |= ids if self._database.is_remote else frozenset()
            raise
        self._doubtful_deliveries -= ids

    def _not_recorded(self, unit: UnitOfWork, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Give those that are not noted yet, as far as can be told: they stand in the outbox, and their polls nowhere.

        What another process has claimed meanwhile stands there in either case.
        """
        doubtful = [one for one in deliveries if one.id in self._doubtful_deliveries]
        if not doubtful:
            return list(deliveries)
        standing = unit.outbox.still_unsent([one.id for one in doubtful])
        known = {poll.id for poll in unit.sessions.load_polls(one.poll_id for one in doubtful)}
        noted = {one.id for one in doubtful if one.id not in standing or one.poll_id in known}
        return [one for one in deliveries if one.id not in noted]

    def _committed(self, unit: UnitOfWork) -> list[OutgoingMessage]:
        """Give what is kept of that which was in doubt; what others send by now, or nobody ever will, is forgotten."""
        if not self._doubtful:
            return []
        now, number = self._clock(), self.process_number
        self._doubtful = {
            one.id: (one, until)
            for one, until in self._doubtful.values()
            if one.claimed_by == number and now <= until <= now + LONGEST_DOUBT
        }
        standing = unit.outbox.still_unsent(self._doubtful, number)
        return [one for one, _ in self._doubtful.values() if one.id in standing]

    def _mark_doubtful(self, given: Sequence[OutgoingMessage]) -> None:
        """Remember what may be kept. A file of our own leaves nothing open: what failed is undone."""
        if self._database.is_remote:
            until = self._clock() + LONGEST_DOUBT
            self._doubtful |= {one.id: (one, until) for one in given}
