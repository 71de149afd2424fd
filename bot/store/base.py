"""What every table is made from: the metadata, the column types of our own, and rows kept as objects."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeDecorator

from bot.store.engine import locks_rows


class Numbered(Protocol):
    """What every row has."""

    id: int


T = TypeVar("T")
R = TypeVar("R", bound=Numbered)

# SQLite counts rows by itself only in a column that it calls INTEGER; there that holds 64 bits too.
Identity = BigInteger().with_variant(Integer, "sqlite")
# SQLite takes at most 32,766 values in one query (https://sqlite.org/limits.html), PostgreSQL twice that.
AT_ONCE = 10_000

# Constraint names are fixed, so that migrations can name them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment, always with its zone in Python and always UTC on disk.

    SQLite keeps it as the text that SQLAlchemy would write; Python's own functions take a third of the time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None] | None:
        """Give what writes a moment; None where the driver writes it well."""
        return _write if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Give what reads a moment."""
        del coltype
        return _read if dialect.name == "sqlite" else _in_utc


def _write(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _read(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    """Give a moment of PostgreSQL, which comes in the zone of the connection, in UTC."""
    return None if value is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A frozen dataclass, or one of several, kept whole as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 - a dataclass, or several
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 - any dataclass
        """Write the dataclass as JSON."""
        del dialect
        return None if value is None else encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - any dataclass
        """Read the dataclass from JSON."""
        del dialect
        return None if value is None else self._reader.validate_json(value)

    @cached_property
    def _reader(self) -> TypeAdapter[Any]:
        """What reads the shape, looked up once: the hash of a union takes longer than reading one."""
        return _adapter(self.shape)


class Kept(Generic[R]):
    """The rows of one table that a unit of work touches, as objects: loaded together, and written together if changed.

    Args:
        table: with a primary key ``id``.
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
        *others: "Kept[Any]",
    ) -> None:
        self._connection = connection
        self._table = table
        self._make = make
        self._changing = changing
        self._values = attrgetter(*changing)
        self._objects: dict[int, R | None] = {}
        self._before: dict[int, tuple[Any, ...]] = {}
        self._new: list[R] = []
        self._others = others
        self._locks = locks_rows(connection)

    def load(self, ids: Iterable[int]) -> None:
        """Load these rows, with one query for so many; roots are locked in the order of their numbers."""
        wanted = sorted(set(ids) - self._objects.keys())
        self._objects.update(dict.fromkeys(wanted))
        for start in range(0, len(wanted), AT_ONCE):
            query = select(self._table).where(self._table.c.id.in_(wanted[start : start + AT_ONCE]))
            if self._locks and self.is_root:
                # FOR NO KEY UPDATE: rows that refer to these may be inserted by others meanwhile.
                query = query.order_by(self._table.c.id).with_for_update(key_share=True)
            for row in self._connection.execute(query):
                self._keep(row)

    def lock(self, ids: Iterable[int]) -> bool:
        """Lock these rows where that is needed; say whether one was not locked before.

        If so, it may have changed since it was found without a lock: who found it must look once more.
        """
        fresh = set(ids) - self._objects.keys() if self._locks else set()
        self.load(fresh)
        return bool(fresh)

    def find(self, row_id: int) -> R | None:
        """Give the object with this id, or None."""
        if row_id not in self._objects:
            self.load((row_id,))
        return self._objects[row_id]

    def insert(self, values: dict[str, Any]) -> R:
        """Insert a row at once; give it as an object, with its number."""
        self.write_new()
        query = insert(self._table).values(values).returning(*self._table.c)
        return self._keep(self._connection.execute(query).one())

    def insert_later(self, values: dict[str, Any]) -> R:
        """Give a new row as an object; it is inserted together with others when all is written.

        One whose number the database gives has the number 0 until then.
        """
        usual = {column.name: getattr(column.default, "arg", None) for column in self._table.c}
        made = self._make(*{**usual, "id": 0, **values}.values())
        self._new.append(made)
        if made.id:
            self._objects[made.id] = made
        return made

    def _keep(self, row: Row[Any]) -> R:
        """Give the row's object; one that was loaded before stays what it became since."""
        if known := self._objects.get(row.id):
            return known
        self._objects[row.id] = made = self._make(*row)
        self._before[row.id] = self._values(made)
        return made

    def write(self) -> None:
        """Write the objects that are new, with one statement, and those that changed, with another."""
        self.write_new()
        now = {row_id: self._values(self._objects[row_id]) for row_id in self._before}
        changed = [row_id for row_id, values in now.items() if values != self._before[row_id]]
        if changed:
            rows = [{"row_id": row_id, **dict(zip(self._changing, now[row_id], strict=True))} for row_id in changed]
            self._connection.execute(update(self._table).where(self._table.c.id == bindparam("row_id")), rows)
            self._before = now

    def write_new(self) -> None:
        """Insert the objects that are new, and before them those that they refer to."""
        for other in self._others:
            other.write_new()
        # By their numbers, where they have them: two processes that insert the same wait, but not for one another.
        new, self._new = sorted(self._new, key=attrgetter("id")), []
        if new:
            self._insert_all(new)
            self._objects.update({one.id: one for one in new})
            self._before.update({one.id: self._values(one) for one in new})

    def _insert_all(self, new: Sequence[R]) -> None:
        """Insert rows with one statement, and number those that have no number."""
        is_numbered = bool(new[0].id)
        columns = [column.name for column in self._table.c if is_numbered or column.name != "id"]
        rows = [{name: getattr(one, name) for name in columns} for one in new]
        if is_numbered:
            self._connection.execute(insert(self._table), rows)
            return
        # As in the outbox: SQLite numbers rows in the order given, and need not prove it.
        proven = self._connection.dialect.name != "sqlite"
        query = insert(self._table).returning(self._table.c.id, sort_by_parameter_order=proven)
        for number, one in zip(sorted(self._connection.scalars(query, rows)), new, strict=True):
            one.id = number


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(shape: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a dataclass, or several
    """Give the reader and writer of a shape; making one takes a thousand times as long as using it."""
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def encode(value: object) -> str:
    """Write a dataclass as JSON."""
    return _adapter(type(value)).dump_json(value).decode()


def decode(shape: type[T], text: str) -> T:
    """Read a dataclass from JSON. Raises pydantic's ValidationError where the text is not of that shape."""
    return _adapter(shape).validate_json(text)  # type: ignore[no-any-return]
