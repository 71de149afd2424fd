"""Queries on a whole class that read no seats: who is here, who leads, what everybody is called."""

from collections.abc import Iterable

import pytest
from sqlalchemy import event
from town import ANN, BOB, CLASS, NOW, open_class

from bot.core.seat import Seat
from bot.store.database import Database, UnitOfWork
from bot.store.pupils import Pupil


@pytest.fixture(autouse=True)
def _a_class(database: Database) -> None:
    """Create a class of Ann with Ann and Bob in it."""
    with database.transaction() as unit:
        open_class(unit)


def join(unit: UnitOfWork, person_id: int, nickname: str) -> Pupil:
    """Add a new person to the class."""
    unit.persons.add(person_id, "", "en", NOW)
    return unit.pupils.add_later(CLASS, person_id, nickname, NOW)


def names(pupils: Iterable[Pupil]) -> list[str]:
    """Return the names of these pupils."""
    return [pupil.nickname for pupil in pupils]


def test_a_class_tells_who_is_here_and_who_leads(database: Database) -> None:
    """The first places go by rank and joining; who left, is not named yet, or has no place is not among them."""
    seats = {"Cid": Seat(rank=2), "Dan": Seat(rank=1), "Eve": Seat(rank=2), "Fay": Seat(rank=1, gone=True)}
    with database.transaction() as unit:
        for person_id, (nickname, seat) in enumerate({**seats, "": Seat(rank=1), "Guy": Seat(rank=4)}.items(), 10):
            join(unit, person_id, nickname).seat = seat
    with database.read_only() as unit:
        assert unit.pupils.names_here(CLASS) == ("Bob", "Ann", "Cid", "Dan", "Eve", "Guy")
        assert unit.pupils.count_here(CLASS) == 6
        assert names(unit.pupils.leading(CLASS, 3)) == ["Dan", "Cid", "Eve"]
        assert names(unit.pupils.leading(CLASS, 9)) == ["Dan", "Cid", "Eve", "Guy"]
        assert sorted(unit.pupils.nicknames(CLASS).values()) == ["Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Guy"]


def test_a_class_tells_nothing_of_another(database: Database) -> None:
    """Of a class that nobody joined, nobody is told."""
    with database.read_only() as unit:
        lists = unit.pupils.names_here, unit.pupils.count_here, unit.pupils.nicknames
        assert [told(CLASS + 1) for told in lists] == [(), 0, {}]
        assert unit.pupils.leading(CLASS + 1, 5) == []


def test_changes_are_seen_before_they_are_flushed(database: Database) -> None:
    """A change by joining, renaming, leaving or ranking is seen at once within the unit of work."""
    with database.transaction() as unit:
        ann, bob = unit.pupils.of_person(CLASS, ANN), unit.pupils.of_person(CLASS, BOB)
        assert ann
        assert bob
        assert unit.pupils.nicknames(CLASS) == {bob.id: "Bob", ann.id: "Ann"}
        ann.nickname, bob.seat = "Anna", Seat(rank=1)
        cid = join(unit, 10, "Cid")
        assert unit.pupils.nicknames(CLASS) == {bob.id: "Bob", ann.id: "Anna", cid.id: "Cid"}
        (leader,) = unit.pupils.leading(CLASS, 5)
        assert leader is bob
        bob.seat = Seat(rank=1, gone=True)
        assert unit.pupils.names_here(CLASS) == ("Anna", "Cid")
        assert unit.pupils.count_here(CLASS) == 2
        assert unit.pupils.leading(CLASS, 5) == []


def test_no_seat_is_read_but_those_of_who_leads(database: Database) -> None:
    """Were every other seat unreadable, all lists would be given; and the nicknames of a class are asked for once."""
    with database.transaction() as unit:
        join(unit, 10, "Cid").seat = Seat(rank=1)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE pupils SET seat = 'torn' WHERE rank <> 1")
    asked: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: asked.append(statement)
    )
    with database.read_only() as unit:
        assert unit.pupils.count_here(CLASS) == len(unit.pupils.names_here(CLASS)) == 3
        assert names(unit.pupils.leading(CLASS, 1)) == ["Cid"]
        assert unit.pupils.nicknames(CLASS) == unit.pupils.nicknames(CLASS)
    assert len([one for one in asked if "FROM pupils" in one]) == 4
