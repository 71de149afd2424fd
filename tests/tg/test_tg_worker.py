"""The worker of a process that leads takes what there is; a helper takes what is left lying, and all when called."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from small_bank import BANK
from telegram import Bot

from bot.app.dispatch.service import BatchResult, ParseUpdate, QuizService
from bot.store.database import Database
from bot.tg.inbound.worker import BATCH, HELP_SECONDS, SMALL_BATCH, Worker
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AT_ONCE = 0.0
Act = Callable[[], Awaitable[None]]


class ScriptedService(QuizService):
    """A service where so much waits as a test says; it lists how long what was asked for must have waited."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, BANK, lambda: NOW, UTC)
        self.asked: list[float] = []
        self.most: list[int] = []
        self.batches: deque[int] = deque()
        self.meanwhile: Callable[[], None] = lambda: None

    def process_batch(self, read: ParseUpdate, most: int, waited: float = 0.0) -> BatchResult:
        """Work the next batch of the test; nothing once there is none."""
        del read
        self.asked.append(waited)
        self.most.append(most)
        self.meanwhile()
        return BatchResult(count=self.batches.popleft() if self.batches else 0)


class Place:
    """A worker of a service."""

    def __init__(self, service: ScriptedService) -> None:
        self.service = service
        self.is_helper = True
        self.gives_way = False
        runner = HandlerRunner(in_thread=False)
        self.worker = Worker(
            Bot("1:x"), service, runner, lambda _: None, lambda: self.gives_way, lambda: self.is_helper
        )

    async def asked(self) -> list[float]:
        """Return the requests of the worker until it came to rest, and clear them."""
        seen = -1
        while seen < len(self.service.asked):
            seen = len(self.service.asked)
            for _ in range(20):
                await asyncio.sleep(0)
        asked, self.service.asked = self.service.asked, []
        return asked

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Run the worker."""
        task: asyncio.Task[Any] = asyncio.create_task(self.worker.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@pytest.fixture
def place(database: Database) -> Place:
    """A helper that has not started."""
    return Place(ScriptedService(database))


async def test_a_helper_takes_only_what_was_left_lying(place: Place) -> None:
    """It goes on while batches are full, and does not look again because this process has settled something."""
    place.service.batches.extend((BATCH, BATCH, BATCH - 1, BATCH))
    async with place.working():
        assert await place.asked() == [HELP_SECONDS] * 3
        place.worker.wake()
        assert await place.asked() == []


async def test_a_helper_that_is_called_takes_all_until_less_than_a_batch_is_left(place: Place) -> None:
    """A helper takes recent updates, too, but leaves them to the leader again until the next call."""
    async with place.working():
        assert await place.asked() == [HELP_SECONDS]
        place.service.batches.extend((BATCH, BATCH, 1))
        place.worker.wake_to_help()
        assert await place.asked() == [AT_ONCE] * 3
        place.worker.wake_to_help()
        assert await place.asked() == [AT_ONCE]


async def test_a_call_that_comes_while_a_helper_works_is_heard(place: Place) -> None:
    """It is not over with the batch in hand, however small that is."""
    place.service.meanwhile = lambda: place.worker.wake_to_help() if len(place.service.asked) == 1 else None
    async with place.working():
        assert await place.asked() == [HELP_SECONDS, AT_ONCE]


async def test_the_leader_handles_all_updates(place: Place) -> None:
    """Whenever it is woken, from the moment on in which a helper has come to lead."""
    async with place.working():
        assert await place.asked() == [HELP_SECONDS]
        place.is_helper = False
        for _ in range(2):
            place.worker.wake()
            assert await place.asked() == [AT_ONCE]


async def test_batches_are_small_while_a_crowd_is_fetched(place: Place) -> None:
    """Fetching does not wait long for one, nor does who came behind the crowd; afterwards they are large again."""
    place.is_helper, place.gives_way = False, True
    place.service.batches.extend((SMALL_BATCH, SMALL_BATCH, BATCH))
    place.service.meanwhile = lambda: setattr(place, "gives_way", False)
    async with place.working():
        await place.asked()
    assert place.service.most == [SMALL_BATCH, SMALL_BATCH, BATCH, BATCH]
