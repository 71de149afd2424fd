"""The start-up check, the webhook and the profile survive every answer of Telegram."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from small_bank import BANK
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import RequestData

from bot.app.dispatch.service import QuizService
from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest
from bot.playground.world import World
from bot.store.database import open_database
from bot.tg import profile, startup
from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.inbound.endpoint import Endpoint
from bot.tg.inbound.webhook import Webhook, delete_webhook
from bot.tg.runner import HandlerRunner
from bot.tg.startup import StartRefusedError, check_server

TOKEN = "1:test"  # noqa: S105 - opens nothing
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ODD = (None, True, 0, -1, 10**400, 1.5, "", "a", [], [1, "a"], [[]], {}, {"a": 1})


def short(value: object) -> str:
    """Return a name for a test."""
    return str(value)[:12]


class Odd(PlaygroundRequest):
    """A Bot API that answers one method with a fixed result, a limited number of times."""

    def __init__(self, method: str, result: object, times: int = 1_000_000) -> None:
        super().__init__(BotApi(World(lambda: NOW, Random(1), first_update_id=1), TOKEN))  # noqa: S311 - no secrets
        self._method = method
        self._result = result
        self._times = times

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        **more: Any,  # noqa: ANN401 - as above
    ) -> tuple[int, bytes]:
        """Answer."""
        if url.endswith(f"/{self._method}") and self._times:
            self._times -= 1
            return 200, json.dumps({"ok": True, "result": self._result}).encode()
        return await super().do_request(url, method, request_data, **more)

    @property
    def bot(self) -> Bot:
        """The bot over it."""
        return Bot(TOKEN, request=self, get_updates_request=self)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[QuizService]:
    """A quiz service."""
    with closing(open_database(f"sqlite:///{tmp_path}/bot.sqlite3")) as database:
        yield QuizService(database, BANK, lambda: NOW, UTC)


def webhook(request: Odd, service: QuizService) -> Webhook:
    """Return what keeps the webhook set."""

    async def nothing() -> None:
        """Wait for nothing."""

    return Webhook(Calls(request.bot), service, HandlerRunner(in_thread=False), Endpoint("https://x.y/z"), nothing, 0.0)


@pytest.mark.parametrize(
    "field", ["url", "allowed_updates", "last_error_date", "last_error_message", "max_connections"]
)
@pytest.mark.parametrize("value", ODD, ids=short)
async def test_an_odd_word_on_the_webhook_ends_nothing(service: QuizService, field: str, value: object) -> None:
    """The webhook check survives any value in a field of WebhookInfo."""
    info = {"url": "https://x.y/z", "pending_update_count": 0, "last_error_date": 5, field: value}
    await webhook(Odd("getWebhookInfo", info), service)._look()


@pytest.mark.parametrize(
    "count", [value for value in ODD if not isinstance(value, int)], ids=lambda value: str(value)[:12]
)
async def test_an_odd_count_of_updates_is_not_none(service: QuizService, count: object) -> None:
    """Where it cannot be known how many updates wait at Telegram, some do: deadlines wait for them."""
    looking = webhook(Odd("getWebhookInfo", {"url": "https://x.y/z", "pending_update_count": count}), service)
    await looking._look()
    assert not looking.is_current.is_set()


async def test_a_reason_why_posts_fail_forges_no_line(service: QuizService, caplog: pytest.LogCaptureFixture) -> None:
    """Telegram's reason for a failed post is logged as one short line."""
    info = {"url": "https://x.y/z", "last_error_date": 5, "last_error_message": "no\nERROR forged" + "x" * 10**6}
    await webhook(Odd("getWebhookInfo", info), service)._look()
    (line,) = [one for one in caplog.messages if "could not deliver" in one]
    assert "\n" not in line
    assert len(line) < 500


@pytest.mark.parametrize("value", ODD, ids=short)
async def test_an_odd_webhook_is_a_known_error_or_none(value: object) -> None:
    """Deleting the webhook raises only errors of the library, for any value in place of WebhookInfo."""
    try:
        await delete_webhook(Calls(Odd("getWebhookInfo", value).bot))
    except TelegramError as error:
        told = str(error)
    else:
        told = ""
    assert "\n" not in told


@pytest.mark.parametrize("value", ODD, ids=short)
@pytest.mark.parametrize("method", ["getMyCommands", "getMyName", "getMyDescription", "setMyName"])
async def test_an_odd_profile_harms_nothing(method: str, value: object) -> None:
    """Registering the menu and the descriptions survives any answer of Telegram."""
    await profile.register(Calls(Odd(method, value).bot))


@pytest.mark.parametrize(
    "me", [*ODD, {"supports_guest_queries": True}, {"supports_guest_queries": 1, "username": []}], ids=str
)
async def test_an_odd_greeting_waits_or_says_why(me: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first answer that is no word on a bot is asked for again, or refused with what to do; it is no crash."""
    monkeypatch.setattr(startup, "WAIT_SECONDS", 0)
    bot = Odd("getMe", me, times=1).bot
    refused = ""
    try:
        async with asyncio.timeout(10):
            await check_server(bot)
    except StartRefusedError as error:
        refused = str(error)
    assert "BOT_API_URL" in refused if isinstance(me, dict) and "supports_guest_queries" not in me else bot.username
