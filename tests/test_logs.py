"""The logs: one line each, and the token in none."""

import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.logs import set_up_logs
from bot.tg.transport import AiohttpRequest

TOKEN = "123456789:AAH-very-secret_token"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """Put the logs back afterwards as they were."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_the_token_is_in_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The token is taken out of messages, exceptions and their causes, at every level, from any library."""
    set_up_logs("DEBUG", TOKEN)
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    for name in ("bot.tg.intake", "aiohttp.client", "telegram.Bot"):
        log = logging.getLogger(name)
        log.debug("asking %s", address)
        log.warning(f"said {quote(TOKEN, safe='')} and {TOKEN!r}")  # noqa: G004 - as a library may
    try:
        try:
            raise OSError(address)  # noqa: TRY301 - to have a cause
        except OSError as error:
            raise RuntimeError(f"no answer from {address}") from error
    except RuntimeError:
        logging.getLogger("bot").exception("A story failed")
    lines = capsys.readouterr().err
    assert "very-secret" not in lines
    assert lines.count("[token]") == 11
    assert "OSError: https://api.telegram.org/bot[token]/getMe" in lines


async def test_the_token_is_in_no_line_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    """What the library and the transport log of a request that fails holds no token, though its address does."""
    set_up_logs("DEBUG", TOKEN)
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request, get_updates_request=request)
        logging.getLogger("bot").info("I am %r", bot)
        try:
            await bot.get_me()
        except TelegramError:
            logging.getLogger("bot").exception("It failed")
    lines = capsys.readouterr().err
    assert "very-secret" not in lines
    assert "[token]" in lines


def test_a_line_tells_when_how_grave_and_from_where(capsys: pytest.CaptureFixture[str]) -> None:
    """A line has its time, level, origin and words; what is below the level is left out."""
    set_up_logs("WARNING", "")
    logging.getLogger("bot.tg.intake").info("nothing to see")
    logging.getLogger("bot.tg.intake").warning("Telegram cannot be reached.")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING bot.tg.intake: Telegram cannot be reached.")
    assert line[:4].isdecimal()
