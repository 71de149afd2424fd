"""Fills a database with many people: a hundred really take part, and SQL multiplies the rows that the bot wrote."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from service_driver import ServiceDriver, answer, visitor
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
from bot.store.answers import ANSWERS, QUESTION_PROGRESS
from bot.store.inbox import INBOX
from bot.store.live_classes import LIVE_CLASSES
from bot.store.persons import PERSONS
from bot.store.pupils import PUPILS
from bot.store.sessions import POLLS, SESSIONS

FIRST_ID = 1_000_000_000
TEMPLATE = 100
"""The number of people who really take part; the first ANSWERING of them have an open question of a solo quiz."""
ANSWERING = 80
ANSWERS_EACH = 4
PUPIL_ID = 500_000_000
# Ids of a copy are larger than those of the copy before by this number; all original rows have smaller ids.
_STRIDE = 100_000
_COPIES_AT_ONCE = 1_000

# More than the messages sent to the hundred, so their polls all have smaller numbers.
_MOST_POLLS = 2_000

Expressions = Mapping[str, ColumnElement[Any]]


class LiveClass(NamedTuple):
    """A class: the id of its session, the code for joining, the key of its board."""

    id: int
    code: str
    key: str


def create_template(driver: ServiceDriver) -> None:
    """Run a quiz for a hundred people, and a class with the last of them, whose teacher is the very last."""
    people = range(FIRST_ID, FIRST_ID + TEMPLATE)
    driver.run([BeginQuiz(visitor(person), topic=None, count=ANSWERS_EACH + 1, message_id=1) for person in people])
    for _ in range(ANSWERS_EACH):
        driver.now += timedelta(minutes=1)
        driver.run([answer(person, *driver.asked[person]) for person in people])
    run_class(driver, people[-1], range(FIRST_ID + ANSWERING, people[-1]))


def run_class(driver: ServiceDriver, teacher: int, pupils: range) -> LiveClass:
    """Open a class, and let the pupils join and answer one question, which closes its round; return the class."""
    plan = ClassPlan(count=5, seconds=0)
    sent = driver.run([OpenClass(visitor(teacher), plan=plan, message_id=2)])
    code = next(one.message.code for one in sent if isinstance(one.message, ClassOpened))
    with driver.database.engine.begin() as connection:
        found = connection.execute(
            select(LIVE_CLASSES.c.id, LIVE_CLASSES.c.code, LIVE_CLASSES.c.key).where(LIVE_CLASSES.c.code == code)
        )
        live_class = LiveClass(*found.one())
    driver.run([JoinClass(visitor(person), code=code) for person in pupils])
    driver.run([TakeNickname(visitor(person), session=live_class.id) for person in pupils])
    driver.run([ControlClass(visitor(teacher), session=live_class.id, round=0, control=Control.START)])
    driver.run([answer(person, *driver.asked[person]) for person in pupils])
    return live_class


def multiply(driver: ServiceDriver, have: int, want: int) -> None:
    """Copy the template until the database has `want` instead of `have` people, both multiples of TEMPLATE."""
    for start in range(have // TEMPLATE, want // TEMPLATE, _COPIES_AT_ONCE):
        copies = (start, min(start + _COPIES_AT_ONCE, want // TEMPLATE) - 1)
        with driver.database.engine.begin() as connection:
            for table, where, changed in _TABLES:
                connection.execute(_copy_statement(table, where, changed, copies))
    _maintain(driver)


def _copy_statement(table: Table, where: Any, changed: Any, copies: tuple[int, int]) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Build the statement that copies the template's rows of a table, for the copies from the first to the last."""
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
    return func.replace(
        type_coerce(LIVE_CLASSES.c.hosts, String), str(teacher), cast(teacher + copy * TEMPLATE, String)
    )


def _took_part(column: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    return column.between(FIRST_ID, FIRST_ID + TEMPLATE - 1)


# Restricted by the primary key, so that the database does not read all copies to find these few.
_TEMPLATE_SESSIONS = select(SESSIONS.c.id).where(SESSIONS.c.id < _STRIDE, _took_part(SESSIONS.c.person_id))
# Each table, the condition for the template's rows, and the columns that differ in a copy.
# Of the inbox one update a person is copied: handled updates are deleted after two days.
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
        POLLS.c.session_id.in_(_TEMPLATE_SESSIONS) & POLLS.c.id.in_([f"poll{number}" for number in range(_MOST_POLLS)]),
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
        QUESTION_PROGRESS,
        _took_part(QUESTION_PROGRESS.c.person_id),
        lambda copy: {
            "key": cast(_person(QUESTION_PROGRESS.c.person_id, copy), String) + " " + QUESTION_PROGRESS.c.question_id,
            "person_id": _person(QUESTION_PROGRESS.c.person_id, copy),
        },
    ),
    (
        LIVE_CLASSES,
        LIVE_CLASSES.c.id.in_(_TEMPLATE_SESSIONS),
        lambda copy: {
            "id": _number(LIVE_CLASSES.c.id, copy),
            "hosts": _hosts(copy),
            **{name: _named(LIVE_CLASSES.c[name], copy) for name in ("code", "key", "invitation")},
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


def _maintain(driver: ServiceDriver) -> None:
    """Update sequences, statistics and the WAL, as a database does by itself in time."""
    engine = driver.database.engine
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            sqlite = connection.connection.driver_connection
            assert isinstance(sqlite, sqlite3.Connection)
            sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.begin() as connection:
        for table in _NUMBERED:
            largest = f"(SELECT max(id) FROM {table})"  # noqa: S608 - our own names
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {largest})"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def undo_joining(driver: ServiceDriver, live_class: LiveClass, people: list[int]) -> None:
    """Delete the rows of people who joined a class, so that the class is as large as before."""
    with driver.database.engine.begin() as connection:
        connection.execute(PUPILS.delete().where(PUPILS.c.session_id == live_class.id, PUPILS.c.person_id.in_(people)))
        connection.execute(PERSONS.update().where(PERSONS.c.id.in_(people)).values(class_id=None, expected_text=None))


def template_time(now: datetime) -> datetime:
    """Return the time at which the template is created: days ago, so that the next answers are the first of a day."""
    return now - timedelta(days=3)
