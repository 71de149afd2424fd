"""The first words with Telegram: the greeting, and the menu and descriptions."""

from datetime import UTC, datetime

import pytest
from strategies import seeded_rng
from telegram import Bot
from watched_request import Watched

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES
from bot.playground.bot_api import BotApi
from bot.playground.request import PlaygroundRequest
from bot.playground.world import Scope, World
from bot.tg import profile, startup
from bot.tg.bot_api.client import ApiClient as Calls
from bot.tg.features import FEATURES
from bot.tg.startup import StartRefusedError, check_server

TOKEN = "1:test"  # noqa: S105 - opens nothing
NAMES = [name for feature in FEATURES for name in feature.slash]


class Old(PlaygroundRequest):
    """A server that does not know yet what Bot API 10.0 brought."""

    async def do_request(self, *asked: object, **more: object) -> tuple[int, bytes]:
        """Leave out of an answer what is new."""
        status, body = await super().do_request(*asked, **more)
        return status, body.replace(startup.SIGN_OF_10_0.encode(), b"something_else")


@pytest.fixture
def api() -> BotApi:
    """A Bot API without users."""
    return BotApi(World(lambda: datetime(2026, 3, 2, tzinfo=UTC), seeded_rng()), TOKEN)


def bot_over(request: PlaygroundRequest, token: str = TOKEN) -> Bot:
    """Create a bot over a request."""
    return Bot(token, request=request, get_updates_request=request)


async def test_a_greeted_bot_knows_its_name(api: BotApi) -> None:
    """After the greeting the bot knows who it is."""
    bot = bot_over(PlaygroundRequest(api))
    await check_server(bot)
    assert bot.username == api.world.bot.username


async def test_a_wrong_token_ends_the_start(api: BotApi) -> None:
    """A token that Telegram does not know ends the start with what to do."""
    with pytest.raises(StartRefusedError, match=r"Telegram does not know this token\..*@BotFather into BOT_TOKEN"):
        await check_server(bot_over(PlaygroundRequest(api), "1:wrong"))


async def test_an_old_server_ends_the_start(api: BotApi) -> None:
    """A Bot API older than 10.0 ends the start with what to do."""
    with pytest.raises(StartRefusedError, match=r"older than 10\.0.*BOT_API_URL"):
        await check_server(bot_over(Old(api)))


@pytest.mark.parametrize("trouble", ["reset", "lost", "error", "gateway"])
async def test_a_start_without_network_waits(
    api: BotApi, trouble: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While Telegram cannot be reached the start waits, says so once, and goes on as soon as it can."""
    monkeypatch.setattr(startup, "WAIT_SECONDS", 0)
    api.faults.inject("getMe", trouble, times=3)
    bot = bot_over(PlaygroundRequest(api))
    await check_server(bot)
    assert bot.username == api.world.bot.username
    warnings = [record.getMessage() for record in caplog.records if record.name == startup.__name__]
    assert len([line for line in warnings if "cannot be reached" in line]) == 1


async def test_telegram_learns_menu_and_words_in_every_language(api: BotApi) -> None:
    """People see the commands, the name and the descriptions in their language, elsewhere in the reference."""
    await profile.register(Calls(bot_over(PlaygroundRequest(api))))
    shown = api.world.profile
    for code, texts in {**LANGUAGES, "": LANGUAGES[DEFAULT_LANGUAGE]}.items():
        language = "" if code == DEFAULT_LANGUAGE else code
        told = {one.command: one.description for one in shown.commands(Scope(), language)}
        assert told == {name: texts.plain(f"command.{name}") for name in NAMES}
        assert shown.text("name", language) == texts.plain("bot.name")
        assert shown.text("short_description", language) == texts.plain("bot.about")
        assert shown.text("description", language) == texts.plain("bot.description")


async def test_a_right_profile_is_not_set_again(api: BotApi) -> None:
    """A second start sets nothing; where one thing differs, that alone is set."""
    request = Watched(api)
    bot = Calls(bot_over(request))
    await profile.register(bot)
    assert request.asked["setMyCommands"] == 2 * len(LANGUAGES)
    assert request.asked["setMyName"] == len(LANGUAGES)
    request.asked.clear()
    await profile.register(bot)
    assert [method for method in request.asked if method.startswith("set")] == []
    await bot.call("setMyDescription", {"description": "Something else", "language_code": ""})
    request.asked.clear()
    await profile.register(bot)
    assert {method: times for method, times in request.asked.items() if method.startswith("set")} == {
        "setMyDescription": 1
    }


async def test_words_that_cannot_be_set_harm_nothing(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    """If Telegram refuses the menu in one language, that is logged, and the other languages are set all the same."""
    api.faults.inject("setMyCommands", "flood", retry_after=9000)
    await profile.register(Calls(bot_over(PlaygroundRequest(api))))
    assert "Could not set" in caplog.text
    later = list(LANGUAGES)[-1]
    assert [one.command for one in api.world.profile.commands(Scope(), later)] == NAMES
