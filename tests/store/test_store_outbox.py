"""Ownership of messages: claimed in whole chats, by one process at a time, and free once that process is dead."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from postgresql import MakeUrl
from sqlalchemy import select

from bot.store.database import Database, open_database
from bot.store.outbox import INDEPENDENT, OUTBOX, NewMessage
from bot.store.signals import LOCKS

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINE, OTHER, ANN, BEN, CID = 1, 2, 7, 8, 9


def message(chat_id: int, claimed_by: int | None = None, urgency: int = 1, kind: str = "Notice") -> NewMessage:
    """Create a message."""
    return NewMessage(chat_id, kind, "{}", "en", NOW, urgency, claimed_by)


def add(database: Database, *messages: NewMessage) -> tuple[int, ...]:
    """Keep messages, one transaction each."""
    numbers: list[int] = []
    for one in messages:
        with database.transaction() as unit:
            numbers += unit.outbox.add([one])
    return tuple(numbers)


def claim(database: Database, number: int = MINE, most: int = 100, least: int | None = None) -> list[int]:
    """Claim; give the numbers of the messages."""
    with database.transaction() as unit:
        return [row.id for row in unit.outbox.claim(number, most, least)]


def owners(database: Database) -> list[int | None]:
    """Return the owner of each message, in order."""
    with database.engine.connect() as connection:
        return list(connection.scalars(select(OUTBOX.c.claimed_by).order_by(OUTBOX.c.id)))


@pytest.fixture
def shared_url(make_postgresql: MakeUrl) -> str:
    """URL of an empty database that processes can share."""
    return make_postgresql("")


@pytest.fixture
def shared(shared_url: str) -> Iterator[Database]:
    """Database that processes can share."""
    opened = open_database(shared_url)
    yield opened
    opened.close()


@contextmanager
def living(url: str, number: int) -> Iterator[None]:
    """Keep a process of this number alive."""
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, number))
        yield
        # Not by the close alone, which the server may come to know a moment later.
        session.execute("SELECT pg_advisory_unlock_all()")


def test_messages_without_a_live_owner_are_claimed_once(database: Database) -> None:
    """Messages without an owner and those of the dead are claimed, in order; a second look finds none."""
    ids = add(database, message(ANN), message(BEN, OTHER), message(ANN))
    assert claim(database) == list(ids)
    assert owners(database) == [MINE] * 3
    assert claim(database) == []


def test_ones_own_is_not_claimed_again(database: Database) -> None:
    """A chat in which this process has a claim is left alone: what waits behind it is taken up when that is sent."""
    add(database, message(ANN, MINE), message(ANN))
    assert claim(database) == []
    with database.transaction() as unit:
        assert [row.id for row in unit.outbox.adopt_unowned([ANN], MINE)] == [2]
    assert owners(database) == [MINE, MINE]


def test_the_most_urgent_chats_are_claimed_first_and_whole(database: Database) -> None:
    """A helping is made of whole chats, those with something urgent first, then those that have waited longest."""
    add(database, message(ANN, urgency=2), message(BEN), message(CID, urgency=2), message(CID, urgency=0))
    assert claim(database, most=2) == [3, 4]
    assert claim(database, most=1) == [2]
    assert claim(database, most=1) == [1]


def test_only_what_is_urgent_is_claimed_where_that_is_asked(database: Database) -> None:
    """With a minimum urgency, only chats with an urgent message are claimed, with the messages before it."""
    add(database, message(ANN, urgency=2), message(BEN, urgency=2), message(ANN, urgency=0))
    assert claim(database, least=0) == [1, 3]
    assert owners(database) == [MINE, None, MINE]


def test_a_refused_message_is_claimed_by_nobody(database: Database) -> None:
    """A message that Telegram refused blocks nothing and is not claimed again."""
    first, second = add(database, message(ANN, OTHER), message(ANN))
    with database.transaction() as unit:
        unit.outbox.discard(first, "BadRequest: no")
        assert unit.outbox.chats_of_others([ANN], OTHER + 1) == {ANN}
    assert claim(database) == [second]


def test_only_its_owner_takes_a_message_off(database: Database) -> None:
    """A message removed as sent by one process stays if another process owns it meanwhile."""
    mine, others = add(database, message(ANN, MINE), message(BEN, OTHER))
    with database.transaction() as unit:
        unit.outbox.remove([mine, others], MINE)
        assert unit.outbox.still_unsent([mine, others]) == {others}


@pytest.mark.parametrize("kind", INDEPENDENT)
def test_a_chat_is_held_by_whoever_has_something_to_send_there(database: Database, kind: str) -> None:
    """Another's message and one without an owner hold a chat; one's own and what goes apart do not."""
    add(database, message(ANN, OTHER), message(BEN), message(CID, MINE), message(CID, OTHER, kind=kind))
    with database.transaction() as unit:
        assert unit.outbox.chats_of_others([ANN, BEN, CID, 10], MINE) == {ANN, BEN}


def test_nothing_is_taken_up_where_another_has_a_claim(database: Database) -> None:
    """Behind another's message nothing is taken up, nor in chats that were not named."""
    add(database, message(ANN, OTHER), message(ANN), message(BEN), message(CID))
    with database.transaction() as unit:
        assert [row.chat_id for row in unit.outbox.adopt_unowned([ANN, BEN], MINE)] == [BEN]
    assert owners(database) == [OTHER, None, MINE, None]


def test_the_living_keep_what_they_have_claimed(shared: Database, shared_url: str) -> None:
    """A chat of a living process is left alone, with what waits behind it; when the process ends, both are free."""
    ids = add(shared, message(ANN, OTHER), message(ANN), message(BEN))
    with living(shared_url, OTHER):
        assert claim(shared) == [ids[2]]
    assert claim(shared) == [ids[0], ids[1]]


@pytest.mark.parametrize("kind", INDEPENDENT)
def test_an_independent_message_is_claimed_from_a_busy_chat(shared: Database, shared_url: str, kind: str) -> None:
    """An independent message is free once its process is dead, also in a busy chat, and blocks nothing."""
    apart, _, notice = add(shared, message(ANN, 3, 0, kind), message(ANN, OTHER), message(BEN))
    with living(shared_url, OTHER):
        add(shared, message(BEN, OTHER, 0, kind))
        assert claim(shared) == [apart, notice]


def test_only_the_very_message_is_held(database: Database) -> None:
    """A message that says something else is another, though its chat and kind are the same."""
    add(database, message(ANN))
    with database.transaction() as unit:
        assert unit.outbox.holds(ANN, "Notice", "{}")
        assert not unit.outbox.holds(ANN, "Notice", "{ }")


def test_one_process_looks_at_a_time(shared: Database) -> None:
    """While one process claims, another is given nothing and does not wait."""
    add(shared, message(ANN))
    with shared.transaction() as unit:
        assert len(unit.outbox.claim(MINE, 100)) == 1
        assert claim(shared, OTHER) == []
    assert owners(shared) == [MINE]


def test_a_chat_with_a_locked_message_is_left_alone(shared: Database) -> None:
    """A chat of which one message is being settled by a process that passes for dead is claimed later, and whole."""
    first, _, third = add(shared, message(ANN, OTHER), message(ANN, OTHER), message(BEN, OTHER))
    with shared.engine.begin() as connection:
        connection.execute(select(OUTBOX.c.id).where(OUTBOX.c.id == first).with_for_update())
        assert claim(shared) == [third]
    assert claim(shared) == [first, first + 1]


def test_turns_are_shared_by_all(shared: Database) -> None:
    """Slots reserved one after another, by any process, are apart by the spacing; a pause moves them all."""
    with shared.transaction() as unit:
        first = unit.shared_limits.reserve(3, 1000.0)
    with shared.transaction() as unit:
        second = unit.shared_limits.reserve(1, 1000.0)
    with shared.transaction() as unit:
        unit.shared_limits.pause(50_000.0)
        third = unit.shared_limits.reserve(1, 1000.0)
    # A minute is far more than the statements take, and far less than any wrong answer.
    assert [round(seconds / 1000) for seconds in (first, second, third)] == [0, 3, 50]


def test_a_busy_chat_is_known_to_all(shared: Database) -> None:
    """How long a chat is busy is kept as the longest that was told; free chats are neither given nor kept for ever."""
    with shared.transaction() as unit:
        unit.shared_limits.set_busy({ANN: 3000.0, BEN: 1000.0, CID: -100.0})
    with shared.transaction() as unit:
        unit.shared_limits.set_busy({ANN: 2000.0, BEN: 2000.0})
        busy = unit.shared_limits.busy([ANN, BEN, CID])
        unit.shared_limits.delete_idle()
        assert set(unit.shared_limits.busy([ANN, BEN, CID])) == {ANN, BEN}
    assert {chat: round(seconds / 1000) for chat, seconds in busy.items()} == {ANN: 3, BEN: 2}


def test_a_process_that_is_alone_keeps_no_paces(tmp_path: Path) -> None:
    """On SQLite nothing is kept of chats: the one process remembers it."""
    database = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    with database.transaction() as unit:
        unit.shared_limits.set_busy({ANN: 3000.0})
        unit.shared_limits.pause(10.0)
        unit.shared_limits.delete_idle()
        assert unit.shared_limits.busy([ANN]) == {}
    database.close()
