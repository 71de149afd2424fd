"""The move itself: every table in the order of foreign keys, then a comparison of both sides."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError

from bot.store.database import StoreError
from bot.store.moving.source import BATCH, InUseError, Source, open_source
from bot.store.moving.sums import Sums
from bot.store.moving.target import Target, is_moved_into, open_target
from bot.store.tables import metadata

Watch = Callable[[str, int, int], None]
"""Progress function: called with the current stage, the number of rows done, and their total."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Result of a move.

    Attributes:
        rows: how many rows each table has.
        mended: the rows with a text that PostgreSQL cannot store, in which U+FFFD replaces the bad characters.
    """

    rows: Mapping[str, int]
    mended: tuple[str, ...]


def move(path: Path, url: str, watch: Watch) -> Moved:
    """Move the SQLite file into the PostgreSQL database at this address; resume a move that was interrupted.

    Raises:
        StoreError: it cannot begin, was interrupted, or the two sides differ at the end. The file is unchanged; the
            database keeps the moved rows, and no bot starts on it before the move is complete.
    """
    try:
        with open_source(path) as source, open_target(url) as target:
            return _move(source, target, watch)
    except InUseError as error:
        if is_moved_into(url):
            raise StoreError(
                "Another bot migrate moves into the database of BOT_DATABASE_URL: let it come to its end, "
                "or stop it by Ctrl+C and give this command again."
            ) from error
        raise
    except (psycopg.Error, sqlite3.Error, DBAPIError) as error:
        # Only the first line: the others may quote rows.
        why = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
        raise StoreError(
            f"The move was interrupted: {why}. What is moved stays moved: mend that, and give the same command again."
        ) from error


def _move(source: Source, target: Target, watch: Watch) -> Moved:
    tables = metadata.sorted_tables
    before = target.begin(source.mark())
    of = sum(map(source.count, tables))
    done = 0
    for table in tables:
        after = before.get(table.name)
        done += 0 if after is None else source.count(table, after)
        for last, rows in source.batches(table, after):
            target.add(table, rows, last)
            done += len(rows)
            watch(f"moving {table.name}", done, of)
    target.count_on()
    moved = _compare(source, target, watch, 2 * of)
    target.finish()
    return Moved(moved, tuple(sorted(source.faults)))


def _compare(source: Source, target: Target, watch: Watch, of: int) -> dict[str, int]:
    """Return the number of rows of each table. Raises StoreError if a table differs between both sides."""
    counts: dict[str, int] = {}
    differences: list[str] = []
    done = 0
    for table in metadata.sorted_tables:
        expected, found = Sums(table), Sums(table)
        for sums, rows in _both(source, target, table, expected, found):
            sums.add(rows)
            done += len(rows)
            watch(f"comparing {table.name}", done, of)
        differences += expected.differences(found)
        counts[table.name] = expected.rows
    if differences:
        raise StoreError(
            f"The two sides differ ({'; '.join(differences)}): something else has written into the database of "
            "BOT_DATABASE_URL. Move into a new, empty one; what you moved from is as it was."
        )
    return counts


def _both(
    source: Source, target: Target, table: Table, expected: Sums, found: Sums
) -> Iterator[tuple[Sums, Sequence[Sequence[Any]]]]:
    """Yield the rows of both sides, each with the sums that they belong to."""
    for _, rows in source.batches(table):
        yield expected, rows
    for some in target.batches(table, BATCH):
        yield found, some
