"""The webhook is set where it must be, once, and Telegram is asked how its posts fare."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from strategies import seeded_rng
from telegram import Bot
from telegram.error import BadRequest, Conflict, TelegramError
from watched_request import Watched

from bot.app.dispatch.service import QuizService
from bot.bank import load
from bot.playground.bot_api import BotApi
from bot.playground.world import World
from bot.store.database import open_database
from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.inbound import webhook as module
from bot.tg.inbound.endpoint import Endpoint
from bot.tg.inbound.polling import describe
from bot.tg.inbound.router import ALLOWED_UPDATES
from bot.tg.inbound.webhook import LONGEST_REPEAT, MOST_AT_ONCE, SECRET, Webhook, delete_webhook
from bot.tg.runner import HandlerRunner

TOKEN = "1:test"  # noqa: S105 - opens nothing
URL = "https://bot.example.org/telegram"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class QuietApi(BotApi):
    """A Bot API that knows webhooks and posts nothing: what becomes of posts, a test says."""

    def _renew_posting(self) -> None:
        """Post nothing."""


@dataclass
class Telegram:
    """A world, what was asked of it, and the database of the bot."""

    world: World
    api: BotApi
    request: Watched
    url: str
    worked_off: int = 0

    @property
    def calls(self) -> Calls:
        """The Bot API."""
        return Calls(Bot(TOKEN, request=self.request, get_updates_request=self.request))

    def process(self) -> Webhook:
        """Create the webhook of one more process of the bot."""
        service = QuizService(open_database(self.url), BANK, lambda: NOW, UTC)
        self.services.append(service)
        return Webhook(self.calls, service, HandlerRunner(in_thread=False), Endpoint(URL), self._work_off, pause=0.0)

    def __post_init__(self) -> None:
        self.services: list[QuizService] = []

    def fails(self, words: str, after: float = 0.0) -> None:
        """Record a failed post at this many seconds from now."""
        assert self.world.webhook
        self.world.webhook.record_failure(NOW + timedelta(seconds=after), words)

    async def _work_off(self) -> None:
        self.worked_off += 1


BANK = load(Path(__file__).parents[2] / "questions.yaml")


@pytest.fixture
def telegram(url: str) -> Iterator[Telegram]:
    """A Telegram with one user, Ann."""
    world = World(lambda: NOW, seeded_rng(), first_update_id=100)
    world.add_person("Ann")
    api = QuietApi(world, TOKEN)
    made = Telegram(world, api, Watched(api), url)
    yield made
    for service in made.services:
        service._database.close()


def ann_writes(telegram: Telegram) -> None:
    """Add an update to those waiting at Telegram."""
    ann = next(one.id for one in telegram.world.people.values() if not one.is_bot)
    telegram.world.send_text(ann, ann, "hello")


async def test_two_processes_set_it_once(telegram: Telegram) -> None:
    """The first sets it whole, with the installation's secret; for a second, and a second start, all is right."""
    first, second = telegram.process(), telegram.process()
    for one in (first, second, telegram.process()):
        await one._look()
    assert telegram.request.asked == {"getWebhookInfo": 3, "setWebhook": 1}
    webhook = telegram.world.webhook
    assert webhook
    assert (webhook.url, webhook.max_connections, webhook.secret) == (
        URL,
        MOST_AT_ONCE,
        second._service.get_or_create_secret(SECRET),
    )
    assert telegram.world.updates.allowed == tuple(sorted(ALLOWED_UPDATES))
    assert len(webhook.secret) == 64
    assert webhook.secret.isalnum()


@pytest.mark.parametrize(
    "changed",
    [{"url": "https://other.example.org/x"}, {"max_connections": 3}, {"allowed_updates": ["message"]}, {"url": ""}],
)
async def test_a_webhook_that_differs_is_set_again(telegram: Telegram, changed: dict[str, object]) -> None:
    """A changed or deleted webhook is restored at the next check, and waiting updates are kept."""
    one = telegram.process()
    await one._look()
    right = telegram.world.webhook
    await telegram.calls.call(
        "setWebhook", {"url": URL, "secret_token": one._service.get_or_create_secret(SECRET), **changed}
    )
    ann_writes(telegram)
    await one._look()
    assert telegram.world.webhook == right
    assert telegram.world.updates.allowed == tuple(sorted(ALLOWED_UPDATES))
    assert len(telegram.world.updates) == 1


async def test_another_secret_is_told_to_telegram(telegram: Telegram) -> None:
    """A new database has a new secret, though the rest of the webhook is the same."""
    await telegram.process()._look()
    old = telegram.world.webhook
    with telegram.services[0]._database.transaction() as unit:
        unit.key_values.set(SECRET, "another")
    await telegram.process()._look()
    assert telegram.world.webhook != old
    assert telegram.world.webhook
    assert telegram.world.webhook.secret == "another"  # noqa: S105 - opens nothing


async def test_posts_that_are_refused_have_it_set_again(telegram: Telegram) -> None:
    """A webhook with another secret is set again after its posts are refused."""
    one = telegram.process()
    await one._look()
    await telegram.calls.call("setWebhook", {"url": URL, "secret_token": "x", "max_connections": MOST_AT_ONCE})
    telegram.fails("Wrong response from the webhook: 403 Forbidden")
    await one._look()
    assert telegram.world.webhook
    assert telegram.world.webhook.secret == one._service.get_or_create_secret(SECRET)
    telegram.request.asked.clear()
    await one._look()
    assert telegram.request.asked == {"getWebhookInfo": 1}


async def test_current_is_who_has_all_that_waited(telegram: Telegram) -> None:
    """Deadlines wait until nothing waits at Telegram and what came is handled."""
    one = telegram.process()
    ann_writes(telegram)
    await one._look()
    assert not one.is_current.is_set()
    assert telegram.worked_off == 0
    telegram.world.updates.clear()
    await one._look()
    assert one.is_current.is_set()
    assert telegram.worked_off == 1


async def test_current_is_who_gave_time_for_every_repetition(telegram: Telegram) -> None:
    """A bot so busy that something always waits is not held up for ever."""
    one = telegram.process()
    ann_writes(telegram)
    one._behind_since = asyncio.get_running_loop().time() - LONGEST_REPEAT
    await one._look()
    assert one.is_current.is_set()


async def test_failures_are_told_once_and_make_deadlines_wait(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """While posts fail and none arrives, what people did in time waits at Telegram; each failure is told once."""
    one = telegram.process()
    await one._look()
    ann_writes(telegram)
    telegram.fails("Webhook connection closed")
    await one._look()
    assert not one.is_current.is_set()
    await one._look()
    assert caplog.text.count("could not deliver to the webhook (Webhook connection closed); it will retry 1") == 1
    telegram.world.updates.clear()
    await one._look()
    assert one.is_current.is_set()


async def test_one_post_that_fails_among_many_holds_up_nothing(telegram: Telegram) -> None:
    """While others arrive, the way in is open, and a post that never succeeds cannot stop the clock."""
    one = telegram.process()
    await one._look()
    ann_writes(telegram)
    telegram.fails("Wrong response from the webhook: 500 Internal Server Error")
    one._endpoint.kept += 1
    await one._look()
    assert one.is_current.is_set()


async def test_a_fault_here_is_looked_at_soon(telegram: Telegram) -> None:
    """A failure to store an update suspends deadlines at once, not only from the next check."""
    one = telegram.process()
    running = asyncio.create_task(one.run())
    async with asyncio.timeout(10):
        await one.is_current.wait()
    one.check_pending_soon()
    assert not one.is_current.is_set()
    assert one._news.is_set()
    running.cancel()
    await asyncio.wait({running})


async def test_every_trouble_passes(
    telegram: Telegram, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram may be unreachable, slow or refusing: each trouble is told once, and then the webhook is set."""
    monkeypatch.setattr(module, "CATCH_UP_SECONDS", 0.0)
    for trouble in ("reset", "gateway", "error", "lost"):
        telegram.api.faults.inject("getWebhookInfo", trouble, times=2)
    telegram.api.faults.inject("getWebhookInfo", "flood", retry_after=0)
    telegram.api.faults.inject("setWebhook", "reset")
    one = telegram.process()
    running = asyncio.create_task(one.run())
    async with asyncio.timeout(10):
        await one.is_current.wait()
    running.cancel()
    await asyncio.wait({running})
    assert telegram.world.webhook
    assert telegram.world.webhook.url == URL
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(told) > 1
    assert [one for one, following in pairwise(told) if one == following] == []


def test_a_refused_webhook_is_told_with_its_setting() -> None:
    """The error for a refused address names the setting."""
    said = module._describe(BadRequest("bad webhook: Failed to resolve host"))
    assert said == "Telegram refuses the webhook (bad webhook: Failed to resolve host): check BOT_WEBHOOK_URL."


async def test_fetching_takes_a_webhook_away(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    """Deleting the webhook keeps waiting updates; without a webhook nothing is done."""
    await telegram.process()._look()
    ann_writes(telegram)
    telegram.request.asked.clear()
    with pytest.raises(TelegramError) as refused:
        await telegram.calls.call("getUpdates")
    assert isinstance(refused.value, Conflict)
    assert "A webhook is set" in describe(refused.value)
    await delete_webhook(telegram.calls)
    await delete_webhook(telegram.calls)
    assert telegram.request.asked["deleteWebhook"] == 1
    assert len(await telegram.calls.call("getUpdates")) == 1
    assert "Removed the webhook" in caplog.text
