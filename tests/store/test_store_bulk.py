"""Lists are one parameter, and one statement writes many rows, on each engine."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from bot.core.scoring import Progress
from bot.core.solo import begin
from bot.store.answers import QUESTION_PROGRESS, NewAnswer
from bot.store.base import AT_ONCE
from bot.store.bulk import among
from bot.store.database import Database
from bot.store.inbox import INBOX, Received
from bot.store.outbox import OUTBOX, NewMessage
from bot.store.sessions import POLLS, SentPoll

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def said(database: Database) -> list[str]:
    """Return the statements that the database receives from now on."""
    heard: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_others: heard.append(statement)
    )
    return heard


def message(number: int) -> NewMessage:
    """Create a message whose chat id is its number."""
    return NewMessage(number, "Notice", "{}", "en", NOW, claimed_by=1)


def test_a_list_of_any_length_is_said_in_the_same_words(database: Database, said: list[str]) -> None:
    """None, one, or more values than a query takes parameters are found by a statement that stays the same."""
    query = select(INBOX.c.update_id).where(among(INBOX.c.update_id, "ids"))
    with database.transaction() as unit:
        unit.inbox.add([Received(number, "chat 1", "{}") for number in (1, 2, 3)], NOW)
    said.clear()
    with database.engine.connect() as connection:
        for ids in ([], [2], range(2, 4 * AT_ONCE)):
            found = connection.scalars(query.order_by(INBOX.c.update_id), {"ids": ids}).all()
            assert found == [number for number in (1, 2, 3) if number in ids]
    assert len({one for one in said if "inbox" in one}) == 1


def test_texts_in_a_list_are_found_as_they_are(database: Database) -> None:
    """A text with quotes, with another script, or like a number finds itself and nothing else."""
    ids = ['it\'s "one"', "сұрақ", "0012", "12"]
    state, _ = begin(("q",), NOW)
    with database.transaction() as unit:
        unit.persons.add(1, "Ann", "en", NOW)
        session = unit.sessions.add(1, None, "", state, NOW)
        unit.sessions.add_polls([SentPoll(poll, session.id, 1, 1) for poll in ids])
    query = select(POLLS.c.id).where(among(POLLS.c.id, "ids"))
    with database.engine.connect() as connection:
        for poll in ids:
            assert connection.scalars(query, {"ids": (poll,)}).all() == [poll]


def test_a_list_is_looked_up_by_the_index(database: Database) -> None:
    """SQLite searches for each value by the key of the table, and reads no table whole."""
    if database.is_remote:
        pytest.skip("PostgreSQL plans by what is in its tables")
    with database.engine.connect() as connection:
        for table in (INBOX, OUTBOX, POLLS, QUESTION_PROGRESS):
            (key,) = table.primary_key
            query = select(key).where(among(key, "ids")).compile(connection)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("[1]",)).all()
            assert plan[0][3].startswith(f"SEARCH {table.name} USING")


def test_rows_are_numbered_in_the_order_in_which_they_are_given(database: Database) -> None:
    """Messages get rising numbers, each its own, whatever was there before; it is one statement and a few words."""
    with database.transaction() as unit:
        before = unit.outbox.add([message(chat) for chat in (3, 1, 2)])
        unit.outbox.remove(before[1:2], 1)
        numbers = unit.outbox.add([message(chat) for chat in range(200, 0, -1)])
        assert unit.outbox.add([]) == ()
    assert numbers == tuple(sorted({*numbers} - {*before}))
    with database.engine.connect() as connection:
        chats = dict(connection.execute(select(OUTBOX.c.id, OUTBOX.c.chat_id)).all())
    assert [chats[number] for number in numbers] == list(range(200, 0, -1))


def test_many_rows_are_one_statement(database: Database, said: list[str]) -> None:
    """Fifty answers are inserted by one statement, what is known by another, and changed by a third."""
    with database.transaction() as unit:
        unit.persons.add(1, "Ann", "en", NOW)
        session = unit.sessions.add(1, None, "", begin(("q",), NOW)[0], NOW).id
    for first_round in (1, 51):
        said.clear()
        with database.transaction() as unit:
            unit.answers.load_question_progress((1, f"q{number}") for number in range(50))
            for number in range(50):
                unit.answers.add(
                    NewAnswer(session, first_round + number, 1, f"q{number}", "v", number % 2 == 0, "x", NOW)
                )
        assert len([one for one in said if one.startswith(("INSERT", "UPDATE"))]) == 2
    with database.transaction() as unit:
        assert unit.answers.progress(1)["q3"] == Progress(2, 0, last_right=False, last_at=NOW)


def test_an_update_that_comes_again_beside_new_ones_is_not_kept_twice(database: Database) -> None:
    """Of updates offered again, in any order and twice in one breath, those that are new are given, in order."""
    with database.transaction() as unit:
        unit.inbox.add([Received(2, "chat 1", "first")], NOW)
    with database.transaction() as unit:
        offered = [Received(number, "chat 1", "again") for number in (3, 2, 1, 3)]
        assert [one.update_id for one in unit.inbox.add(offered, NOW)] == [1, 3]
        assert unit.inbox.add(offered, NOW) == ()
    with database.engine.connect() as connection:
        bodies = dict(connection.execute(select(INBOX.c.update_id, INBOX.c.body)).all())
    assert bodies == {1: "again", 2: "first", 3: "again"}


def test_values_are_kept_as_they_are(database: Database) -> None:
    """Quotes, backslashes, line ends, other scripts, microseconds, false, and nothing at all come back as they were."""
    given = 'a "b" \\ \n\t дұрыс 🦉'
    moment = datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC)
    with database.transaction() as unit:
        person = unit.persons.add(1, given, "kk", moment)
        session = unit.sessions.add(1, None, given, begin((given,), moment)[0], moment)
        unit.answers.add(NewAnswer(session.id, 1, 1, given, "v", right=False, given=given, at=moment))
        unit.outbox.add([message(1)._replace(body=given, claimed_by=None)])
    with database.transaction() as unit:
        assert unit.persons.find(1) == person
        assert unit.answers.progress(1) == {given: Progress(1, 0, last_right=False, last_at=moment)}
        (unsent,) = unit.outbox.adopt_unowned([1], 5)
        assert unsent.body == given
