"""Bulk statements: a list as one parameter, and one statement for many rows.

SQLAlchemy takes longer to process a row, or a list of ids, than SQLite takes to find or to write it. So the text of
these statements never changes, and their values are passed to the driver unchanged.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Table,
    Text,
    Update,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Values(TypeDecorator[Collection[Any]]):
    """Values in one parameter: an array on PostgreSQL, and JSON on SQLite, which has no arrays."""

    impl = Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the parameter."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.item))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - text or list
        """Write the values."""
        values = list(value or ())
        return json.dumps(values) if dialect.name == "sqlite" else values


class _Among(FunctionElement[Any]):
    # It has no type: with a Boolean SQLAlchemy would write "= 1" behind it, and SQLite would read the whole table.
    inherit_cache = True
    name = "among"


def among(key: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a column of numbers or texts has one of the values in the parameter of this name."""
    return _Among(key, bindparam(name, type_=_Values(key.type)))


@compiles(_Among)
def _among_in_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    key, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{key} = ANY ({values})"


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - the same
    key, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{key} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - made of a column and a parameter


class _Said(NamedTuple):
    """A statement for one engine: for each parameter the value of a row, and the function that converts it, if any."""

    text: str
    names: tuple[str, ...]
    places: tuple[int, ...]
    writers: tuple[Callable[[Any], Any] | None, ...]
    is_positional: bool

    def rows(self, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Return the rows as the driver expects them."""
        made = _written(list(map(itemgetter(*self.places), rows)), self.writers)
        return made if self.is_positional else [dict(zip(self.names, row, strict=True)) for row in made]


class Bulk:
    """A statement that is carried out for many rows at once.

    Args:
        statement: inserts or updates; to be made once.
        names: its parameters, in the order of the values of a row.
    """

    def __init__(self, statement: Insert | Update, names: Sequence[str]) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._said: dict[str, _Said] = {}

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Carry it out for these rows, in their order; for none, do nothing."""
        if rows:
            said = self._said.get(connection.dialect.name) or self._say(connection.dialect)
            connection.exec_driver_sql(said.text, said.rows(rows))

    def _say(self, dialect: Dialect) -> _Said:
        made = self._statement.compile(dialect=dialect, column_keys=list(self._names))
        names = tuple(made.positiontup or made.binds) if isinstance(made, SQLCompiler) else ()
        types = (made.binds[name].type.dialect_impl(dialect) for name in names)
        said = self._said[dialect.name] = _Said(
            text=str(made),
            names=names,
            places=tuple(map(self._names.index, names)),
            writers=tuple(kind.bind_processor(dialect) for kind in types),
            is_positional=bool(made.positiontup),
        )
        return said


class Insertion:
    """Inserts rows: on SQLite one by one, on PostgreSQL as one JSON document.

    There the text stays the same for any number of rows, so that the server has it prepared; and a document is written
    five times as fast as parameters for each value, or a list for each column.

    Args:
        columns: the names of those that are given, the key first unless the database gives it.
    """

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._key: Column[Any] = next(iter(table.primary_key))
        self._types = [table.c[name].type for name in columns]
        self._each = Bulk(insert(table), columns)
        self._known = select(self._key).where(among(self._key, "ids"))
        self._all = _insert_document(table, columns)
        self._numbered = self._all.returning(self._key)
        self._new = self._all.on_conflict_do_nothing().returning(self._key)

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows, in their order."""
        if connection.dialect.name == "sqlite":
            self._each.run(connection, rows)
        elif rows:
            connection.execute(self._all, self._document(connection, rows))

    def number(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> list[int]:
        """Insert rows whose ids the database assigns; return the ids, in this order.

        Both engines number rows as they are inserted. SQLite, on which nobody else writes meanwhile, gives each the
        number after the last one's; PostgreSQL may leave some out, and tells which it gave.
        """
        if not rows:
            return []
        if connection.dialect.name != "sqlite":
            return sorted(connection.scalars(self._numbered, self._document(connection, rows)))
        self._each.run(connection, rows)
        last = connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one()
        return list(range(last - len(rows) + 1, last + 1))

    def add_new(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> frozenset[Any]:
        """Insert the rows whose key is not in the table yet; return their keys. Keys must differ from each other.

        On PostgreSQL other processes may insert the same ones concurrently.
        """
        if not rows:
            return frozenset()
        if connection.dialect.name != "sqlite":
            return frozenset(connection.scalars(self._new, self._document(connection, rows)))
        known = frozenset(connection.scalars(self._known, {"ids": [row[0] for row in rows]}))
        new = [row for row in rows if row[0] not in known]
        self._each.run(connection, new)
        return frozenset(row[0] for row in new)

    def _document(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
        writers = [kind.dialect_impl(connection.dialect).bind_processor(connection.dialect) for kind in self._types]
        return {"rows": json.dumps(_written(rows, writers), ensure_ascii=False, default=datetime.isoformat)}


def _insert_document(table: Table, columns: Sequence[str]) -> postgresql.Insert:
    rows = func.jsonb_array_elements(cast(bindparam("rows", type_=Text), postgresql.JSONB))
    given = rows.table_valued(column("given", postgresql.JSONB), with_ordinality="nth").render_derived(name="document")
    values = (
        cast(given.c.given.op("->>")(literal_column(str(place))), table.c[name].type)
        for place, name in enumerate(columns)
    )
    return postgresql.insert(table).from_select(list(columns), select(*values).order_by(given.c.nth))


def _written(rows: Sequence[tuple[Any, ...]], writers: Sequence[Callable[[Any], Any] | None]) -> list[tuple[Any, ...]]:
    """Return the rows with each column in the form that the engine expects."""
    columns = zip(zip(*rows, strict=True), writers, strict=True)
    return list(zip(*(map(write, values) if write else values for values, write in columns), strict=True))
