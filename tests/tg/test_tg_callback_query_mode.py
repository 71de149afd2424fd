"""The mode in which Telegram sends presses is read and set back, at start and when one comes without its message."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from strategies import seeded_rng
from telegram import Bot
from watched_request import Watched

from bot.playground.bot_api import BotApi
from bot.playground.world import World
from bot.tg.bot_api import callback_query_mode
from bot.tg.bot_api.callback_query_mode import CallbackQueryMode, lacks_message, mode_in, names_messages, set_back
from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.startup import check_server

TOKEN = "1:test"  # noqa: S105 - opens nothing
PATIENCE = 10
NEEDED = ["Auto", "Inline"]


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> BotApi:
    """Return a Bot API without anybody there."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the product has it
    return BotApi(World(lambda: datetime(2026, 3, 2, tzinfo=UTC), seeded_rng()), TOKEN)


@pytest.fixture
def asked(api: BotApi) -> Watched:
    """Return a request that counts the calls."""
    return Watched(api)


@pytest.fixture
def bot(asked: Watched) -> Bot:
    """Return a bot over it."""
    return Bot(TOKEN, request=asked, get_updates_request=asked)


@pytest.mark.parametrize("mode", NEEDED)
async def test_the_greeting_sets_the_mode_back(
    api: BotApi, bot: Bot, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A mode set by another program is reset to Default at the start, and the log says so."""
    api.world.profile.callback_query_mode = mode
    await check_server(bot)
    assert api.world.profile.callback_query_mode == "Default"
    (line,) = [one.getMessage() for one in caplog.records if one.name == callback_query_mode.__name__]
    assert f"callback_query_mode to {mode}" in line


async def test_a_right_mode_is_left_alone(bot: Bot, asked: Watched) -> None:
    """Where the mode is right nothing is set."""
    await check_server(bot)
    assert asked.asked["setMySettings"] == 0


@pytest.mark.parametrize("trouble", ["error", "gateway", "reset", "lost", "flood"])
async def test_a_refusal_does_not_hold_up_the_start(
    api: BotApi, bot: Bot, asked: Watched, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot starts after one failed attempt to set the mode, and the log names the remedy."""
    api.world.profile.callback_query_mode = "Inline"
    api.faults.inject("setMySettings", trouble, retry_after=3600)
    await check_server(bot)
    assert bot.username == api.world.bot.username
    assert asked.asked["setMySettings"] == 1
    assert "Set it to Default in @BotFather." in caplog.text


class Unknowing(Watched):
    """A server that tells the mode and has no method to set it."""

    async def do_request(self, url: str, *more: object, **others: object) -> tuple[int, bytes]:
        """Refuse the method as the official server refuses one that it does not have."""
        if url.endswith("setMySettings"):
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return await super().do_request(url, *more, **others)


async def test_a_server_without_the_method_ends_no_start(api: BotApi) -> None:
    """A 404 for this method is no word on the token."""
    api.world.profile.callback_query_mode = "Inline"
    request = Unknowing(api)
    await check_server(Bot(TOKEN, request=request, get_updates_request=request))


@pytest.mark.parametrize("me", [{}, {"callback_query_mode": None}, {"callback_query_mode": 7}, [], None, "Inline"])
async def test_a_server_that_tells_no_mode_is_asked_for_none(bot: Bot, asked: Watched, me: object) -> None:
    """Before Bot API 10.5 there is no such field; whatever else stands there is no mode."""
    assert mode_in(me) == ""
    assert names_messages("")
    assert not await set_back(Calls(bot), me)
    assert asked.asked["setMySettings"] == 0


@pytest.mark.parametrize(("mode", "whole"), [("Default", True), ("default", True), ("Auto", True), ("Inline", False)])
def test_in_one_mode_presses_lack_their_messages(mode: str, *, whole: bool) -> None:
    """In the mode Inline each press does, and in one that is not known each may."""
    assert names_messages(mode) is whole
    assert not names_messages("Something new")


@pytest.mark.parametrize(
    ("update", "lacks"),
    [
        ({"callback_query": {"inline_message_id": "x", "data": "on"}}, True),
        ({"callback_query": {"inline_message_id": "x", "message": None}}, True),
        ({"callback_query": {"inline_message_id": "x", "message": {"message_id": 1}}}, False),
        ({"callback_query": {"data": "on"}}, False),
        ({"callback_query": []}, False),
        ({"message": {"inline_message_id": "x"}}, False),
        ({}, False),
    ],
)
def test_a_press_without_its_message_is_known_by_its_fields(update: dict[str, object], *, lacks: bool) -> None:
    """It has the id of an inline message in the place of the message."""
    assert lacks_message(update) is lacks


@pytest.fixture
async def kept(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[CallbackQueryMode]:
    """Run what keeps the mode, without pauses."""
    monkeypatch.setattr(callback_query_mode, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(callback_query_mode, "LOOK_SECONDS", 0)
    mode = CallbackQueryMode(Calls(bot))
    running = asyncio.create_task(mode.run())
    yield mode
    running.cancel()
    await asyncio.wait({running})


async def changed(api: BotApi) -> None:
    """Wait until somebody sets something."""
    news = asyncio.Event()
    stop = api.world.subscribe(lambda change: news.set() if change.kind == "profile" else None)
    await asyncio.wait_for(news.wait(), PATIENCE)
    stop()


async def test_a_doubt_has_the_mode_set_back(api: BotApi, kept: CallbackQueryMode) -> None:
    """A mode that is changed while the bot runs is set back as soon as a press shows it, each time."""
    for _ in range(2):
        api.world.profile.callback_query_mode = "Inline"
        kept.doubt()
        await changed(api)
        assert api.world.profile.callback_query_mode == "Default"


async def test_a_refused_mode_is_tried_again_and_told_once(
    api: BotApi, kept: CallbackQueryMode, caplog: pytest.LogCaptureFixture
) -> None:
    """While presses lack their messages the mode is set again and again; of the refusals one is logged."""
    caplog.set_level(logging.INFO)
    api.world.profile.callback_query_mode = "Inline"
    api.faults.inject("setMySettings", "error", times=5)
    kept.doubt()
    await changed(api)
    told = [one.getMessage() for one in caplog.records if one.name == callback_query_mode.__name__]
    assert len([line for line in told if "does not set" in line]) == 1
    assert len(told) == 2
