"""Conversion of moved values: read as stored, with characters replaced that PostgreSQL cannot store."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Table, Text, type_coerce

from bot.store.base import Document

# Unicode's replacement character.
_MENDED = "\N{REPLACEMENT CHARACTER}"


def as_stored(column: Column[Any]) -> Any:  # noqa: ANN401 - a column, or one with another type
    """Return a column to read as stored: documents as text, without parsing them."""
    return type_coerce(column, Text) if isinstance(column.type, Document) else column


def mended(table: Table, rows: Sequence[Sequence[Any]], faults: set[str]) -> list[tuple[Any, ...]]:
    """Return the rows with texts that PostgreSQL can store, and add a description of each change to the faults.

    It stores no NUL ("Character Types"), and no invalid UTF-8.
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
    """Return the primary key of a row as a text."""
    places = {name: index for index, name in enumerate(table.columns.keys())}
    return ", ".join(f"{column.name} {row[places[column.name]]!a}" for column in table.primary_key)
