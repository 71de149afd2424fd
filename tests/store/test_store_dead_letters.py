"""Dead letters, and no other rows, are listed, requeued, dropped and deleted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.attach import attach_database
from bot.store.database import Database, StoreError, open_database
from bot.store.dead_letters import DeadLetter
from bot.store.inbox import Received
from bot.store.outbox import NewMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def update(update_id: int, lane: str = "") -> Received:
    """Create an update."""
    return Received(update_id, lane or "chat 7", f'{{"update_id": {update_id}, "message": {{}}}}')


@pytest.fixture
def four(database: Database) -> Database:
    """Keep four updates: 1 was handled, 2 and 3 were set aside an hour apart, 4 waits."""
    with database.transaction() as unit:
        unit.inbox.add([update(number) for number in (1, 2, 3, 4)], NOW)
        unit.inbox.finish([1], NOW)
        unit.inbox.finish([2], NOW, "LookupError: gone")
        unit.inbox.finish([3], LATER, "KeyError: 'x'")
    return database


def waiting(database: Database) -> list[int]:
    """Return the ids of waiting updates."""
    with database.transaction() as unit:
        return [one.update_id for one in unit.inbox.claim(100, NOW)]


def set_aside(database: Database) -> list[int]:
    """Return the ids of dead updates."""
    with database.transaction() as unit:
        return [one.id for one in unit.dead_letters.updates()]


def test_updates_set_aside_are_listed(four: Database) -> None:
    """Each comes with the moment at which it was set aside, what it is, and why."""
    with four.transaction() as unit:
        assert unit.dead_letters.updates() == (
            DeadLetter(2, NOW, update(2).body, "LookupError: gone"),
            DeadLetter(3, LATER, update(3).body, "KeyError: 'x'"),
        )


def test_an_update_put_back_waits_again(four: Database) -> None:
    """It waits in its place, whole and without its problem, and the other one stays set aside."""
    with four.transaction() as unit:
        unit.dead_letters.requeue([2])
    with four.transaction() as unit:
        assert [(one.update_id, one.body) for one in unit.inbox.claim(9, NOW)] == [
            (2, update(2).body),
            (4, update(4).body),
        ]
    assert set_aside(four) == [3]


def test_an_update_put_back_begins_anew(database: Database) -> None:
    """A requeued update is tried at once and as often as any, regardless of its earlier failures."""
    with database.transaction() as unit:
        unit.inbox.add([update(1)], NOW)
        (failed,) = unit.inbox.claim(1, NOW)
        unit.inbox.retry_at(failed, LATER)
        assert unit.inbox.discard(failed._replace(tries=1), NOW, "KeyError: 'x'")
        unit.dead_letters.requeue([1])
    with database.transaction() as unit:
        assert [(one.update_id, one.tries) for one in unit.inbox.claim(1, NOW)] == [(1, 0)]


def test_an_update_put_back_can_be_set_aside_again(four: Database) -> None:
    """One that fails again is set aside again, with its new problem; a handled one stays handled."""
    with four.transaction() as unit:
        unit.dead_letters.requeue([2, 3])
        unit.inbox.finish([2], LATER)
        unit.inbox.finish([3], LATER, "TypeError: worse")
        assert unit.dead_letters.updates() == (DeadLetter(3, LATER, update(3).body, "TypeError: worse"),)


def test_a_dropped_update_leaves_its_id_alone(four: Database) -> None:
    """Its content is deleted at once, and a repeat by Telegram does not restore it."""
    with four.transaction() as unit:
        unit.dead_letters.drop_updates([2])
        assert unit.inbox.add([update(2)], LATER) == ()
    assert (set_aside(four), waiting(four)) == ([3], [4])
    with four.engine.connect() as connection:
        assert connection.scalar(text("SELECT body FROM inbox WHERE update_id = 2")) == "{}"


@pytest.mark.parametrize("strange", [1, 4, 5])
def test_only_what_is_set_aside_is_touched(four: Database, strange: int) -> None:
    """An update that was handled, one that waits and one that never came are refused by id, with all named beside."""
    for act in ("requeue", "drop_updates"):
        with pytest.raises(LookupError, match=f"^{strange}$"), four.transaction() as unit:
            getattr(unit.dead_letters, act)([2, strange])
    assert (set_aside(four), waiting(four)) == ([2, 3], [4])


def test_refused_messages_are_listed_and_dropped(database: Database) -> None:
    """A refused message is listed with its shape and reason, and can be dropped; one that is to be sent cannot."""
    with database.transaction() as unit:
        kept, refused = unit.outbox.add([NewMessage(7, "Notice", "{}", "en", NOW)] * 2)
        unit.outbox.discard(refused, "BadRequest: no")
    with database.transaction() as unit:
        assert unit.dead_letters.messages() == (DeadLetter(refused, NOW, "Notice", "BadRequest: no"),)
    with pytest.raises(LookupError, match=str(kept)), database.transaction() as unit:
        unit.dead_letters.drop_messages([kept, refused])
    with database.transaction() as unit:
        unit.dead_letters.drop_messages([refused])
    with database.transaction() as unit:
        assert unit.dead_letters.messages() == ()
        assert [one.id for one in unit.outbox.claim(2, 1000)] == [kept]


def test_old_dead_letters_are_deleted(four: Database) -> None:
    """Of what was set aside, the older is forgotten; what was handled, what waits and what is to be sent stays."""
    with four.transaction() as unit:
        numbers = unit.outbox.add([NewMessage(7, "Notice", "{}", "en", moment) for moment in (NOW, NOW, LATER)])
        for number in numbers[1:]:
            unit.outbox.discard(number, "BadRequest: no")
        unit.dead_letters.delete_old(LATER)
    assert (set_aside(four), waiting(four)) == ([3], [4])
    with four.transaction() as unit:
        assert unit.inbox.add([update(number) for number in (1, 2, 3)], LATER) == (update(2),)
        assert [one.id for one in unit.dead_letters.messages()] == [numbers[2]]
        assert [one.id for one in unit.outbox.claim(2, 1000)] == [numbers[0]]


def test_many_are_put_back_at_once(database: Database) -> None:
    """More updates than one query may name are put back together."""
    ids = range(1, 40_001)
    with database.transaction() as unit:
        for start in range(0, len(ids), 10_000):
            unit.inbox.add([update(number, f"chat {number}") for number in ids[start : start + 10_000]], NOW)
            unit.inbox.finish(ids[start : start + 10_000], NOW, "KeyError: 'x'")
        unit.dead_letters.requeue(ids)
        assert unit.inbox.count(len(ids) + 1, NOW) == len(ids)


def test_a_database_is_attached_as_it_is(database: Database, url: str) -> None:
    """An attached database can be used while another program has it open."""
    with database.transaction() as unit:
        unit.inbox.add([update(1)], NOW)
    beside = attach_database(url)
    assert waiting(beside) == [1]
    beside.close()


def test_attaching_changes_no_table(database: Database, url: str) -> None:
    """A database of another version of the program is refused, and left as it is."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(StoreError, match="development version of this program"):
        attach_database(url)
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001"


def test_attaching_makes_no_database(tmp_path: Path) -> None:
    """Where there is no database the place is told, and none is made; the same goes for one without tables."""
    with pytest.raises(StoreError, match=r"no database at .*bot\.sqlite3"):
        attach_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(StoreError, match="Has the bot ever run on it"):
        attach_database(f"sqlite:///{tmp_path}/empty.sqlite3")
    with pytest.raises(StoreError, match="Write sqlite:///FILE"):
        attach_database("nonsense")


def test_attaching_to_the_database_of_a_bot_that_writes_waits_for_it(tmp_path: Path) -> None:
    """The bot's own transactions and those of who attached come one after another: both are kept."""
    url = f"sqlite:///{tmp_path}/bot.sqlite3"
    bot, beside = open_database(url), attach_database(url)
    for number in range(1, 11):
        with (bot if number % 2 else beside).transaction() as unit:
            unit.inbox.add([update(number, f"chat {number}")], NOW)
    assert waiting(bot) == list(range(1, 11))
    bot.close()
    beside.close()
