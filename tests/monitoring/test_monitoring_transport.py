"""Calls of the Bot API are counted by method and outcome, and show how Telegram is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from telegram.error import NetworkError

from bot.monitoring.counters import Counters
from bot.monitoring.pulse import Pulse
from bot.monitoring.transport import MonitoredRequest, _last_failure
from bot.playground.server import create_app
from bot.playground.world import Webhook, World
from bot.serving import Server, serve

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "1:watch"  # noqa: S105 - good for nothing but this


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Serve a Bot API."""
    served = await serve(create_app(World(lambda: NOW, Random(1), first_update_id=1), TOKEN))  # noqa: S311 - no secrets
    yield served
    await served.stop()


async def counted(origin: str, *methods: str) -> Counters:
    """Call methods; give what was counted."""
    counters = Counters(Pulse())
    async with MonitoredRequest(counters, lambda: NOW) as request:
        for method in methods:
            await request.do_request(f"{origin}/bot{TOKEN}/{method}", "POST")
    return counters


async def test_calls_are_counted_by_method_and_outcome(server: Server) -> None:
    """What Telegram took, and what it refused, are counted apart."""
    counters = await counted(server.origin, "getMe", "getUpdates", "sendMessage")
    assert counters.requests == {("getMe", "ok"): 1, ("getUpdates", "ok"): 1, ("sendMessage", "refused"): 1}
    assert counters.pulse == Pulse(asked_at=NOW, polled_at=NOW, sent_at=NOW, whole_at=NOW)


@pytest.mark.parametrize(("mode", "is_bare"), [("Default", False), ("Auto", False), ("Inline", True)])
async def test_what_telegram_says_of_presses_is_noted(server: Server, mode: str, *, is_bare: bool) -> None:
    """Whether presses come without their messages is known from each getMe."""
    server.app.state.api.world.profile.callback_query_mode = mode
    counters = await counted(server.origin, "getMe")
    assert counters.pulse.lacks_messages is is_bare
    assert (counters.pulse.bare_at, counters.pulse.whole_at) == ((NOW, None) if is_bare else (None, NOW))


async def test_in_webhook_mode_the_word_on_it_counts(server: Server) -> None:
    """What Telegram says of the webhook is its last word then, and when its posts last failed is remembered."""
    counters = await counted(server.origin, "getWebhookInfo")
    assert counters.pulse == Pulse(asked_at=NOW)
    counters = Counters(Pulse())
    async with MonitoredRequest(counters, lambda: NOW, "getWebhookInfo") as request:
        world: World = server.app.state.api.world
        for posted in (Webhook("https://x.y/z"), Webhook("https://x.y/z", error={"last_error_date": 1_700_000_000})):
            world.webhook = posted
            await request.do_request(f"{server.origin}/bot{TOKEN}/getWebhookInfo", "POST")
    failed_at = datetime.fromtimestamp(1_700_000_000, UTC)
    assert counters.pulse == Pulse(asked_at=NOW, polled_at=NOW, failed_at=failed_at)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"result":true}', b'{"result":{"last_error_date":1e300}}'])
def test_a_word_that_is_none_tells_of_no_failure(body: bytes) -> None:
    """Whatever is no answer of the Bot API says nothing of posts."""
    assert _last_failure(body) is None


async def test_only_updates_are_a_word_of_telegram() -> None:
    """A server that cannot be reached was asked, and did not speak."""
    counters = Counters(Pulse())
    async with MonitoredRequest(counters, lambda: NOW) as request:
        with pytest.raises(NetworkError):
            await request.do_request(f"http://127.0.0.1:1/bot{TOKEN}/getUpdates", "POST")
    assert counters.requests == {("getUpdates", "unreachable"): 1}
    assert counters.pulse == Pulse(asked_at=NOW)


@pytest.mark.parametrize(
    ("body", "wait"),
    [(b'{"ok":false,"parameters":{"retry_after":7}}', 7), (b"<html>", 0), (b'{"parameters":null}', 0)],
)
async def test_waits_that_telegram_asks_for_are_counted(
    body: bytes, wait: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 429 is counted with its wait, garbled or not; until the wait is over the sender counts as moving."""

    async def flooded(*_given: object) -> tuple[int, bytes]:
        return 429, body

    monkeypatch.setattr("bot.tg.bot_api.transport.AiohttpRequest.do_request", flooded)
    counters = await counted("http://x", "sendPoll")
    assert (counters.floods, counters.flood_seconds) == (1, wait)
    assert counters.requests == {("sendPoll", "flood"): 1}
    assert counters.pulse.sent_at == NOW + timedelta(seconds=wait)
