"""Long polling: the timeout of each request, and the flood detection that holds back the worker."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from small_bank import BANK
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from bot.app.dispatch.service import QuizService
from bot.store.database import Database
from bot.tg.bot_api.client import ApiClient
from bot.tg.inbound import polling
from bot.tg.inbound.polling import AT_ONCE, CROWD, POLL_SECONDS, LongPolling
from bot.tg.inbound.receiver import Receiver
from bot.tg.inbound.throttle import Throttle
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CROWDED = [[{"update_id": AT_ONCE * nth + place} for place in range(AT_ONCE)] for nth in range(CROWD)]

Helping = list[dict[str, Any]] | Exception


class Telegram(ApiClient):
    """Returns these batches, then nothing more; records each timeout and whether polling was flooded.

    Attributes:
        asked: for each request the seconds, and whether the worker gave way while it was under way.
    """

    def __init__(self, *helpings: Helping) -> None:
        super().__init__(Bot("1:test"))
        self._helpings = list(helpings)
        self.is_dry = asyncio.Event()
        self.polling: LongPolling
        self.asked: list[tuple[int, bool]] = []

    async def call(
        self, method: str, parameters: dict[str, Any] | None = None, read_timeout: float | None = None
    ) -> Any:  # noqa: ANN401 - JSON
        """Hand out the next helping."""
        assert (method, read_timeout) == ("getUpdates", POLL_SECONDS + 10)
        assert parameters is not None
        self.asked.append((parameters["timeout"], self.polling.is_flooded))
        if not self._helpings:
            self.is_dry.set()
            await asyncio.Event().wait()
        helping = self._helpings.pop(0)
        if isinstance(helping, Exception):
            raise helping
        return helping


class Watched(Receiver):
    """Records at each count of waiting updates whether polling was flooded, and when helpers are called."""

    def __init__(self, database: Database, telegram: Telegram) -> None:
        service = QuizService(database, BANK, lambda: NOW, UTC)
        super().__init__(service, HandlerRunner(in_thread=False), Throttle(0), lambda: None)
        self._telegram = telegram
        self.counted: list[bool] = []
        self.calls: list[int] = []

    async def wake_all_workers(self) -> None:
        """Note how much was asked for until then."""
        self.calls.append(len(self._telegram.asked))

    async def wait_for_few(self, few: int) -> None:
        """Note it, and count."""
        self.counted.append(self._telegram.polling.is_flooded)
        await super().wait_for_few(few)


async def fetched(database: Database, *helpings: Helping) -> tuple[Telegram, Watched]:
    """Fetch these batches of updates until none is left."""
    telegram = Telegram(*helpings)
    receiver = Watched(database, telegram)
    telegram.polling = LongPolling(telegram, receiver, pause=0.0)
    fetching = asyncio.create_task(telegram.polling.run())
    await telegram.is_dry.wait()
    fetching.cancel()
    return telegram, receiver


async def asked(database: Database, *helpings: Helping) -> list[tuple[int, bool]]:
    """Fetch these batches of updates; return the recorded requests."""
    telegram, _ = await fetched(database, *helpings)
    return telegram.asked


async def test_after_a_full_helping_nothing_is_waited_for(database: Database) -> None:
    """The last helping of a crowd may be full: that none is left is heard at once, or the worker gave way for long."""
    seconds = [POLL_SECONDS, *[0] * CROWD, POLL_SECONDS]
    gives_way = [False] * CROWD + [True, False]
    assert await asked(database, [], *CROWDED, []) == [(0, False), *zip(seconds, gives_way, strict=True)]


async def test_the_end_of_a_crowd_calls_the_other_processes(database: Database) -> None:
    """Earlier they would take time from fetching; to less than a crowd none are called."""
    last = [{"update_id": AT_ONCE * CROWD}]
    _, receiver = await fetched(database, [], *CROWDED, last, *CROWDED, [], *CROWDED[1:], last)
    assert receiver.calls == [CROWD + 2, 2 * CROWD + 3]


async def test_to_a_few_full_helpings_nobody_gives_way(database: Database) -> None:
    """A school that answers at the same moment is worked as it comes."""
    assert not any(gives_way for _, gives_way in await asked(database, [], *CROWDED[1:], []))


async def test_nobody_gives_way_to_a_fetching_that_is_far_ahead(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits until less waits, so all that can be is worked; then it has the right of way again."""
    monkeypatch.setattr(polling, "COUNTED_EACH", CROWD)
    telegram, receiver = await fetched(database, [], *CROWDED, [])
    assert receiver.counted == [False, False]
    assert [gives_way for _, gives_way in telegram.asked[-2:]] == [True, False]


@pytest.mark.parametrize("trouble", [lambda: RetryAfter(0), lambda: NetworkError("reset")])
async def test_nobody_gives_way_to_a_fetching_that_rests(
    database: Database, trouble: Callable[[], Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing can be fetched, what is there is worked as fast as may be."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the product has it
    *_, before, after = await asked(database, [], *CROWDED, trouble())
    assert (before, after) == ((0, True), (0, False))
