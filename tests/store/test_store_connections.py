"""Connections to PostgreSQL have limits; one that is ended undoes what was under way, and the next works."""

import pytest
from postgresql import MakeUrl
from sqlalchemy import text
from town import ANN, BOB, CLASS, Town, count_person

from bot.store.database import Database, StoreError, open_database


def end_others(database: Database) -> None:
    """End every other connection, as a server that restarts does."""
    with database.engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_server_that_ended_all_connections_is_told_once(town: Town) -> None:
    """After a restart of the server one unit of work fails and the next succeeds, whatever the pool holds."""
    with town.one.read_only() as first, town.one.read_only() as second, town.one.read_only() as third:
        assert all(unit.persons.find(BOB) for unit in (first, second, third))
    end_others(town.other)
    with pytest.raises(StoreError, match="terminating connection"), town.one.transaction() as unit:
        unit.persons.find(BOB)
    for _ in range(4):
        with town.one.transaction() as unit:
            assert unit.persons.find(BOB)


def test_a_connection_ended_amid_a_unit_undoes_it(town: Town) -> None:
    """A unit of work whose connection is lost is rolled back whole and reported, and its locks are released."""
    with pytest.raises(StoreError, match="server is running"), town.one.transaction() as unit:  # noqa: PT012 - all is in it
        count_person(unit)
        unit.flush()
        end_others(town.other)
        unit.sessions.find(CLASS)
    with town.other.transaction() as unit:
        assert count_person(unit) == 1


def test_a_process_that_hangs_gives_its_locks_back(make_postgresql: MakeUrl) -> None:
    """The server ends a transaction that stands still, as the address of the database may ask sooner."""
    database = open_database(make_postgresql("") + "&options=-c%20idle_in_transaction_session_timeout%3D20")
    with pytest.raises(StoreError, match="stood still for too long"), database.transaction() as unit:  # noqa: PT012 - all is in it
        unit.persons.find(BOB)
        with database.engine.connect() as connection:
            connection.execute(text("SELECT pg_sleep(0.2)"))
        unit.persons.find(ANN)
    database.close()


def test_every_connection_has_its_limits(town: Town) -> None:
    """The server ends what stands still, and what waits or works for too long."""
    names = ("idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout", "application_name")
    with town.one.engine.connect() as connection:
        assert [connection.scalar(text(f"SHOW {name}")) for name in names] == ["4s", "10s", "1min", "quiz-bot"]


def test_a_word_is_told_with_the_commit(town: Town) -> None:
    """A signal is received once its unit of work is committed, and never if it was rolled back."""
    with town.other.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("LISTEN bot"))
        with pytest.raises(LookupError), town.one.transaction() as unit:  # noqa: PT012 - all is in it
            unit.send_signal("undone")
            raise LookupError
        with town.one.transaction() as unit:
            unit.send_signal("inbox")
        driver = connection.connection.driver_connection
        assert driver
        assert [told.payload for told in driver.notifies(timeout=5, stop_after=1)] == ["inbox"]
