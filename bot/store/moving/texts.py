"""Values on their way: as they stand on disk, and with the letters mended that PostgreSQL cannot hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Table, Text, type_coerce

from bot.store.base import Document

# Unicode's sign for what could not be kept ("replacement character").
_MENDED = "\N{REPLACEMENT CHARACTER}"


def as_stored(column: Column[Any]) -> Any:  # noqa: ANN401 - a column, or one with another type
    """Give a column to be read as it stands: documents as their text, which need not be understood to be moved."""
    return type_coerce(column, Text) if isinstance(column.type, Document) else column


def mended(table: Table, rows: Sequence[Sequence[Any]], faults: set[str]) -> list[tuple[Any, ...]]:
    """Give the rows with every text such as PostgreSQL can hold it, and add what was mended to the faults, in words.

    It holds no NUL ("Character Types"), and nothing that is no UTF-8.
    """
    columns = list(zip(*rows, strict=True))
    for index, values in enumerate(columns):
        if _can_be_kept("".join(value for value in values if isinstance(value, str))):
            continue
        for row, value in zip(rows, values, strict=True):
            if isinstance(value, str) and not _can_be_kept(value):
                faults.add(f"{table.name}, {_key(table, row)}: {table.columns.keys()[index]}")
        columns[index] = tuple(_mend(value) if isinstance(value, str) else value for value in values)
    return list(zip(*columns, strict=True))


def _can_be_kept(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _mend(text: str) -> str:
    raw = text.encode(errors="surrogateescape")
    return raw.decode(errors="replace").replace("\0", _MENDED)


def _key(table: Table, row: Sequence[Any]) -> str:
    """Name a row by its primary key."""
    places = {name: index for index, name in enumerate(table.columns.keys())}
    return ", ".join(f"{column.name} {row[places[column.name]]!a}" for column in table.primary_key)
