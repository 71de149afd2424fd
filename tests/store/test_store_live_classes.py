"""Rooms, groups and pupils come back as they were, and are found by what people hold in their hands."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.classroom import begin, step
from bot.core.events import Started
from bot.core.seat import Reply, Seat
from bot.store.base import AT_ONCE
from bot.store.database import Database, UnitOfWork
from bot.store.groups import People
from bot.store.live_classes import Host, Hosts, LiveClassRow, Votes
from bot.store.pupils import Pupil

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
GROUP = -(2**52 - 1)


def open_class(
    unit: UnitOfWork, number: int = 1, chat_id: int | None = None, thread_id: int | None = None, **values: str
) -> LiveClassRow:
    """Open a class of teacher 7, over a link or in a group."""
    if unit.persons.find(7) is None:
        unit.persons.add(7, "Ann", "en", NOW)
    state = begin(("q1", "q2"), NOW, seconds=30, bonus=True, together=chat_id is not None)
    usual = {
        "id": unit.sessions.add(7, f"7:{number}", "", state, NOW).id,
        "code": None if chat_id else f"CODE{number}",
        "key": f"key-{number}",
        "invitation": f"invitation-{number}",
    }
    where = {"chat_id": chat_id, "thread_id": thread_id, "language": "kk", "asks_names": True}
    return unit.live_classes.add(**{**usual, **where, **values})


def join(unit: UnitOfWork, row: LiveClassRow, person_id: int, nickname: str = "Bob") -> Pupil:
    """Add a person to a class."""
    if unit.persons.find(person_id) is None:
        unit.persons.add(person_id, "Bob", "en", NOW)
    return unit.pupils.add(row.id, person_id, nickname, NOW)


def test_a_room_comes_back_as_it_was(database: Database) -> None:
    """A new room has nobody leading it and no votes; what changes is kept."""
    with database.transaction() as unit:
        room = open_class(unit)
        assert (room.hosts, room.votes, room.revision, room.shown_at, room.ended_at) == (
            Hosts(),
            Votes(),
            0,
            None,
            None,
        )
        room.hosts = Hosts((Host(7, 12), Host(8)))
        room.votes = Votes(2, (1, 0, 3), (0, 0, 4), 4, 4)
        room.shown_at, room.revision = LATER, 3
        kept = room
    with database.transaction() as unit:
        found = unit.live_classes.find(kept.id)
        assert found == kept
        assert found is not kept


def test_the_state_of_a_class_comes_back_as_it_was(database: Database) -> None:
    """A class is told apart from a quiz, and its state comes back equal."""
    with database.transaction() as unit:
        number = open_class(unit).id
        session = unit.sessions.find_class(number)
        assert session
        session.state, _ = step(session.state, Started(), LATER)
        kept = session.state
    with database.transaction() as unit:
        found = unit.sessions.find_class(number)
        assert found
        assert found.state == kept
        assert unit.sessions.find_solo(number) is None


def test_a_class_is_found_by_what_people_hold(database: Database) -> None:
    """Its code, the key of its board and the invitation of a co-host lead to a class; anything else leads nowhere."""
    with database.transaction() as unit:
        first, second = open_class(unit, 1).id, open_class(unit, 2).id
    with database.transaction() as unit:
        ways = (
            unit.live_classes.by_code("CODE1"),
            unit.live_classes.by_key("key-1"),
            unit.live_classes.by_invitation("invitation-2"),
        )
        assert [room and room.id for room in ways] == [first, first, second]
        assert not any(
            (
                unit.live_classes.by_code("code1"),
                unit.live_classes.by_key("CODE1"),
                unit.live_classes.by_invitation("key-1"),
            )
        )


def test_an_ended_class_is_joined_no_more(database: Database) -> None:
    """Once a class is over nobody joins it by code or invitation, though its board still stands; its code is free."""
    with database.transaction() as unit:
        room = open_class(unit, 1)
        room.ended_at, room.code = LATER, None
        assert unit.live_classes.by_code("CODE1") is None
        assert unit.live_classes.by_invitation("invitation-1") is None
        assert unit.live_classes.by_key("key-1") is room
        again = open_class(unit, 2)
        again.code = "CODE1"
    with database.transaction() as unit:
        found = unit.live_classes.by_code("CODE1")
        assert found
        assert found.id == again.id


@pytest.mark.parametrize("field", ["code", "key", "invitation"])
def test_no_two_classes_share_a_way_in(database: Database, field: str) -> None:
    """A code, key or invitation that another class has is refused by the database itself."""
    with database.transaction() as unit:
        taken = getattr(open_class(unit, 1), field)
    with pytest.raises(Exception, match=r"(?i)unique"), database.transaction() as unit:
        open_class(unit, 2, **{field: taken})


def test_each_topic_of_a_group_has_its_class(database: Database) -> None:
    """A class belongs to its topic of a group, or to the group itself; one that ended is under way nowhere."""
    with database.transaction() as unit:
        whole = open_class(unit, 1, GROUP).id
        topic = open_class(unit, 2, GROUP, thread_id=5).id
        open_class(unit, 3, GROUP, thread_id=6).ended_at = NOW
        open_class(unit, 4, -8)
    with database.transaction() as unit:
        found = [unit.live_classes.open_in(GROUP, thread) for thread in (None, 5, 6)]
        assert [room and room.id for room in found] == [whole, topic, None]
        assert [room.id for room in unit.live_classes.all_open_in(GROUP)] == [whole, topic]


def test_a_group_that_becomes_a_supergroup_takes_its_class_along(database: Database) -> None:
    """When the number of a group changes, its class is found by the new one at once, and after a restart."""
    with database.transaction() as unit:
        room = open_class(unit, 1, -8)
        room.chat_id = GROUP
        assert unit.live_classes.open_in(-8, None) is None
        assert unit.live_classes.open_in(GROUP, None) is room
    with database.transaction() as unit:
        assert unit.live_classes.open_in(-8, None) is None
        assert unit.live_classes.open_in(GROUP, None)


def test_a_group_is_taken_in_once(database: Database) -> None:
    """A group met for the first time has nobody; what Telegram told of it, and whom it allowed, is kept."""
    with database.transaction() as unit:
        group = unit.groups.take(GROUP)
        assert (group.administrators, group.allowed, group.asked_at) == (People(), People(), None)
        group.administrators, group.allowed, group.asked_at = People((2**52 - 1, 8)), People((9,)), NOW
        assert unit.groups.take(GROUP) is group
    with database.transaction() as unit:
        assert unit.groups.take(GROUP) == group


def test_a_pupil_comes_back_as_they_were(database: Database) -> None:
    """A new pupil has an empty seat; what was put, answered and earned is kept."""
    with database.transaction() as unit:
        pupil = join(unit, open_class(unit), 8)
        assert (pupil.seat, pupil.real_name, pupil.message_id, pupil.version, pupil.deadline) == (
            *(Seat(), "", None, None, None),
        )
        answer = Reply(right=True, choice=(0, 2), given="Geneva", note="", points=12, at=NOW)
        pupil.seat = Seat(allowance=150, round=2, open=True, arrived_at=NOW, reply=answer, points=20, right=2, seen=2)
        pupil.nickname, pupil.real_name, pupil.message_id = "Әсем 🦊", "Bob Brown", 2**40
        pupil.version, pupil.deadline = "v1", LATER
    with database.transaction() as unit:
        found = unit.pupils.of_person(pupil.session_id, 8)
        assert found == pupil
        assert found is not pupil


@pytest.mark.parametrize(("nickname", "gone", "here"), [("Bob", False, True), ("", False, False), ("Bob", True, False)])
def test_a_pupil_is_here_once_named_until_gone(database: Database, nickname: str, gone: bool, here: bool) -> None:  # noqa: FBT001 - drawn
    """Nobody sits in a seat before the nickname is chosen, nor after leaving."""
    with database.transaction() as unit:
        pupil = join(unit, open_class(unit), 8, nickname)
        pupil.seat = Seat(gone=gone)
        assert pupil.is_here == here


def test_a_person_has_one_seat_in_a_class(database: Database) -> None:
    """A second seat for the same person in the same class is refused; a seat in another class is not."""
    with database.transaction() as unit:
        first, second = open_class(unit, 1), open_class(unit, 2)
        join(unit, first, 8)
        join(unit, second, 8)
    with pytest.raises(Exception, match=r"(?i)unique"), database.transaction() as unit:
        join(unit, first, 8)


def test_a_class_knows_everybody_in_the_order_of_joining(database: Database) -> None:
    """Everybody who ever joined is in the class, in order, including those found before and those who join later."""
    with database.transaction() as unit:
        room, other = open_class(unit, 1), open_class(unit, 2)
        for person_id in (12, 8, 10):
            join(unit, room, person_id)
        join(unit, other, 8)
    with database.transaction() as unit:
        met = unit.pupils.of_person(room.id, 10)
        assert met
        met.nickname = "Changed"
        everybody = unit.pupils.of_class(room.id)
        assert [pupil.person_id for pupil in everybody] == [12, 8, 10]
        assert everybody[2] is met
        late = join(unit, room, 9)
        assert unit.pupils.of_class(room.id)[-1] is late
        assert unit.pupils.of_person(room.id, 9) is late
        assert unit.pupils.of_person(room.id, 8) is everybody[1]
        assert unit.pupils.of_person(room.id, 11) is None
    with database.transaction() as unit:
        assert [pupil.nickname for pupil in unit.pupils.of_class(room.id)] == ["Bob", "Bob", "Changed", "Bob"]


def test_many_people_are_looked_up_at_once(database: Database) -> None:
    """More people than one query takes are looked up all the same, and those who are there are found."""
    with database.transaction() as unit:
        room = open_class(unit)
        join(unit, room, 8)
    with database.transaction() as unit:
        unit.pupils.load_some(room.id, range(8, 8 + 2 * AT_ONCE + 1))
        assert unit.pupils.of_person(room.id, 8)
        assert unit.pupils.of_person(room.id, 8 + 2 * AT_ONCE) is None


def test_a_class_is_due_when_the_time_of_a_private_seat_has_come(database: Database) -> None:
    """Classes are named once however many of their seats are due; seats without a deadline, or a later one, are not."""
    with database.transaction() as unit:
        first, second, third = (open_class(unit, number) for number in (1, 2, 3))
        due = [join(unit, first, 8), join(unit, first, 9), join(unit, second, 8)]
        for pupil in due:
            pupil.deadline = NOW
        join(unit, first, 10)
        join(unit, third, 8).deadline = LATER
    with database.transaction() as unit:
        assert set(unit.pupils.due(NOW, 10)) == {first.id, second.id}
        assert len(unit.pupils.due(NOW, 1)) == 1
        assert [pupil.person_id for pupil in unit.pupils.due_in(first.id, NOW)] == [8, 9]
        unit.pupils.due_in(first.id, NOW)[0].deadline = None
        assert [pupil.person_id for pupil in unit.pupils.due_in(first.id, NOW)] == [9]


def test_the_classes_of_a_host_are_found(database: Database) -> None:
    """Hosts and co-hosts find the open classes over a link that they lead, told from people with like numbers."""
    with database.transaction() as unit:
        led, shared, other, ended = (open_class(unit, number) for number in range(1, 5))
        in_group = open_class(unit, 5, chat_id=GROUP)
        led.hosts = in_group.hosts = ended.hosts = Hosts((Host(7),))
        shared.hosts = Hosts((Host(70, 7), Host(7, 12)))
        other.hosts = Hosts((Host(77, 7), Host(17)))
        ended.ended_at, ended.code = LATER, None
    with database.transaction() as unit:
        assert [room.id for room in unit.live_classes.hosted_by(7)] == [led.id, shared.id]
        assert [room.id for room in unit.live_classes.hosted_by(17)] == [other.id]
        assert unit.live_classes.hosted_by(1) == ()


def test_a_code_is_looked_up_once_for_all_who_type_it(database: Database) -> None:
    """A code finds its room in what is loaded, and no more once the class is over."""
    with database.transaction() as unit:
        room = open_class(unit)
        code = room.code
        assert code is not None
        assert unit.live_classes.by_code(code) is unit.live_classes.by_code(code) is room
        room.code, room.ended_at = None, LATER
        assert unit.live_classes.by_code(code) is None
