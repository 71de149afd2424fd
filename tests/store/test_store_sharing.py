"""Processes that share a PostgreSQL lose nothing of one another's; threads with own connections stand for them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Barrier, Event

import pytest
from town import (
    ANN,
    BOB,
    CLASS,
    GROUP,
    NOW,
    THREADS,
    Town,
    count_group,
    count_item,
    count_person,
    count_pupil,
    count_room,
    count_session,
    locked,
)

from bot.store.database import TRIES, ConflictError, Database, StoreError, UnitOfWork, open_database, retry_on_conflict
from bot.store.live_classes import LiveClassRow
from bot.store.pupils import Pupil

TIMES = 25


@pytest.mark.parametrize(
    "count",
    [count_person, count_session, count_group, count_room, count_pupil, count_item],
    ids=lambda one: one.__name__,
)
def test_no_change_is_lost(town: Town, count: Callable[[UnitOfWork], int]) -> None:
    """Each increment of one row by four threads of two processes is kept."""

    @retry_on_conflict
    def count_once(database: Database) -> None:
        with database.transaction() as unit:
            count(unit)

    town.at_once(lambda database: [count_once(database) for _ in range(TIMES)] and None)
    with town.one.transaction() as unit:
        assert count(unit) == THREADS * TIMES + 1


READERS: dict[str, Callable[[UnitOfWork], object]] = {
    "find session": lambda unit: unit.sessions.find(CLASS),
    "find room": lambda unit: unit.live_classes.find(CLASS),
    "by_code": lambda unit: unit.live_classes.by_code("CODE"),
    "by_key": lambda unit: unit.live_classes.by_key("key"),
    "by_invitation": lambda unit: unit.live_classes.by_invitation("invitation"),
    "hosted_by": lambda unit: unit.live_classes.hosted_by(ANN),
    "find pupil": lambda unit: unit.pupils.find(1),
    "of_person": lambda unit: unit.pupils.of_person(CLASS, BOB),
    "of_class": lambda unit: unit.pupils.of_class(CLASS),
    "nicknames": lambda unit: unit.pupils.nicknames(CLASS),
    "count_here": lambda unit: unit.pupils.count_here(CLASS),
    "names_here": lambda unit: unit.pupils.names_here(CLASS),
    "leading": lambda unit: [unit.pupils.leading(CLASS, 5)],
    "due_in": lambda unit: unit.pupils.due_in(CLASS, NOW + timedelta(seconds=1)),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_a_class_is_read_once_it_is_locked(town: Town, read: Callable[[UnitOfWork], object]) -> None:
    """Every way to find a class or a pupil locks its session until the end of the unit of work, and no person."""
    with town.one.transaction() as unit:
        assert read(unit)
        assert locked(town.other, "sessions") == {CLASS}
        assert locked(town.other, "persons") == set()
    assert locked(town.other, "sessions") == set()


def test_the_progress_of_a_person_is_read_under_a_lock(town: Town) -> None:
    """Reading a person's progress locks that person and nobody else."""
    for read in (
        lambda unit: unit.answers.progress(BOB),
        lambda unit: unit.answers.load_question_progress([(BOB, "q")]),
    ):
        with town.one.transaction() as unit:
            read(unit)
            assert locked(town.other, "persons") == {BOB}


def test_ids_are_found_without_a_lock(town: Town) -> None:
    """To see what must be locked, nothing is."""
    with town.one.transaction() as unit:
        assert unit.persons.whereabouts([ANN, BOB, 9]) == ((None, None, None), (None, None, None))
        assert unit.pupils.classes_of([1, 2]) == {CLASS}
        assert unit.live_classes.ids_hosted_by(ANN) == (CLASS,)
        ways = (
            unit.live_classes.ids_under_way(codes=["CODE"]),
            unit.live_classes.ids_under_way(invitations=["invitation"]),
        )
        assert ways == ((CLASS,), (CLASS,))
        assert unit.live_classes.ids_under_way(chats=[GROUP]) == ()
        assert unit.sessions.due(NOW, 1) == ()
        assert unit.pupils.due(NOW, 1) == (CLASS,)
        assert [locked(town.other, table) for table in ("sessions", "persons", "groups")] == [set(), set(), set()]


def test_a_class_that_ends_while_it_is_waited_for_is_not_found(town: Town) -> None:
    """A class found by its code is read as it is after waiting for its lock."""
    found: list[LiveClassRow | None] = []

    def look(database: Database) -> None:
        with database.transaction() as unit:
            found.append(unit.live_classes.by_code("CODE"))

    with town.one.transaction() as unit:
        row = unit.live_classes.by_code("CODE")
        assert row
        row.code, row.ended_at = None, NOW
        looking = town.begin(look, town.other)
        town.wait_for_a_lock()
    looking.result()
    assert found == [None]


def test_a_pupil_is_read_as_the_last_process_left_them(town: Town) -> None:
    """Pupils are read after waiting for the lock of their class, even if they were found before."""
    found: list[Pupil | None] = []

    def look(database: Database) -> None:
        with database.transaction() as unit:
            found.append(unit.pupils.find(1))

    with town.one.transaction() as unit:
        pupil = unit.pupils.find(1)
        assert pupil
        pupil.nickname = "Robert"
        looking = town.begin(look, town.other)
        town.wait_for_a_lock()
    looking.result()
    assert [one and one.nickname for one in found] == ["Robert"]


def cross(town: Town, act: Callable[[UnitOfWork, Sequence[int]], None]) -> int:
    """Run an act on two people in two processes, one from the end; return how many units of work that took."""
    barrier, ended, begun = Barrier(2), Event(), []

    @retry_on_conflict
    def meet(database: Database, people: Sequence[int]) -> None:
        begun.append(people)
        # Begun at once, the third may lock its first row before the process that waits for it wakes: they cross again.
        assert len(begun) <= 2 or ended.wait(30)
        with database.transaction() as unit:
            act(unit, people[:1])
            if len(begun) <= 2:
                barrier.wait()
            act(unit, people[1:])
        ended.set()

    forwards = town.threads.submit(meet, town.one, (1, 2))
    backwards = town.threads.submit(meet, town.other, (2, 1))
    forwards.result()
    backwards.result()
    return len(begun)


def test_two_that_wait_for_one_another_both_end_well(town: Town) -> None:
    """Of two processes that lock the same people from two ends, one begins again, and both have their way."""
    with town.one.transaction() as unit:
        for number in (1, 2):
            unit.persons.add(number, "", "en", NOW)

    def count_up(unit: UnitOfWork, people: Sequence[int]) -> None:
        for number in people:
            person = unit.persons.find(number)
            assert person
            person.count += 1

    assert cross(town, count_up) == 3
    with town.one.read_only() as unit:
        assert [row and row.count for row in map(unit.persons.find, (1, 2))] == [2, 2]


def test_two_take_in_the_same_people(town: Town) -> None:
    """Two processes that meet the same newcomers at once take them in once, and both go on."""

    def take_in(unit: UnitOfWork, people: Sequence[int]) -> None:
        for number in people:
            person = unit.persons.find(number) or unit.persons.add(number, "", "en", NOW)
            person.count += 1

    assert cross(town, take_in) == 3
    with town.one.read_only() as unit:
        assert [row and row.count for row in map(unit.persons.find, (1, 2))] == [2, 2]


def test_a_broken_rule_stays_what_it_is(database: Database) -> None:
    """A constraint violation that repeats is raised unchanged, so that it counts as an error of the handler."""
    tries = []

    @retry_on_conflict
    def take_in_twice() -> None:
        tries.append(None)
        with database.transaction() as unit:
            unit.persons.add(ANN, "", "en", NOW)
            unit.persons.flush_new()
            unit.persons.add(ANN, "", "en", NOW)

    with pytest.raises(Exception, match=r"(?i)unique"):
        take_in_twice()
    # Where one process has the database for itself, nobody can have been in its way.
    assert len(tries) == (TRIES if database.is_remote else 1)


def test_a_conflict_that_repeats_is_reported(town: Town) -> None:
    """A lock that nobody gives back is a StoreError after a few tries; what the address says of waiting holds."""
    shown = town.one.engine.url.set(drivername="postgresql").update_query_dict({"options": "-c lock_timeout=10"})
    hasty, tries = open_database(shown.render_as_string(hide_password=False)), []

    @retry_on_conflict
    def touch() -> None:
        tries.append(None)
        with hasty.transaction() as unit:
            unit.persons.find(BOB)

    with town.one.transaction() as unit:
        assert unit.persons.find(BOB)
        with pytest.raises(StoreError, match="Other processes were in the way") as told:
            touch()
    assert isinstance(told.value, ConflictError)
    assert len(tries) == TRIES
    touch()
    hasty.close()
