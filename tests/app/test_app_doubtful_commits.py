"""Messages told or claimed in a transaction whose end nobody hears of: given once if it was kept, else never."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from cut_lines import cut_at_commit
from postgresql import MakeUrl
from small_bank import BANK

from bot.app.commands import BeginQuiz, Command, Visitor
from bot.app.dispatch.doubtful_commits import LONGEST_DOUBT
from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService, Received, StoreError
from bot.app.messages import AskedQuestion
from bot.store.database import Database, open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN = 7
T = TypeVar("T")


def quiz(_body: str) -> Command:
    """Read every update as the wish for a quiz."""
    return BeginQuiz(Visitor(ANN, "Ann", "en", in_private=True), topic=None, count=1, message_id=5)


@pytest.fixture
def database(make_postgresql: MakeUrl) -> Iterator[Database]:
    """Give a server's database: on a file of our own nothing is ever in doubt."""
    opened = open_database(make_postgresql(""))
    yield opened
    opened.close()


@pytest.fixture
def service(database: Database) -> QuizService:
    """Give a desk at which somebody wants a quiz."""
    made = QuizService(database, BANK, lambda: NOW, UTC)
    made.open("quiz_bot")
    made.store_updates([Received(1, "chat 7", "{}")])
    return made


def cut(database: Database, moment: str, act: Callable[[], T]) -> None:
    """Do something, and cut the line at its COMMIT."""
    with cut_at_commit(database.engine, lambda: moment), pytest.raises(StoreError, match="cannot be used now"):
        act()


def deliveries(messages: Sequence[OutgoingMessage]) -> list[Delivery]:
    """Let messages be sent."""
    return [
        Delivery(one.id, one.claimed_by, one.chat_id, one.message, 100 + one.id, poll_id=f"poll {one.id}")
        for one in messages
    ]


def test_what_was_kept_is_given_once(service: QuizService, database: Database) -> None:
    """What a story told is given by the next call, whichever, and by no other; and the story is not told again."""
    cut(database, "after", lambda: service.process_batch(quiz, 10))
    given = service.claim_messages().outgoing
    assert [type(one.message) for one in given] == [AskedQuestion]
    assert service.claim_messages().outgoing == ()
    again = service.process_batch(quiz, 10)
    assert (again.outgoing, again.count) == ((), 0)


def test_what_was_not_kept_is_told_again(service: QuizService, database: Database) -> None:
    """A transaction that was undone leaves nothing to send, and the update waits."""
    cut(database, "before", lambda: service.process_batch(quiz, 10))
    assert service.claim_messages().outgoing == ()
    (asked,) = service.process_batch(quiz, 10).outgoing
    assert isinstance(asked.message, AskedQuestion)
    assert service.claim_messages().outgoing == ()


def test_what_is_in_doubt_twice_is_given_all_the_same(service: QuizService, database: Database) -> None:
    """A second line that is cut, before or after its COMMIT, changes nothing."""
    cut(database, "after", lambda: service.process_batch(quiz, 10))
    for moment in ("before", "after"):
        cut(database, moment, service.claim_messages)
    assert len(service.fire_deadlines(())) == 1
    assert service.fire_deadlines(()) == ()


def test_a_claim_in_doubt_is_given(service: QuizService, database: Database) -> None:
    """What was claimed of a process that ended is given, though nobody heard of the claim."""
    service.process_batch(quiz, 10)
    service.set_process_number(service.process_number + 1)
    cut(database, "after", service.claim_messages)
    assert len(service.claim_messages().outgoing) == 1
    assert service.claim_messages().outgoing == ()


def test_under_another_number_nothing_is_in_doubt(service: QuizService, database: Database) -> None:
    """Who counts as dead leaves it to everybody to claim what it told, itself among them."""
    cut(database, "after", lambda: service.process_batch(quiz, 10))
    service.set_process_number(service.process_number + 1)
    assert service.fire_deadlines(()) == ()
    assert len(service.claim_messages().outgoing) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_deliveries_are_noted_once(service: QuizService, database: Database, moment: str) -> None:
    """Noted again because nobody heard that they were, they are passed over; else they are noted now."""
    sent = deliveries(service.process_batch(quiz, 10).outgoing)
    cut(database, moment, lambda: service.record_deliveries(sent))
    assert service.record_deliveries(sent) == ()
    with database.transaction() as unit:
        assert unit.outbox.still_unsent([one.id for one in sent]) == frozenset()
        assert len(unit.sessions.load_polls(one.poll_id for one in sent)) == len(sent)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_deliveries_that_another_has_claimed_are_noted_once(
    service: QuizService, database: Database, moment: str
) -> None:
    """Where the message stands in the outbox in any case, its poll tells whether it was noted before."""
    sent = deliveries(service.process_batch(quiz, 10).outgoing)
    other = QuizService(database, BANK, lambda: NOW, UTC)
    assert [one.id for one in other.claim_messages().outgoing] == [one.id for one in sent]
    cut(database, moment, lambda: service.record_deliveries(sent))
    assert service.record_deliveries(sent) == ()
    with database.transaction() as unit:
        assert unit.outbox.still_unsent([one.id for one in sent], other.process_number) == {one.id for one in sent}
        assert len(unit.sessions.load_polls(one.poll_id for one in sent)) == len(sent)


def test_doubt_comes_to_an_end(database: Database) -> None:
    """What was undone is not asked for at every step for ever, nor where the clock was put back."""
    now = NOW
    service = QuizService(database, BANK, lambda: now, UTC)
    service.open("quiz_bot")
    for update_id, step in enumerate((LONGEST_DOUBT, -LONGEST_DOUBT), 1):
        service.store_updates([Received(update_id, "chat 7", "{}")])
        cut(database, "before", lambda: service.process_batch(quiz, 10))
        service.fire_deadlines(())
        assert service._doubtful_commits._doubtful
        now += 2 * step
        service.fire_deadlines(())
        assert not service._doubtful_commits._doubtful
