"""Fills a database with many people: a hundred really take part, and SQL multiplies what the bot wrote of them."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from office import Office, answer, visitor
from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    true,
    type_coerce,
)

from bot.app.commands import BeginQuiz, ClassPlan, Control, ControlClass, JoinClass, OpenClass, TakeNickname
from bot.app.messages import ClassOpened
from bot.store.answers import ANSWERS, ITEMS
from bot.store.inbox import INBOX
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.rooms import ROOMS
from bot.store.sessions import POLLS, SESSIONS

FIRST_ID = 1_000_000_000
TEMPLATE = 100
"""How many really take part; of these, the first ANSWERING have a question open that they were asked alone."""
ANSWERING = 80
ANSWERS_EACH = 4
PUPIL_ID = 500_000_000
# Rows of a copy have numbers so much larger than those of the copy before; more than all rows before the first copy.
_STRIDE = 100_000
_COPIES_AT_ONCE = 1_000

# The hundred were sent fewer messages than this, so no poll of theirs has a larger number.
_MOST_POLLS = 2_000

Expressions = Mapping[str, ColumnElement[Any]]


class LiveClass(NamedTuple):
    """A class: the number of its session, the code to join by, the key of its board."""

    id: int
    code: str
    key: str


def take_part(office: Office) -> None:
    """Let a hundred people answer some questions each, and the last of them hold a class for those before."""
    people = range(FIRST_ID, FIRST_ID + TEMPLATE)
    office.live([BeginQuiz(visitor(person), topic=None, count=ANSWERS_EACH + 1, message_id=1) for person in people])
    for _ in range(ANSWERS_EACH):
        office.now += timedelta(minutes=1)
        office.live([answer(person, *office.asked[person]) for person in people])
    hold_class(office, people[-1], range(FIRST_ID + ANSWERING, people[-1]))


def hold_class(office: Office, teacher: int, pupils: range) -> LiveClass:
    """Open a class, let pupils in and answer one question; its round is closed then, and the standings are shown."""
    plan = ClassPlan(count=5, seconds=0)
    said = office.live([OpenClass(visitor(teacher), plan=plan, message_id=2)])
    code = next(one.message.code for one in said if isinstance(one.message, ClassOpened))
    with office.database.engine.begin() as connection:
        found = connection.execute(select(ROOMS.c.id, ROOMS.c.code, ROOMS.c.key).where(ROOMS.c.code == code))
        room = LiveClass(*found.one())
    office.live([JoinClass(visitor(person), code=code) for person in pupils])
    office.live([TakeNickname(visitor(person), session=room.id) for person in pupils])
    office.live([ControlClass(visitor(teacher), session=room.id, round=0, control=Control.START)])
    office.live([answer(person, *office.asked[person]) for person in pupils])
    return room


def multiply(office: Office, have: int, want: int) -> None:
    """Fill the database from so many people up to so many, both multiples of TEMPLATE."""
    for start in range(have // TEMPLATE, want // TEMPLATE, _COPIES_AT_ONCE):
        copies = (start, min(start + _COPIES_AT_ONCE, want // TEMPLATE) - 1)
        with office.database.engine.begin() as connection:
            for table, where, changed in _TABLES:
                connection.execute(_copied(table, where, changed, copies))
    _tend(office)


def _copied(table: Table, where: Any, changed: Any, copies: tuple[int, int]) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Make the statement that copies a table's rows of those who took part, for copies from the first to the last."""
    first, last = copies
    numbers = select(literal(first).label("copy")).cte("copies", recursive=True)
    numbers = numbers.union_all(select(numbers.c.copy + 1).where(numbers.c.copy < last))
    expressions: Expressions = changed(numbers.c.copy)
    columns = [expressions.get(column.name, column) for column in table.c]
    rows = select(*columns).select_from(table.join(numbers, true())).where(where).order_by(numbers.c.copy)
    return insert(table).from_select([column.name for column in table.c], rows)


def _person(column: Any, copy: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return column + copy * TEMPLATE


def _number(column: Any, copy: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return column + copy * _STRIDE


def _named(column: Any, copy: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return type_coerce(column, String) + "_" + cast(copy, String)


def _hosts(copy: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    teacher = FIRST_ID + TEMPLATE - 1
    return func.replace(type_coerce(ROOMS.c.hosts, String), str(teacher), cast(teacher + copy * TEMPLATE, String))


def _took_part(column: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return column.between(FIRST_ID, FIRST_ID + TEMPLATE - 1)


# By the key, so that a database need not look at all the copies for these few.
_SESSIONS_OF_THEIRS = select(SESSIONS.c.id).where(SESSIONS.c.id < _STRIDE, _took_part(SESSIONS.c.person_id))
# Handled updates are kept two days: one of each person's stands for those of the few who were here so lately.
# Each table, which of its rows are those of the hundred, and what is another in a copy of them.
_TABLES: tuple[tuple[Table, Any, Any], ...] = (
    (
        PERSONS,
        _took_part(PERSONS.c.id),
        lambda copy: {
            "id": _person(PERSONS.c.id, copy),
            "session_id": _number(PERSONS.c.session_id, copy),
            "class_id": _number(PERSONS.c.class_id, copy),
        },
    ),
    (
        SESSIONS,
        (SESSIONS.c.id < _STRIDE) & _took_part(SESSIONS.c.person_id),
        lambda copy: {
            "id": _number(SESSIONS.c.id, copy),
            "person_id": _person(SESSIONS.c.person_id, copy),
            "origin": _named(SESSIONS.c.origin, copy),
        },
    ),
    (
        POLLS,
        POLLS.c.session_id.in_(_SESSIONS_OF_THEIRS)
        & POLLS.c.id.in_([f"poll{number}" for number in range(_MOST_POLLS)]),
        lambda copy: {"id": _named(POLLS.c.id, copy), "session_id": _number(POLLS.c.session_id, copy)},
    ),
    (
        ANSWERS,
        _took_part(ANSWERS.c.person_id),
        lambda copy: {
            "session_id": _number(ANSWERS.c.session_id, copy),
            "person_id": _person(ANSWERS.c.person_id, copy),
        },
    ),
    (
        ITEMS,
        _took_part(ITEMS.c.person_id),
        lambda copy: {
            "key": cast(_person(ITEMS.c.person_id, copy), String) + " " + ITEMS.c.question_id,
            "person_id": _person(ITEMS.c.person_id, copy),
        },
    ),
    (
        ROOMS,
        ROOMS.c.id.in_(_SESSIONS_OF_THEIRS),
        lambda copy: {
            "id": _number(ROOMS.c.id, copy),
            "hosts": _hosts(copy),
            **{name: _named(ROOMS.c[name], copy) for name in ("code", "key", "invitation")},
        },
    ),
    (
        PUPILS,
        _took_part(PUPILS.c.person_id),
        lambda copy: {
            "id": _number(PUPILS.c.id, copy),
            "session_id": _number(PUPILS.c.session_id, copy),
            "person_id": _person(PUPILS.c.person_id, copy),
        },
    ),
    (
        INBOX,
        INBOX.c.update_id <= TEMPLATE,
        lambda copy: {"update_id": _number(INBOX.c.update_id, copy), "lane": _named(INBOX.c.lane, copy)},
    ),
)
_NUMBERED = ("sessions", "pupils")


def _tend(office: Office) -> None:
    """Do what the servers do by themselves in time: count on from the largest numbers, know how much there is."""
    engine = office.database.engine
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.begin() as connection:
        for table in _NUMBERED:
            largest = f"(SELECT max(id) FROM {table})"  # noqa: S608 - our own names
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {largest})"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def forget_joined(office: Office, room: LiveClass, people: list[int]) -> None:
    """Put people who joined a class out of its rows again, so that the class is as large as before."""
    with office.database.engine.begin() as connection:
        connection.execute(PUPILS.delete().where(PUPILS.c.session_id == room.id, PUPILS.c.person_id.in_(people)))
        connection.execute(PERSONS.update().where(PERSONS.c.id.in_(people)).values(class_id=None, awaits=None))


def began(moment: datetime) -> datetime:
    """Give when those who took part did so: days before, so that their next answer is the first of its day."""
    return moment - timedelta(days=3)
