"""Sums over a table, by which two copies of it are compared, in whatever order their rows come."""

from collections.abc import Sequence
from operator import mul
from typing import Any

from sqlalchemy import Boolean, Integer, Table

# Stands for an empty cell: a number that no column can hold.
_NOTHING = 2**64 + 1


class Sums:
    """How many rows a table has, and a sum over each column.

    Each cell counts as a number of its own times a digest of its row's key. So values that changed places differ too:
    a sum of digests of both together would not always see that, because Python's digest of a pair is close to a sum.
    A text's or a moment's number, and the digest of a key, are Python's ``hash``: 64 bits, equal for equal values
    whichever engine they come from, and salted anew in each process. So only one process can compare them.
    """

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self._name = table.name
        names = table.columns.keys()
        self._key = [names.index(column.name) for column in table.primary_key]
        self._numbers = [isinstance(column.type, Integer | Boolean) for column in table.c]
        self.columns = dict.fromkeys(names, 0)

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Count rows in."""
        self.rows += len(rows)
        columns = list(zip(*rows, strict=True))
        keys = list(map(hash, zip(*(columns[index] for index in self._key), strict=True)))
        for name, values, are_numbers in zip(self.columns, columns, self._numbers, strict=True):
            numbers = [_NOTHING if value is None else value for value in values] if are_numbers else map(hash, values)
            self.columns[name] += sum(map(mul, keys, numbers))

    def differences(self, found: "Sums") -> list[str]:
        """Say in words where the other sums differ from these; nothing where they do not."""
        if found.rows != self.rows:
            return [f"{self._name}: {found.rows:,} rows instead of {self.rows:,}"]
        differing = (name for name, total in self.columns.items() if total != found.columns[name])
        return [f"{self._name}: the column {name}" for name in differing]
