"""Messages of a doubtful commit are released to the sender once if they were committed, else never."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from cut_lines import cut_at_commit
from postgresql import MakeUrl
from small_bank import BANK

from bot.app.commands import BeginQuiz, Command, Visitor
from bot.app.dispatch.doubtful_commits import MAX_DOUBT
from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService, Received, StoreError
from bot.app.messages import AskedQuestion
from bot.store.database import Database, open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN = 7
T = TypeVar("T")


def parse_as_quiz(_body: str) -> Command:
    """Parse every update as the command to begin a quiz."""
    return BeginQuiz(Visitor(ANN, "Ann", "en", in_private=True), topic=None, count=1, message_id=5)


@pytest.fixture
def database(make_postgresql: MakeUrl) -> Iterator[Database]:
    """A PostgreSQL database; on SQLite no commit is in doubt."""
    opened = open_database(make_postgresql(""))
    yield opened
    opened.close()


@pytest.fixture
def service(database: Database) -> QuizService:
    """A service whose inbox has a command to begin a quiz."""
    made = QuizService(database, BANK, lambda: NOW, UTC)
    made.open("quiz_bot")
    made.store_updates([Received(1, "chat 7", "{}")])
    return made


def break_commit(database: Database, moment: str, call: Callable[[], T]) -> None:
    """Run a call whose connection breaks before or after its COMMIT."""
    with cut_at_commit(database.engine, lambda: moment), pytest.raises(StoreError, match="cannot be used now"):
        call()


def deliveries(messages: Sequence[OutgoingMessage]) -> list[Delivery]:
    """Create deliveries of messages that were sent."""
    return [
        Delivery(one.id, one.claimed_by, one.chat_id, one.message, 100 + one.id, poll_id=f"poll {one.id}")
        for one in messages
    ]


def test_committed_messages_are_released_once(service: QuizService, database: Database) -> None:
    """Committed messages are released once, by the next call of any sort, and their update is not handled again."""
    break_commit(database, "after", lambda: service.process_batch(parse_as_quiz, 10))
    claimed = service.claim_messages().outgoing
    assert [type(one.message) for one in claimed] == [AskedQuestion]
    assert service.claim_messages().outgoing == ()
    again = service.process_batch(parse_as_quiz, 10)
    assert (again.outgoing, again.count) == ((), 0)


def test_a_rolled_back_update_is_handled_again(service: QuizService, database: Database) -> None:
    """A transaction that was rolled back leaves nothing to send, and its update is handled again."""
    break_commit(database, "before", lambda: service.process_batch(parse_as_quiz, 10))
    assert service.claim_messages().outgoing == ()
    (asked,) = service.process_batch(parse_as_quiz, 10).outgoing
    assert isinstance(asked.message, AskedQuestion)
    assert service.claim_messages().outgoing == ()


def test_messages_in_doubt_twice_are_released(service: QuizService, database: Database) -> None:
    """Messages in doubt are released even if the next connections break too, before or after the COMMIT."""
    break_commit(database, "after", lambda: service.process_batch(parse_as_quiz, 10))
    for moment in ("before", "after"):
        break_commit(database, moment, service.claim_messages)
    assert len(service.fire_deadlines(())) == 1
    assert service.fire_deadlines(()) == ()


def test_messages_of_a_claim_in_doubt_are_released(service: QuizService, database: Database) -> None:
    """Messages whose claim was committed in doubt are released once."""
    service.process_batch(parse_as_quiz, 10)
    service.set_process_number(service.process_number + 1)
    break_commit(database, "after", service.claim_messages)
    assert len(service.claim_messages().outgoing) == 1
    assert service.claim_messages().outgoing == ()


def test_doubts_end_with_the_process_number(service: QuizService, database: Database) -> None:
    """A process that counted as dead, and has a new number, must claim its doubtful messages like any other."""
    break_commit(database, "after", lambda: service.process_batch(parse_as_quiz, 10))
    service.set_process_number(service.process_number + 1)
    assert service.fire_deadlines(()) == ()
    assert len(service.claim_messages().outgoing) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_deliveries_in_doubt_are_recorded_once(service: QuizService, database: Database, moment: str) -> None:
    """Deliveries of a doubtful commit are recorded exactly once, whether it was committed or not."""
    sent = deliveries(service.process_batch(parse_as_quiz, 10).outgoing)
    break_commit(database, moment, lambda: service.record_deliveries(sent))
    assert service.record_deliveries(sent) == ()
    with database.transaction() as unit:
        assert unit.outbox.still_unsent([one.id for one in sent]) == frozenset()
        assert len(unit.sessions.load_polls(one.poll_id for one in sent)) == len(sent)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_deliveries_in_doubt_claimed_by_another_process_are_recorded_once(
    service: QuizService, database: Database, moment: str
) -> None:
    """A doubtful delivery is recorded once even if another process has claimed the message: its poll decides."""
    sent = deliveries(service.process_batch(parse_as_quiz, 10).outgoing)
    other = QuizService(database, BANK, lambda: NOW, UTC)
    assert [one.id for one in other.claim_messages().outgoing] == [one.id for one in sent]
    break_commit(database, moment, lambda: service.record_deliveries(sent))
    assert service.record_deliveries(sent) == ()
    with database.transaction() as unit:
        assert unit.outbox.still_unsent([one.id for one in sent], other.process_number) == {one.id for one in sent}
        assert len(unit.sessions.load_polls(one.poll_id for one in sent)) == len(sent)


def test_doubts_end_after_a_minute(database: Database) -> None:
    """A doubt ends after MAX_DOUBT, also if the clock is set back."""
    now = NOW
    service = QuizService(database, BANK, lambda: now, UTC)
    service.open("quiz_bot")
    for update_id, step in enumerate((MAX_DOUBT, -MAX_DOUBT), 1):
        service.store_updates([Received(update_id, "chat 7", "{}")])
        break_commit(database, "before", lambda: service.process_batch(parse_as_quiz, 10))
        service.fire_deadlines(())
        assert service._doubtful_commits._doubtful
        now += 2 * step
        service.fire_deadlines(())
        assert not service._doubtful_commits._doubtful
