"""An inspection of a database takes no locks, waits for none, and cannot write."""

from collections.abc import Callable

import pytest
from town import BOB, CLASS, Town, count_item, count_person, count_room, locked, open_class

from bot.store.database import Database, UnitOfWork
from bot.store.live_classes import LiveClassRow


def test_an_inspection_waits_for_no_lock(database: Database) -> None:
    """While somebody writes, others see what was before, and all of one moment."""
    with database.transaction() as unit:
        open_class(unit)
    with database.read_only() as unit:
        assert unit.persons.whereabouts([BOB])
        with database.transaction() as writing:
            count_room(writing)
            count_person(writing)
            with database.read_only() as beside:
                assert [room and room.revision for room in (beside.live_classes.by_key("key"),)] == [0]
        seen = unit.live_classes.by_key("key"), unit.persons.find(BOB)
        assert seen[0]
        assert seen[1]
        assert (seen[0].revision, seen[1].count) == (0, 0)
    with database.read_only() as unit:
        assert (count_of(unit.live_classes.by_key("key")), unit.pupils.of_class(CLASS)[0].nickname) == (1, "Bob")


def count_of(row: LiveClassRow | None) -> int:
    """Return the number stored in a class."""
    assert row
    return row.revision


@pytest.mark.parametrize("write", [count_person, count_room, count_item], ids=lambda one: one.__name__)
def test_an_inspection_cannot_write(database: Database, write: Callable[[UnitOfWork], int]) -> None:
    """A unit of work that only reads and yet changes something raises, and leaves everything as it was."""
    with database.transaction() as unit:
        open_class(unit)
    with pytest.raises(RuntimeError, match="only reads"), database.read_only() as unit:
        write(unit)
    with database.transaction() as unit:
        assert write(unit) == 1


def test_looking_takes_no_locks(town: Town) -> None:
    """A board is read without a lock."""
    with town.one.read_only() as unit:
        assert unit.live_classes.by_key("key")
        assert unit.pupils.of_class(CLASS)
        assert [locked(town.other, table) for table in ("sessions", "persons")] == [set(), set()]
