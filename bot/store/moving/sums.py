"""Sums over a table, by which two copies are compared regardless of the order of their rows."""

from collections.abc import Sequence
from operator import mul
from typing import Any

from sqlalchemy import Boolean, Integer, Table

# Represents NULL: a number that no column can contain.
_NOTHING = 2**64 + 1


class Sums:
    """Number of rows of a table, and a sum over each column.

    Each cell counts as its number times a digest of its row's key, so that swapped values differ too: a sum of digests
    of both together would not always show that, because Python's hash of a pair is close to a sum. The number of a text
    or a time, and the digest of a key, are Python's ``hash``: 64 bits, equal for equal values of either engine, and
    salted in each process. So only one process can compare them.
    """

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self._name = table.name
        names = table.columns.keys()
        self._key = [names.index(column.name) for column in table.primary_key]
        self._numbers = [isinstance(column.type, Integer | Boolean) for column in table.c]
        self.columns = dict.fromkeys(names, 0)

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to the sums."""
        self.rows += len(rows)
        columns = list(zip(*rows, strict=True))
        keys = list(map(hash, zip(*(columns[index] for index in self._key), strict=True)))
        for name, values, are_numbers in zip(self.columns, columns, self._numbers, strict=True):
            numbers = [_NOTHING if value is None else value for value in values] if are_numbers else map(hash, values)
            self.columns[name] += sum(map(mul, keys, numbers))

    def differences(self, found: "Sums") -> list[str]:
        """Return sentences on where the other sums differ from these; none if they are equal."""
        if found.rows != self.rows:
            return [f"{self._name}: {found.rows:,} rows instead of {self.rows:,}"]
        differing = (name for name, total in self.columns.items() if total != found.columns[name])
        return [f"{self._name}: the column {name}" for name in differing]
