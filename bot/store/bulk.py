"""How much is said to the database at once: a list as one parameter, and one statement for many rows.

SQLAlchemy takes longer to look at a row, or at a list of ids, than SQLite takes to find or to write it. So the text of
these statements never changes, and what they are given goes to the driver as it is.
"""

import json
from collections.abc import Callable, Collection, Sequence
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
    insert,
)
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
        """Give what the parameter is."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.item))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - text or list
        """Write the values."""
        values = list(value or ())
        return json.dumps(values) if dialect.name == "sqlite" else values


class _Among(FunctionElement[Any]):
    # It has no type: with a Boolean SQLAlchemy would write "= 1" behind it, and SQLite would read the whole table.
    inherit_cache = True
    name = "among"


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Say that a column of numbers or texts has one of the values in the parameter of this name, however many."""
    return _Among(column, bindparam(name, type_=_Values(column.type)))


@compiles(_Among)
def _among_in_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({values})"


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - the same
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - made of a column and a parameter


class _Said(NamedTuple):
    """A statement as one engine hears it: for each parameter which value of a row, and what writes it, if anything."""

    text: str
    names: tuple[str, ...]
    places: tuple[int, ...]
    writers: tuple[Callable[[Any], Any] | None, ...]
    is_positional: bool

    def rows(self, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Give rows as the driver wants them."""
        values = list(zip(*rows, strict=True))
        columns = [values[place] for place in self.places]
        written = [map(write, column) if write else column for column, write in zip(columns, self.writers, strict=True)]
        made = zip(*written, strict=True)
        return list(made) if self.is_positional else [dict(zip(self.names, row, strict=True)) for row in made]


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
    """Inserts rows into a table whose numbers the database gives.

    Args:
        columns: the names of those that are given.
    """

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._insert = Bulk(insert(table), columns)
        self._proven = insert(table).returning(_id(table), sort_by_parameter_order=True)

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> list[int]:
        """Insert rows; give their numbers, in this order.

        SQLite, on which nobody else writes meanwhile, gives each the next number after the last one's; PostgreSQL may
        give any, and is asked for them.
        """
        if not rows:
            return []
        if connection.dialect.name != "sqlite":
            named = [dict(zip(self._columns, row, strict=True)) for row in rows]
            return sorted(connection.scalars(self._proven, named))
        self._insert.run(connection, rows)
        last = connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one()
        return list(range(last - len(rows) + 1, last + 1))


def _id(table: Table) -> Column[int]:
    return table.c.id
