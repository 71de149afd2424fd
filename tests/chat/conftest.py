"""Fixtures for conversations with the bot: on the bundled question bank or on one that a test creates."""

from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from bot_in_process import BotInProcess, StartBot
from browser_pages import BotWithPages, StartPages
from group_chat import GroupChat
from learner import Learner
from playwright.async_api import Browser
from postgresql import MakeUrl, Server
from pupils import Teacher
from whale_bank import HEART, LARGEST, NAME, bank_in_order, bank_of_true_statements

from bot.bank import load
from bot.core.question import Bank
from bot.store.database import open_database
from bot.tg.inbound.polling import LongPolling


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bundled question bank."""
    return load(Path(__file__).parents[2] / "questions.yaml")


NewDatabase = Callable[[], str]
"""Creates a database with all tables, all of them empty; returns its URL."""


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, all of them empty."""
    empty = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    open_database(f"sqlite:///{empty}").close()
    return empty


@pytest.fixture(scope="session")
def empty_url(postgresql_server: Server) -> str:
    """The URL of a PostgreSQL database with all tables, all of them empty."""
    url = postgresql_server("")
    open_database(url).close()
    return url


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """A function that creates databases, as copies of one: creating the tables takes the longest."""
    if request.config.getoption("--engine") == "postgresql":
        make_url: MakeUrl = request.getfixturevalue("make_postgresql")
        template: str = request.getfixturevalue("empty_url")
        return lambda: make_url(template)
    empty: Path = request.getfixturevalue("empty_file")
    numbers = count(1)

    def copy() -> str:
        file = tmp_path / f"bot{next(numbers)}.sqlite3"
        file.write_bytes(empty.read_bytes())
        return f"sqlite:///{file}"

    return copy


@pytest.fixture
async def start_bot(new_database: NewDatabase) -> AsyncIterator[StartBot]:
    """A function that starts the bot on a bank; it stops with the test, which fails if there are dead letters."""
    opened: list[BotInProcess] = []

    async def start(bank: Bank) -> BotInProcess:
        bot = BotInProcess(bank, new_database())
        opened.append(bot)
        await bot.start()
        return bot

    yield start
    for bot in opened:
        await bot.stop()
        problems = bot.problems()
        bot.close()
        assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def start_pages(browser: Browser, new_database: NewDatabase) -> AsyncIterator[StartPages]:
    """A function that starts bot, board and chat page; the test fails on dead letters and on browser errors."""
    opened: list[BotWithPages] = []

    async def start(bank: Bank) -> BotWithPages:
        pages = BotWithPages(bank, new_database(), browser)
        opened.append(pages)
        await pages.start()
        return pages

    yield start
    for pages in opened:
        await pages.close_all()
        problems = pages.problems()
        pages.close()
        assert (problems, pages.console_errors) == ([], [])


@pytest.fixture
async def bot(bank: Bank, start_bot: StartBot) -> BotInProcess:
    """The bot, started on the bundled question bank."""
    return await start_bot(bank)


@pytest.fixture
async def ann(bot: BotInProcess) -> Learner:
    """A learner who has not written to the bot yet."""
    return Learner(bot)


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A group whose bot has a bank of three true statements."""
    chat = GroupChat(await start_bot(bank_of_true_statements(3)))
    await chat.bot.wait_until_idle()
    return chat


@pytest.fixture
async def teacher(start_bot: StartBot) -> Teacher:
    """A teacher with an open class of three rounds (a poll, a word, a number) of 30 seconds each."""
    host = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    await host.opens()
    return host


@pytest.fixture
def no_retry_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set all delays between retries to zero, for tests that retry often."""
    monkeypatch.setattr("bot.tg.outbound.caller.PATIENCE", (0.0,))
    monkeypatch.setattr("bot.store.inbox.EARLY_SECONDS", (0.0,) * 8)
    monkeypatch.setattr("bot.app.dispatch.update_processor.RETRY_SECONDS", 0.0)
    monkeypatch.setattr(LongPolling.__init__, "__defaults__", (0.0,))
