"""Processes that send to a made-up Telegram while time stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from idle_time import IdleTime
from postgresql import MakeUrl
from sending_process import OpenPost, Post, Telegram

from bot.tg.outbound.rate_limits import RateLimits


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> IdleTime:
    """Time that stands still."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the product has it
    return IdleTime()


@pytest.fixture
async def telegram(time: IdleTime) -> Telegram:
    """A Telegram that takes everything."""
    return Telegram(time)


@pytest.fixture
async def post_at(make_postgresql: MakeUrl, telegram: Telegram, time: IdleTime) -> AsyncIterator[OpenPost]:
    """Return a way to open processes; each ends with the test."""
    del make_postgresql  # set up first, so that databases are dropped after the processes have ended
    opened: list[Post] = []

    def open_one(url: str, limits: RateLimits | None = None) -> Post:
        opened.append(Post(url, len(opened) + 1, telegram, time, limits or RateLimits(0)))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.end()


@pytest.fixture
def post(post_at: OpenPost, tmp_path: Path) -> Post:
    """Return a process that is alone, with Telegram's limits."""
    return post_at(f"sqlite:///{tmp_path}/bot.sqlite3", RateLimits(30))


@pytest.fixture
def pair(post_at: OpenPost, make_postgresql: MakeUrl) -> tuple[Post, Post]:
    """Return two processes on one database, without limits."""
    url = make_postgresql("")
    return post_at(url), post_at(url)
