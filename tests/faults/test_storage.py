"""Tests with real databases that are full, read-only, locked, slow or unreachable."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import psycopg
import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, text_of, words
from sqlalchemy import Connection, Engine, event, func, select
from whale_bank import LARGEST, NAME, bank_in_order

from bot.store.answers import ANSWERS
from bot.store.inbox import INBOX

pytestmark = pytest.mark.usefixtures("no_retry_delays")

Fault = Callable[[BotInProcess], AbstractContextManager[None]]


class Settings:
    """Statements that run at the begin of every transaction; safe to change while other threads begin one."""

    def __init__(self) -> None:
        self._statements: tuple[str, ...] = ()

    def begin(self, connection: Connection) -> None:
        """Run the statements."""
        for statement in self._statements:
            connection.exec_driver_sql(statement)

    @contextmanager
    def of(self, bot: BotInProcess, *statements: str) -> Iterator[None]:
        """Apply these statements within the block. On SQLite they affect a connection until it is closed."""
        self._statements = statements
        yield
        self._statements = ()
        if not bot.database.is_remote:
            bot.database.engine.dispose()


SETTINGS = Settings()


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    """Apply the settings from before the bot starts until it has ended."""
    event.listen(Engine, "begin", SETTINGS.begin)
    yield
    event.remove(Engine, "begin", SETTINGS.begin)


@contextmanager
def waking_on_log(bot: BotInProcess) -> Iterator[None]:
    """Wake the bot's `wait_until` at each log message."""
    handler = logging.Handler()
    handler.emit = lambda _record: bot._changed.set()  # type: ignore[method-assign] # the record itself is not used
    logging.getLogger("bot").addHandler(handler)
    yield
    logging.getLogger("bot").removeHandler(handler)


@contextmanager
def full_disk(bot: BotInProcess) -> Iterator[None]:
    """Forbid SQLite to add pages to its file."""
    with SETTINGS.of(bot, "PRAGMA max_page_count=1"):
        yield


@contextmanager
def read_only(bot: BotInProcess) -> Iterator[None]:
    """Refuse every write, as a file system that was remounted read-only."""
    with SETTINGS.of(bot, "PRAGMA query_only=ON"):
        yield


@contextmanager
def locked(bot: BotInProcess) -> Iterator[None]:
    """Lock the file from another connection, as a program that is writing."""
    file = bot.database.engine.url.database
    assert file is not None

    def disable_waiting(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    event.listen(bot.database.engine, "connect", disable_waiting)
    bot.database.engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    event.remove(bot.database.engine, "connect", disable_waiting)


@contextmanager
def full_server(bot: BotInProcess) -> Iterator[None]:
    """Refuse every new row with the error of a full disk."""
    with as_owner(bot) as run:
        run(_NO_SPACE)
        for table in ("inbox", "answers", "outbox"):
            run(f"CREATE TRIGGER no_space BEFORE INSERT ON {table} EXECUTE FUNCTION no_space()")
        yield
        run("DROP FUNCTION no_space CASCADE")


@contextmanager
def standby(bot: BotInProcess) -> Iterator[None]:
    """Refuse every write, as a standby server."""
    with SETTINGS.of(bot, "SET TRANSACTION READ ONLY"):
        yield


@contextmanager
def slow_server(bot: BotInProcess) -> Iterator[None]:
    """Lock the inbox for longer than a statement may take."""
    with as_owner(bot) as run, SETTINGS.of(bot, "SET LOCAL statement_timeout = 50"):
        run("BEGIN")
        run("LOCK TABLE inbox IN EXCLUSIVE MODE")
        yield
        run("ROLLBACK")


@contextmanager
def lost_server(bot: BotInProcess) -> Iterator[None]:
    """Close all connections to the database and refuse new ones, as if the server was stopped."""
    name = bot.database.engine.url.database
    with as_owner(bot, "postgres") as run:
        run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608 - our own
        yield
        run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@contextmanager
def as_owner(bot: BotInProcess, database: str | None = None) -> Iterator[Callable[[str], object]]:
    """Yield a function that runs statements at the bot's server, independently of the bot."""
    url = bot.database.engine.url.set(drivername="postgresql")
    url = url.set(database=database) if database else url
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        yield lambda statement: connection.execute(statement.encode())


_NO_SPACE = """
CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file: No space left on device';
END $$
"""

FAULTS = [
    ("sqlite", "The disk is full", full_disk),
    ("sqlite", "Make the file and its folder writable", read_only),
    ("sqlite", "Another program", locked),
    ("postgresql", "The disk is full", full_server),
    ("postgresql", "The server takes no writes", standby),
    ("postgresql", "The server is very slow", slow_server),
    ("postgresql", "Check BOT_DATABASE_URL and that the server is running", lost_server),
]


@pytest.mark.parametrize(
    ("engine", "message", "fault"), FAULTS, indirect=["engine"], ids=[one[2].__name__ for one in FAULTS]
)
async def test_answers_given_while_the_database_fails_count_once_afterwards(
    start_bot: StartBot, message: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    """While the database fails, no update is confirmed or lost, and the log names the remedy once."""
    bot = await start_bot(bank_in_order(LARGEST, NAME))
    people = [Learner(bot, name) for name in ("Ann", "Ben", "Cyd")]
    for one in people:
        await one.says("/quiz 2")
    with fault(bot):
        for one in people:
            bot.world.vote(one.id, one.poll().id, list(one.poll().correct_option_ids))
            bot.world.send_text(one.id, one.id, "x" * 4000)
        with waking_on_log(bot):
            await bot.wait_until(lambda: message in caplog.text)
        assert len(bot.world.updates) == 2 * len(people)
    assert [message in one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == [True]
    await bot.wait_until_idle()
    for one in people:
        await one.says("blue whale")
        assert one.marks() == {"largest": True, "name": True}
        assert sum(text_of(sent).startswith(words("write.early")) for sent in one.messages()) <= 1
    assert bot.rows(select(func.count()).select_from(ANSWERS))[0][0] == 2 * len(people)
    assert bot.rows(select(func.count()).select_from(INBOX).where(INBOX.c.done_at.is_(None)))[0][0] == 0
    assert bot.problems() == []
