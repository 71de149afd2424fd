"""Parts of every table: the metadata and the column types of this project."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Text,
)
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

# SQLite counts rows by itself only in a column that it calls INTEGER; there that holds 64 bits too.
Identity = BigInteger().with_variant(Integer, "sqlite")
# SQLite takes at most 32,766 values in one query (https://sqlite.org/limits.html), PostgreSQL twice that.
AT_ONCE = 10_000
# What one transaction deletes: a few milliseconds on SQLite, whose work is done in the event loop.
FORGOTTEN_AT_ONCE = 500

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
    """A time, always with its zone in Python and always UTC on disk.

    SQLite keeps it as the text that SQLAlchemy would write; Python's own functions take a third of the time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None] | None:
        """Return the function that writes a time; None where the driver does it."""
        return _write if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Return the function that reads a time."""
        del coltype
        return _read if dialect.name == "sqlite" else _in_utc


def _write(value: datetime | None) -> str | None:
    if value is None:
        return None
    # Nearly all are in UTC, as the clock returns them.
    here = value if value.tzinfo is UTC else value.astimezone(UTC)
    return here.isoformat(" ", "microseconds")[: -len("+00:00")]


def _read(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    """Convert a time of PostgreSQL, which has the zone of the connection, to UTC."""
    return None if value is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A frozen dataclass, or one of several, stored as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 - a dataclass, or several
        super().__init__()
        self.shape = shape

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        """Return the function that writes the dataclass as JSON."""
        del dialect
        return _encode

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:
        """Return the function that reads the dataclass from JSON."""
        del dialect, coltype
        read = _adapter(self.shape).validator.validate_json
        return lambda value: None if value is None else read(value)


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(shape: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a dataclass, or several
    """Return the reader and writer of a type; cached, as building one takes a thousand times as long as using it."""
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def encode(value: object) -> str:
    """Write a dataclass as JSON."""
    return _adapter(type(value)).serializer.to_json(value).decode()


def _encode(value: object) -> str | None:
    return None if value is None else encode(value)


def decode(shape: type[T], text: str) -> T:
    """Read a dataclass from JSON. Raises pydantic's ValidationError where the text is not of that shape."""
    return _adapter(shape).validator.validate_json(text)  # type: ignore[no-any-return]
