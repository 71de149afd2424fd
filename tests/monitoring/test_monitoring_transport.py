"""Tests that calls of the Bot API are counted by method and outcome, and recorded as activity."""

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
    """A server of the playground's Bot API."""
    served = await serve(create_app(World(lambda: NOW, Random(1), first_update_id=1), TOKEN))  # noqa: S311 - no secrets
    yield served
    await served.stop()


async def counted(origin: str, *methods: str) -> Counters:
    """Call these methods; return the counters."""
    counters = Counters(Pulse())
    async with MonitoredRequest(counters, lambda: NOW) as request:
        for method in methods:
            await request.do_request(f"{origin}/bot{TOKEN}/{method}", "POST")
    return counters


async def test_calls_are_counted_by_method_and_outcome(server: Server) -> None:
    """Successful and refused calls are counted separately."""
    counters = await counted(server.origin, "getMe", "getUpdates", "sendMessage")
    assert counters.requests == {("getMe", "ok"): 1, ("getUpdates", "ok"): 1, ("sendMessage", "refused"): 1}
    assert counters.pulse == Pulse(asked_at=NOW, polled_at=NOW, sent_at=NOW, whole_at=NOW)


@pytest.mark.parametrize(("mode", "is_bare"), [("Default", False), ("Auto", False), ("Inline", True)])
async def test_the_mode_of_button_presses_is_recorded(server: Server, mode: str, *, is_bare: bool) -> None:
    """Each getMe shows whether button presses come without their messages."""
    server.app.state.api.world.profile.callback_query_mode = mode
    counters = await counted(server.origin, "getMe")
    assert counters.pulse.lacks_messages is is_bare
    assert (counters.pulse.bare_at, counters.pulse.whole_at) == ((NOW, None) if is_bare else (None, NOW))


async def test_in_webhook_mode_get_webhook_info_counts_as_polling(server: Server) -> None:
    """In webhook mode a successful getWebhookInfo is recorded as polling, with the time of the last failed delivery."""
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
def test_a_malformed_webhook_info_has_no_failure(body: bytes) -> None:
    """A malformed getWebhookInfo response has no time of a failed delivery."""
    assert _last_failure(body) is None


async def test_only_a_successful_call_counts_as_polling() -> None:
    """A call to an unreachable server is recorded as a request, but not as successful polling."""
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
async def test_flood_waits_are_counted(body: bytes, wait: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 429, even a garbled one, is counted with its wait, and until its end the sender counts as active."""

    async def flooded(*_given: object) -> tuple[int, bytes]:
        return 429, body

    monkeypatch.setattr("bot.tg.bot_api.transport.AiohttpRequest.do_request", flooded)
    counters = await counted("http://x", "sendPoll")
    assert (counters.floods, counters.flood_seconds) == (1, wait)
    assert counters.requests == {("sendPoll", "flood"): 1}
    assert counters.pulse.sent_at == NOW + timedelta(seconds=wait)
