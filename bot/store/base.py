"""What every table is made from: the declarative base and the column types of our own."""

from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

# SQLite counts rows by itself only in a column that it calls INTEGER; there that holds 64 bits too.
Identity = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The base of all mapped classes. Constraint names are fixed, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table_of(mapped: type[Base]) -> Table:
    """Give the plain table of a mapped class: rows that nobody will look at again go in without being mapped."""
    return cast("Table", mapped.__table__)


class Instant(TypeDecorator[datetime]):
    """A moment, always with its zone in Python and always UTC on disk."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC; SQLite keeps no zone, so it goes in without one."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A frozen dataclass kept whole as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: type) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 - any dataclass
        """Write the dataclass as JSON."""
        del dialect
        return None if value is None else encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - any dataclass
        """Read the dataclass from JSON."""
        del dialect
        return None if value is None else decode(self.shape, value)


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(shape: type) -> TypeAdapter[Any]:
    """Give the reader and writer of a dataclass; making one takes a thousand times as long as using it."""
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def encode(value: object) -> str:
    """Write a dataclass as JSON."""
    return _adapter(type(value)).dump_json(value).decode()


def decode(shape: type[T], text: str) -> T:
    """Read a dataclass from JSON. Raises pydantic's ValidationError where the text is not of that shape."""
    return _adapter(shape).validate_json(text)  # type: ignore[no-any-return]
