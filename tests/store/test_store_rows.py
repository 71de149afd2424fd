"""Rows of each aggregate come back unchanged, once, and in order."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime, select
from sqlalchemy.dialects import postgresql, sqlite
from strategies import moments, solo_states

from bot.core.scoring import Progress
from bot.core.solo import SoloState, begin
from bot.store.answers import NewAnswer
from bot.store.base import Document, Instant, metadata
from bot.store.claims import Claimed
from bot.store.database import Database, UnitOfWork
from bot.store.inbox import INBOX, Received
from bot.store.outbox import NewMessage
from bot.store.persons import Person
from bot.store.sessions import SentPoll

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def update(update_id: int, lane: str = "chat 7") -> Received:
    """Create an update."""
    return Received(update_id, lane, f'{{"update_id": {update_id}}}')


def message(body: str, chat_id: int = 7, claimed_by: int | None = None) -> NewMessage:
    """Create a message to send."""
    return NewMessage(chat_id, "Notice", body, "en", NOW, claimed_by=claimed_by)


def person(unit: UnitOfWork, person_id: int = 7) -> Person:
    """Add a person."""
    return unit.persons.add(person_id, "Ann", "en", NOW)


def quiz(unit: UnitOfWork, person_id: int = 7, deadline: datetime | None = None, origin: str | None = None) -> int:
    """Begin a quiz of two questions; give its number."""
    state, _ = begin(("q1", "q2"), NOW)
    session = unit.sessions.add(person_id, origin, "", state, NOW)
    session.deadline = deadline
    return session.id


def answer(session: int, question: str, *, right: bool, at: datetime = NOW, round_number: int = 1) -> NewAnswer:
    """Create an answer of person 7."""
    return NewAnswer(session, round_number, 7, question, "v1", right, "Geneva", at)


def test_an_update_is_taken_once(database: Database) -> None:
    """An update that comes again, in any order and whatever came between, is not taken again."""
    with database.transaction() as unit:
        assert unit.inbox.add([update(5), update(9)], NOW) == (update(5), update(9))
    with database.transaction() as unit:
        unit.inbox.finish([9], NOW)
        assert unit.inbox.add([update(9), update(3), update(5), update(10), update(10)], NOW) == (update(3), update(10))
    with database.transaction() as unit:
        assert [one.update_id for one in unit.inbox.claim(100, NOW)] == [3, 5, 10]


def test_handled_updates_are_forgotten_in_time(database: Database) -> None:
    """Updates handled long ago are dropped; those that wait, those set aside and those handled lately stay."""
    with database.transaction() as unit:
        unit.inbox.add([update(number) for number in (1, 2, 3, 4)], NOW)
        unit.inbox.finish([1], NOW)
        unit.inbox.finish([2], NOW, "LookupError: gone")
        unit.inbox.finish([3], LATER)
        unit.inbox.delete_handled(LATER)
    with database.transaction() as unit:
        assert [one.update_id for one in unit.inbox.claim(100, NOW)] == [4]
        assert unit.inbox.add([update(number) for number in (1, 2, 3, 4)], NOW) == (update(1),)
    with database.engine.connect() as connection:
        aside = connection.execute(select(INBOX.c.update_id, INBOX.c.problem).where(INBOX.c.problem.is_not(None)))
        assert aside.all() == [(2, "LookupError: gone")]


def test_the_largest_ids_fit(database: Database) -> None:
    """Ids of 52 bits, as Telegram may give people and chats, are kept whole; update ids too."""
    large = 2**52 - 1
    with database.transaction() as unit:
        person(unit, large)
        unit.inbox.add([update(large)], NOW)
        unit.outbox.add([message("{}", -large)])
    with database.transaction() as unit:
        assert unit.persons.find(large) is not None
        assert unit.inbox.claim(100, NOW) == (Claimed(large, "chat 7", update(large).body, 0, 0),)
        assert [row.chat_id for row in unit.outbox.claim(2, 1000)] == [-large]


def test_messages_wait_in_the_order_of_telling(database: Database) -> None:
    """Messages are numbered in the order in which they were told, within a transaction and from one to the next."""
    bodies = [f"{number:03}" for number in range(150)]
    with database.transaction() as unit:
        first = unit.outbox.add([message(body) for body in bodies[:100]])
    with database.transaction() as unit:
        second = unit.outbox.add([message(body) for body in bodies[100:]])
    assert [*first, *second] == sorted({*first, *second})
    with database.transaction() as unit:
        waiting = unit.outbox.claim(2, 1000)
        assert [row.body for row in waiting] == bodies
        assert [row.id for row in waiting] == [*first, *second]


def test_a_sent_or_discarded_message_is_not_claimed_again(database: Database) -> None:
    """A message that was sent is gone, a refused one is kept with its problem, and neither waits."""
    with database.transaction() as unit:
        sent, refused, waiting = unit.outbox.add([message(body, claimed_by=1) for body in "abc"])
        unit.outbox.remove([sent], 1)
        unit.outbox.discard(refused, "BadRequest: no")
    with database.transaction() as unit:
        assert [row.id for row in unit.outbox.claim(2, 1000)] == [waiting]


def test_numbers_of_messages_are_not_given_again_while_any_waits(database: Database) -> None:
    """A new message comes behind all that wait, also after others were sent."""
    with database.transaction() as unit:
        numbers = unit.outbox.add([message("a", claimed_by=1), message("b")])
        unit.outbox.remove(numbers[:1], 1)
        assert unit.outbox.add([message("c")])[0] > numbers[1]


def test_answers_make_items(database: Database) -> None:
    """Answers to one question make one item that holds their sums; the latest by its time is the latest."""
    with database.transaction() as unit:
        person(unit)
        first, second, third = quiz(unit), quiz(unit), quiz(unit)
        unit.answers.add(answer(first, "q1", right=False))
        unit.answers.add(answer(second, "q1", right=True, at=LATER))
    with database.transaction() as unit:
        unit.answers.add(answer(third, "q1", right=False))
        unit.answers.add(answer(third, "q2", right=True, round_number=2))
    with database.transaction() as unit:
        made = {"q1": Progress(3, 1, last_right=True, last_at=LATER), "q2": Progress.first(right=True, at=NOW)}
        assert unit.answers.progress(7) == made
        assert unit.answers.progress(8) == {}


def test_a_new_answer_is_seen_at_once(database: Database) -> None:
    """Within a transaction, an answer is seen by every later query."""
    with database.transaction() as unit:
        person(unit)
        unit.answers.add(answer(quiz(unit), "q1", right=True))
        assert unit.answers.progress(7) == {"q1": Progress.first(right=True, at=NOW)}
        assert unit.answers.moments_since(7, NOW) == (NOW,)


def test_an_answer_counts_once(database: Database) -> None:
    """A second answer of the same person to the same round of a session is refused by the database itself."""
    with database.transaction() as unit:
        person(unit)
        session = quiz(unit)
        unit.answers.add(answer(session, "q1", right=True))
    with pytest.raises(Exception, match=r"(?i)unique"), database.transaction() as unit:
        unit.answers.add(answer(session, "q1", right=True))
    with database.transaction() as unit:
        assert unit.answers.progress(7)["q1"].asked == 1


def test_a_message_starts_one_quiz(database: Database) -> None:
    """The quiz that a message started is found by it; a second one of the same message is refused."""
    with database.transaction() as unit:
        person(unit)
        session = quiz(unit, origin="7:12")
        assert unit.sessions.started_by("7:13") is None
        assert unit.sessions.started_by("7:12") == session
    with pytest.raises(Exception, match=r"(?i)unique"), database.transaction() as unit:
        quiz(unit, origin="7:12")


def test_the_longest_overdue_is_due_first(database: Database) -> None:
    """Sessions whose deadline has come are due, the longest overdue first; those without one never are."""
    with database.transaction() as unit:
        person(unit)
        late, early, _, _ = (quiz(unit, deadline=moment) for moment in (NOW, NOW - timedelta(days=1), LATER, None))
    with database.transaction() as unit:
        assert unit.sessions.due(NOW, 10) == (early, late)
        assert unit.sessions.due(NOW, 1) == (early,)


def test_a_vote_finds_its_round(database: Database) -> None:
    """A poll leads to its session and round; several polls may ask the same round, and an unknown one leads nowhere."""
    with database.transaction() as unit:
        person(unit)
        session = quiz(unit)
        unit.sessions.add_polls(SentPoll(id=poll, session_id=session, round=2, vote=1) for poll in ("p", "q"))
    with database.transaction() as unit:
        polls = [unit.sessions.poll(poll) for poll in ("p", "q", "r")]
        assert [poll and (poll.session_id, poll.round) for poll in polls] == [(session, 2), (session, 2), None]


def test_a_session_comes_back_as_it_was(database: Database) -> None:
    """The state of a quiz and its moments come back equal."""
    with database.transaction() as unit:
        person(unit)
        session = quiz(unit, deadline=LATER)
    with database.transaction() as unit:
        found = unit.sessions.find(session)
        assert found is not None
        assert (found.state, found.deadline, found.started_at) == (begin(("q1", "q2"), NOW)[0], LATER, NOW)


@pytest.mark.parametrize(
    "zone", [UTC, ZoneInfo("Asia/Almaty"), ZoneInfo("America/New_York"), timezone(timedelta(hours=-9, minutes=-30))]
)
def test_a_moment_of_any_zone_comes_back_as_the_same_moment(database: Database, zone: timezone) -> None:
    """A moment written in any zone is read as the same moment in UTC, to the microsecond."""
    moment = datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=zone)
    with database.transaction() as unit:
        unit.persons.add(7, "Ann", "en", moment)
    with database.transaction() as unit:
        found = unit.persons.find(7)
        assert found is not None
        assert found.since == moment
        assert found.since.utcoffset() == timedelta()


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_moments_keep_their_order_on_disk(moment: datetime, minutes: int) -> None:
    """The stored form of a time depends on the instant only, not on its time zone."""
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        column = Instant().dialect_impl(dialect)
        write, read = column.bind_processor(dialect) or (lambda value: value), column.result_processor(dialect, None)
        assert write(elsewhere) == write(moment)
        assert read(write(elsewhere)) == moment
        assert read(write(elsewhere)).tzinfo is UTC
        assert read(write(None)) is None


@given(solo_states)
def test_a_state_comes_back_from_its_document(state: SoloState) -> None:
    """Any state of a quiz, written as JSON, reads back equal; so does no state."""
    column, dialect = Document(SoloState), sqlite.dialect()
    write, read = column.bind_processor(dialect), column.result_processor(dialect, None)
    assert read(write(state)) == state
    assert read(write(None)) is None


def test_no_column_keeps_a_moment_without_its_zone() -> None:
    """Every column that holds a moment is an Instant."""
    kinds = [type(column.type) for table in metadata.tables.values() for column in table.columns]
    assert Instant in kinds
    assert not any(issubclass(kind, DateTime) for kind in kinds)
