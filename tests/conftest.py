"""Shared fixtures and options. This file's place lets tests import ``strategies``.

Hypothesis measures no time, and tries few examples by default so that tests run in seconds; before a release,
``pytest --hypothesis-profile=thorough`` tries many.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings
from playwright.async_api import Browser, Page, async_playwright
from postgresql import MakeUrl, Server, postgresql
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from bot.store.database import Database, open_database

settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("quick")

# Headless and silent: a test's browser looks at this computer only.
_BROWSER_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Files with tests that take many seconds each.
_SLOWEST = {
    "test_bench_classes.py",
    "test_class_browser.py",
    "test_class_crash.py",
    "test_cluster.py",
    "test_crash.py",
    "test_group_browser.py",
    "test_group_crash.py",
    "test_monitoring_process.py",
    "test_play.py",
    "test_webhook_process.py",
    "test_wheel.py",
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the slowest tests first, so that no worker ends long after the others."""
    items.sort(key=lambda item: item.path.name not in _SLOWEST)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that chooses the database of conversations."""
    parser.addoption("--engine", choices=("sqlite", "postgresql"), default="sqlite", help="the database of tests/chat")


def _sync_nothing(connection: DBAPIConnection, entry: ConnectionPoolEntry, _lent: object) -> None:
    """Turn off SQLite's waiting for the disk: a test's database need not outlive the computer.

    Done at the first checkout of a connection, because the bot sets ``synchronous=FULL`` when it connects.
    """
    if isinstance(connection, sqlite3.Connection) and not entry.info.get("syncs_nothing"):
        connection.execute("PRAGMA synchronous=OFF")
        entry.info["syncs_nothing"] = True


event.listen(Pool, "checkout", _sync_nothing)


@pytest.fixture
def synced_commits() -> Iterator[None]:
    """Commits that wait for the disk, as they do outside the tests."""
    event.remove(Pool, "checkout", _sync_nothing)
    yield
    event.listen(Pool, "checkout", _sync_nothing)


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """Restore the root logger after each test: a command that a test runs sets it up for the whole process."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A PostgreSQL server for all tests of this process; its databases stay until the end."""
    with postgresql() as server:
        yield server


@pytest.fixture
def make_postgresql(postgresql_server: Server) -> Iterator[MakeUrl]:
    """A function that creates PostgreSQL databases; the test's end drops them, for each takes 8 MB."""
    created: list[str] = []

    def create(template: str) -> str:
        created.append(postgresql_server(template))
        return created[-1]

    yield create
    for url in created:
        postgresql_server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database; each test runs on both engines."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite3"
    make_url: MakeUrl = request.getfixturevalue("make_postgresql")
    return make_url("")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open, empty database."""
    opened = open_database(url)
    yield opened
    opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once, in the session's event loop.

    A test that uses it is marked ``browser`` and ``asyncio(loop_scope="session")``, and so are its async fixtures.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        # A skip would go unseen where nobody reads along.
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("there is no chromium here: apt-get install chromium")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=[*_BROWSER_ARGUMENTS])
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A fresh page with cookies, storage and history of its own."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800},
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    yield await context.new_page()
    await context.close()
