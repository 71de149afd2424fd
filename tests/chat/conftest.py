"""Conversations with the bot: on the product's own bank, or on one that the test makes."""

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
from postgresql import MakeUrl
from pupils import Teacher
from whale_bank import HEART, LARGEST, NAME, bank_in_order, bank_of_true_statements

from bot.bank import load
from bot.core.question import Bank
from bot.store.database import open_database
from bot.tg.intake import Intake


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The product's own bank."""
    return load(Path(__file__).parents[2] / "questions.yaml")


NewDatabase = Callable[[], str]
"""Makes a database with all tables and nothing in them; gives its address."""


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """A way to new databases, copies of one: making the tables takes the longest."""
    if request.config.getoption("--engine") == "postgresql":
        make_url: MakeUrl = request.getfixturevalue("make_postgresql")
        first = make_url("")
        open_database(first).close()
        return lambda: make_url(first)
    folder, numbers = tmp_path_factory.mktemp("database"), count(1)
    empty = folder / "empty.sqlite3"
    open_database(f"sqlite:///{empty}").close()

    def copy() -> str:
        file = folder / f"bot{next(numbers)}.sqlite3"
        file.write_bytes(empty.read_bytes())
        return f"sqlite:///{file}"

    return copy


@pytest.fixture
async def start_bot(new_database: NewDatabase) -> AsyncIterator[StartBot]:
    """A way to start the bot on a bank; it ends with the test, and must have set nothing aside."""
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
    """A way to start bot, board and chat page on a bank; nothing may be set aside, and no browser may complain."""
    opened: list[BotWithPages] = []

    async def start(bank: Bank) -> BotWithPages:
        school = BotWithPages(bank, new_database(), browser)
        opened.append(school)
        await school.start()
        return school

    yield start
    for school in opened:
        await school.shut()
        problems = school.problems()
        school.close()
        assert (problems, school.complaints) == ([], [])


@pytest.fixture
async def bot(bank: Bank, start_bot: StartBot) -> BotInProcess:
    """The bot, started on the product's own bank."""
    return await start_bot(bank)


@pytest.fixture
async def ann(bot: BotInProcess) -> Learner:
    """A learner who has not written yet."""
    return Learner(bot)


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A group before a bank of three statements."""
    made = GroupChat(await start_bot(bank_of_true_statements(3)))
    await made.bot.wait_until_idle()
    return made


@pytest.fixture
async def teacher(start_bot: StartBot) -> Teacher:
    """A teacher with an open class of a poll, a name and a number, 30 seconds a round."""
    made = Teacher(await start_bot(bank_in_order(LARGEST, NAME, HEART)))
    await made.opens()
    return made


@pytest.fixture
def no_retry_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between tries that last no time, for tests of many tries."""
    monkeypatch.setattr("bot.tg.delivery.PATIENCE", (0.0,))
    monkeypatch.setattr("bot.store.inbox.EARLY_SECONDS", (0.0,) * 8)
    monkeypatch.setattr("bot.app.tasks.RETRY_SECONDS", 0.0)
    monkeypatch.setattr(Intake.__init__, "__defaults__", (0.0,))
