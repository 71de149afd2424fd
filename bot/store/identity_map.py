"""Identity map: loads each row once in a unit of work and writes changes in bulk."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import Connection, Executable, Row, Table, bindparam, insert, select, update

from bot.store.bulk import Bulk, Insertion, among
from bot.store.engine import locks_rows


class Numbered(Protocol):
    """A row with an id."""

    id: int


R = TypeVar("R", bound=Numbered)


class _Statements(NamedTuple):
    """The statements on one table, and the default values of its columns."""

    load: Executable
    lock: Executable
    insert: Executable
    insert_numbered: Insertion
    number: Insertion
    update: Bulk
    usual: dict[str, Any]


@cache
def _statements_on(table: Table, changing: tuple[str, ...]) -> _Statements:
    """Build the statements on a table, once: SQLAlchemy takes longer to build one than SQLite to run it."""
    columns = table.c.keys()
    load = select(table).where(among(table.c.id, "ids"))
    return _Statements(
        load=load,
        # FOR NO KEY UPDATE: rows that refer to these may be inserted by others meanwhile.
        lock=load.order_by(table.c.id).with_for_update(key_share=True),
        insert=insert(table).returning(*table.c),
        insert_numbered=Insertion(table, columns),
        number=Insertion(table, columns[1:]),
        update=Bulk(update(table).where(table.c.id == bindparam("row_id")), ("row_id", *changing)),
        usual={column.name: getattr(column.default, "arg", None) for column in table.c} | {"id": 0},
    )


class IdentityMap(Generic[R]):
    """The rows of one table that a unit of work touches, as objects: loaded together, and written together if changed.

    Args:
        table: with a primary key ``id``, which is its first column.
        make: makes the object from the columns in their order; it has them as attributes.
        changing: the names of the columns that change; the others stay as they were inserted.
        others: rows that these refer to, which must be written first.

    Where processes share the database, rows with ``is_root`` are locked when they are loaded, and stay so to the end of
    the unit of work. Of all others, each belongs to one of those, and may be read only once that is locked.
    """

    is_root: ClassVar[bool] = False

    def __init__(
        self,
        connection: Connection,
        table: Table,
        make: Callable[..., R],
        changing: tuple[str, ...],
        *others: "IdentityMap[Any]",
    ) -> None:
        self._connection = connection
        self._make = make
        self._changing = changing
        self._values = attrgetter(*changing)
        self._columns = attrgetter(*table.c.keys())
        self._objects: dict[int, R | None] = {}
        self._before: dict[int, tuple[Any, ...]] = {}
        self._new: list[R] = []
        self._others = others
        self._locks = locks_rows(connection)
        self._statements = _statements_on(table, changing)

    def load(self, ids: Iterable[int]) -> None:
        """Load these rows, with one query; roots are locked in the order of their numbers."""
        wanted = set(ids) - self._objects.keys()
        if not wanted:
            return
        self._objects.update(dict.fromkeys(wanted))
        query = self._statements.lock if self._locks and self.is_root else self._statements.load
        for row in self._connection.execute(query, {"ids": wanted}).all():
            self._track(row)

    def lock(self, ids: Iterable[int]) -> bool:
        """Lock these rows where that is needed; return whether one was not locked before.

        If so, it may have changed since it was found without a lock: the caller must read it again.
        """
        fresh = set(ids) - self._objects.keys() if self._locks else set()
        self.load(fresh)
        return bool(fresh)

    def find(self, row_id: int) -> R | None:
        """Return the object with this id, or None."""
        if row_id not in self._objects:
            self.load((row_id,))
        return self._objects[row_id]

    def insert(self, values: dict[str, Any]) -> R:
        """Insert a row at once; return it as an object, with its id."""
        self.flush_new()
        return self._track(self._connection.execute(self._statements.insert, values).one())

    def insert_on_flush(self, values: dict[str, Any]) -> R:
        """Return a new row as an object; the flush inserts it together with others.

        An id that the database assigns is 0 until then.
        """
        made = self._make(*{**self._statements.usual, **values}.values())
        self._new.append(made)
        if made.id:
            self._objects[made.id] = made
        return made

    def _track(self, row: Row[Any]) -> R:
        """Return the object of a row; one that was loaded before keeps its changes."""
        row_id: int = row[0]
        if known := self._objects.get(row_id):
            return known
        self._objects[row_id] = made = self._make(*row)
        self._before[row_id] = self._values(made)
        return made

    def flush(self) -> None:
        """Write the objects that are new, with one statement, and those that changed, with another."""
        self.flush_new()
        changed = [
            (row_id, *now)
            for row_id, before in self._before.items()
            if (now := self._values(self._objects[row_id])) != before
        ]
        self._statements.update.run(self._connection, changed)
        self._before.update((row_id, tuple(now)) for row_id, *now in changed)

    def flush_new(self) -> None:
        """Insert the objects that are new, and before them those that they refer to."""
        for other in self._others:
            other.flush_new()
        # By their numbers, where they have them: two processes that insert the same wait, but not for one another.
        new, self._new = sorted(self._new, key=attrgetter("id")), []
        if new:
            self._insert_all(new)
            self._objects.update({one.id: one for one in new})
            self._before.update({one.id: self._values(one) for one in new})

    def _insert_all(self, new: Sequence[R]) -> None:
        """Insert rows with one statement, and number those that have no number."""
        rows = [self._columns(one) for one in new]
        if new[0].id:
            self._statements.insert_numbered.run(self._connection, rows)
            return
        numbers = self._statements.number.number(self._connection, [row[1:] for row in rows])
        for number, one in zip(numbers, new, strict=True):
            one.id = number
