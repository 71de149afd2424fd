"""People and pupils who come for the first time are written together, and are there at once for who asks."""

from datetime import UTC, datetime

from sqlalchemy import event, func, select

from bot.core.classroom import begin
from bot.core.scoring import Progress
from bot.core.seat import Seat, rejoin
from bot.store.answers import NewAnswer
from bot.store.database import Database, UnitOfWork
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.sessions import ClassSession

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_class(unit: UnitOfWork) -> ClassSession:
    """Open a class that Tess leads."""
    unit.persons.add(1, "Tess", "en", NOW)
    state = begin(("q",), NOW, seconds=0, bonus=False, together=True)
    return unit.sessions.add(1, None, "", state, NOW)


def test_newcomers_are_inserted_together(database: Database) -> None:
    """Two hundred people and their seats cost one statement each, and a few that make sure of nothing else."""
    with database.transaction() as unit:
        session = a_class(unit)
    inserts: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_others: inserts.append(statement)
    )
    with database.transaction() as unit:
        for number in range(2, 202):
            unit.persons.add(number, f"Pupil {number}", "en", NOW)
            unit.pupils.add_later(session.id, number, f"Pupil {number}", NOW)
    assert len([one for one in inserts if one.startswith("INSERT")]) == 2
    with database.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(PUPILS)) == 200
        assert connection.scalar(select(func.count()).select_from(PERSONS)) == 201


def test_a_newcomer_is_found_before_anything_is_written(database: Database) -> None:
    """A new person is found by id and by seat, with the default values of the columns, and can be changed."""
    with database.transaction() as unit:
        session = a_class(unit)
        ben = unit.persons.add(2, "Ben", "kk", NOW)
        seat = unit.pupils.add_later(session.id, 2, "Ben", NOW)
        assert unit.persons.find(2) is ben
        assert (ben.topic, ben.count, ben.is_private, ben.class_id) == ("", 0, False, None)
        assert unit.pupils.of_person(session.id, 2) is seat
        ben.count, seat.seat = 5, rejoin(Seat(right=1))
    with database.transaction() as unit:
        found, sat = unit.persons.find(2), unit.pupils.of_person(session.id, 2)
        assert found == ben
        assert sat == seat
        assert sat.id > 0


def test_newcomers_are_numbered_in_the_order_of_coming(database: Database) -> None:
    """Asked for the whole class, those not written yet are written first, and get their numbers in order."""
    with database.transaction() as unit:
        session = a_class(unit)
        for number in (5, 3, 4):
            unit.persons.add(number, f"Pupil {number}", "en", NOW)
        seats = [unit.pupils.add_later(session.id, number, "", NOW) for number in (5, 3)]
        everybody = unit.pupils.of_class(session.id)
        assert everybody == seats
        assert [pupil.person_id for pupil in everybody] == [5, 3]
        late = unit.pupils.add_later(session.id, 4, "", NOW)
        assert everybody == [*seats, late]
        assert sorted(pupil.id for pupil in everybody) == [pupil.id for pupil in everybody]
        assert late.id > 0


def test_an_answer_of_a_newcomer_is_kept(database: Database) -> None:
    """A person is written before what refers to that person, whatever is asked first."""
    with database.transaction() as unit:
        session = a_class(unit)
        unit.persons.add(2, "Ben", "en", NOW)
        unit.answers.add(NewAnswer(session.id, 1, 2, "q", "v", right=True, given="x", at=NOW))
        assert unit.answers.progress(2) == {"q": Progress.first(True, NOW)}  # noqa: FBT003 - right
