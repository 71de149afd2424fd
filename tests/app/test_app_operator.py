"""Dead letters as an operator sees them: ids, times, kinds and problems, never names or texts."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import operator
from bot.app.dispatch.retention import Retention
from bot.store.database import Database, StoreError, open_database
from bot.store.inbox import INBOX, Received
from bot.store.outbox import NewMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = "Ann Lee lives in Geneva"  # noqa: S105 - a text that must not be shown
BODIES = (
    json.dumps({"update_id": 1, "message": {"text": SECRET}}),
    json.dumps({"poll_answer": {"user": {"first_name": SECRET}}, "update_id": 2}),
    json.dumps({"update_id": 3, SECRET: {}}),
    json.dumps({"update_id": 4}),
    f"{SECRET} is no JSON",
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with five updates and three messages set aside, and one message to send."""
    opened = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    with opened.transaction() as unit:
        unit.inbox.add([Received(number, "chat 7", body) for number, body in enumerate(BODIES, 1)], NOW)
        for number in range(1, 5):
            unit.inbox.finish([number], NOW, f"KeyError: '{SECRET}'")
        unit.inbox.finish([5], NOW, f"«{SECRET}»")
        kept = unit.outbox.add([NewMessage(7, "Notice", json.dumps(SECRET), "en", NOW)] * 4)
        unit.outbox.discard(kept[0], f'BadRequest: Can\'t parse entities: unsupported start tag "{SECRET}" at byte 5')
        unit.outbox.discard(kept[1], "BadRequest: Message is too long")
        unit.outbox.discard(kept[2], f"ValueError: {SECRET}")
    yield opened
    opened.close()


def test_the_list_of_updates_contains_no_content(database: Database) -> None:
    """The list has a line for each update: id, time, kind if known, and the name of the exception."""
    lines = operator.list_updates(database)
    assert [line.split() for line in lines[:-1]] == [
        ["update", "set", "aside", "kind", "problem"],
        ["1", "2026-03-02", "09:00", "UTC", "message", "KeyError"],
        ["2", "2026-03-02", "09:00", "UTC", "poll_answer", "KeyError"],
        ["3", "2026-03-02", "09:00", "UTC", "unknown", "KeyError"],
        ["4", "2026-03-02", "09:00", "UTC", "unknown", "KeyError"],
        ["5", "2026-03-02", "09:00", "UTC", "unknown", "unknown"],
    ]
    assert lines[-1].startswith("5 set aside.")
    assert SECRET not in "".join(lines)


def test_the_list_of_messages_contains_no_content(database: Database) -> None:
    """The list shows Telegram's reasons up to the first quoted text; of other errors only the name."""
    lines = operator.list_messages(database)
    problems = [line.split("Notice")[1].strip() for line in lines[1:-1]]
    assert problems == [
        "BadRequest: Can't parse entities: unsupported start tag",
        "BadRequest: Message is too long",
        "ValueError",
    ]
    assert SECRET not in "".join(lines)


def test_named_updates_are_requeued_and_the_rest_dropped(database: Database) -> None:
    """A command changes the named ids, once each, or all that are left if none is named."""
    assert operator.requeue_updates(database, [1, 2, 1])[0].startswith("2 requeued.")
    assert operator.drop_updates(database, ()) == ("3 dropped.",)
    assert operator.drop_messages(database, ()) == ("3 dropped.",)
    assert operator.list_updates(database) == ("No update is set aside.",)
    assert operator.list_messages(database) == ("No message was refused.",)
    with database.transaction() as unit:
        assert [one.update_id for one in unit.inbox.claim(9, NOW)] == [1, 2]
        assert len(unit.outbox.claim(2, 1000)) == 1


def test_an_unknown_id_changes_nothing(database: Database) -> None:
    """If some of the named ids are not set aside, the error names them and nothing is changed."""
    before = operator.list_updates(database)
    with pytest.raises(StoreError, match=r"^Not set aside: 9, 77\. Nothing was changed\.$"):
        operator.requeue_updates(database, [1, 77, 9])
    assert operator.list_updates(database) == before


def test_updates_and_dead_letters_expire_separately(database: Database) -> None:
    """Handled updates and dead letters are deleted after their own retention times, not before."""
    with database.transaction() as unit:
        unit.inbox.add([Received(9, "chat 7", "{}")], NOW)
        unit.inbox.finish([9], NOW)
    kept = Retention(updates=timedelta(hours=24), set_aside=timedelta(days=3))
    moment = timedelta(microseconds=1)
    for age, handled, aside in (
        (kept.updates, True, True),
        (kept.updates + moment, False, True),
        (kept.set_aside, False, True),
        (kept.set_aside + moment, False, False),
    ):
        with database.transaction() as unit:
            kept.apply(unit, NOW + age)
            assert bool(unit.dead_letters.updates()) == bool(unit.dead_letters.messages()) == aside
        assert knows(database, 9) == handled


def knows(database: Database, update_id: int) -> bool:
    """Return whether an update is stored."""
    with database.engine.connect() as connection:
        return connection.scalar(select(INBOX.c.update_id).where(INBOX.c.update_id == update_id)) is not None
