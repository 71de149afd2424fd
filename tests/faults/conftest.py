"""Fixtures for fault injection, built on the people and the bot of ``tests/chat``, whose modules are imported."""

import sys
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "chat"))

from bot_in_process import BotInProcess, StartBot
from postgresql import MakeUrl, Server

from bot.bank import load
from bot.core.question import Bank
from bot.store.database import open_database
from bot.tg.inbound.polling import LongPolling


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bundled question bank."""
    return load(Path(__file__).parents[2] / "questions.yaml")


NewDatabase = Callable[[], str]
"""Creates a database with empty tables; returns its URL."""


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A SQLite file with empty tables, to copy: creating the tables takes most of the time."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    open_database(f"sqlite:///{file}").close()
    return file.read_bytes()


@pytest.fixture(scope="session")
def empty_url(postgresql_server: Server) -> str:
    """The URL of a PostgreSQL database with empty tables, to copy."""
    url = postgresql_server("")
    open_database(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of the bot's database: a test runs on both, unless it names its own."""
    return str(request.param)


@pytest.fixture
def new_database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """A function that creates a new database."""
    if engine == "postgresql":
        make_url: MakeUrl = request.getfixturevalue("make_postgresql")
        template: str = request.getfixturevalue("empty_url")
        return lambda: make_url(template)
    numbers = count(1)

    def copy() -> str:
        file = tmp_path / f"bot{next(numbers)}.sqlite3"
        file.write_bytes(request.getfixturevalue("empty_file"))
        return f"sqlite:///{file}"

    return copy


@pytest.fixture
async def start_bot(new_database: NewDatabase) -> AsyncIterator[StartBot]:
    """A function that starts the bot with a bank; the bot ends with the test, which checks the dead letters itself."""
    opened: list[BotInProcess] = []

    async def start(bank: Bank) -> BotInProcess:
        opened.append(BotInProcess(bank, new_database()))
        await opened[-1].start()
        return opened[-1]

    yield start
    for bot in opened:
        await bot.stop()
        bot.close()


@pytest.fixture
def no_retry_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries without delays, for tests with many of them."""
    monkeypatch.setattr("bot.tg.outbound.caller.PATIENCE", (0.0,))
    monkeypatch.setattr("bot.store.inbox.EARLY_SECONDS", (0.0,) * 8)
    monkeypatch.setattr("bot.app.dispatch.update_processor.RETRY_SECONDS", 0.0)
    monkeypatch.setattr("bot.tg.inbound.worker.STORE_SECONDS", 0.0)
    monkeypatch.setattr("bot.tg.outbound.sender.STORE_SECONDS", 0.0)
    monkeypatch.setattr(LongPolling.__init__, "__defaults__", (0.0,))
