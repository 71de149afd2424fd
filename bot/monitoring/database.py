"""The database with a count of the answers that were committed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from bot.monitoring.counters import Counters
from bot.store.database import Database, UnitOfWork


class MonitoredDatabase(Database):
    """A database whose commits are counted."""

    def __init__(self, engine: Engine, counters: Counters) -> None:
        super().__init__(engine)
        self._counters = counters

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work, and count its answers once they are committed."""
        with super().transaction() as unit:
            yield unit
        # Units without answers may end in several threads at once.
        if unit.answers.written:
            self._counters.answers += unit.answers.written
