"""Sums over a table, by which two copies of it are compared, in whatever order their rows come."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Integer, Table


class Sums:
    """How many rows a table has, and two sums of each column.

    One sum is over a digest of each value together with its row's key, so that a value in the wrong row counts as a
    difference. Python's own ``hash`` is that digest: 64 bits, equal for equal values whichever engine they come from,
    and salted anew in each process; so only sums of one process can be compared. It takes -1 and -2 for the same:
    therefore numbers are also summed as they are.
    """

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self._name = table.name
        self._names = table.columns.keys()
        self._key = [self._names.index(column.name) for column in table.primary_key]
        self._numbers = [isinstance(column.type, Integer | Boolean) for column in table.c]
        self._totals = [0] * len(self._names)
        self._digests = [0] * len(self._names)

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Count rows in."""
        self.rows += len(rows)
        columns = list(zip(*rows, strict=True))
        keys = list(map(hash, zip(*(columns[index] for index in self._key), strict=True)))
        for index, values in enumerate(columns):
            self._digests[index] += sum(map(hash, zip(keys, values, strict=True)))
            if self._numbers[index]:
                self._totals[index] += sum(filter(None, values))

    def differences(self, found: "Sums") -> list[str]:
        """Say in words where the other sums differ from these; nothing where they do not."""
        if found.rows != self.rows:
            return [f"{self._name}: {found.rows:,} rows instead of {self.rows:,}"]
        mine, theirs = (list(zip(sums._totals, sums._digests, strict=True)) for sums in (self, found))  # noqa: SLF001 - our own
        return [
            f"{self._name}: the column {name}"
            for name, one, other in zip(self._names, mine, theirs, strict=True)
            if one != other
        ]
