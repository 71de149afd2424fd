"""Database that counts the committed answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from bot.monitoring.counters import Counters
from bot.store.database import Database, UnitOfWork


class MonitoredDatabase(Database):
    """A database that counts the committed answers."""

    def __init__(self, engine: Engine, counters: Counters) -> None:
        super().__init__(engine)
        self._counters = counters

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work, and count its answers after the commit."""
        with super().transaction() as unit:
            yield unit
        # Only one thread writes answers. Other threads may commit units without answers at the same time.
        if unit.answers.written:
            self._counters.answers += unit.answers.written
