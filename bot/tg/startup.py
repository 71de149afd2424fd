"""Checks at start: whether the Bot API server answers, is new enough and knows the token."""

import asyncio
import logging

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.tg.bot_api.callback_query_mode import set_back
from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.response import GARBLED, seconds_of

log = logging.getLogger(__name__)

# A field of getMe since Bot API 10.0, which also brought the polls that this bot needs.
SIGN_OF_10_0 = "supports_guest_queries"
WAIT_SECONDS = 3.0


class StartRefusedError(Exception):
    """The bot cannot start; the message says why and what to do."""


async def check_server(bot: Bot) -> None:
    """Initialize the bot, waiting for the network as long as necessary. Raises StartRefusedError."""
    told = False
    while True:
        try:
            me = await ApiClient(bot).call("getMe")
            _check(me)
            await set_back(ApiClient(bot), me)
            await _initialize(bot)
        except InvalidToken:
            raise StartRefusedError(
                "Telegram does not know this token. Copy it once more from @BotFather into BOT_TOKEN "
                "(with a self-hosted server: check BOT_API_URL too)."
            ) from None
        except RetryAfter as error:
            log.warning("Telegram asks to wait %.0f s before the start; Ctrl+C ends.", seconds_of(error))
            await asyncio.sleep(seconds_of(error))
        except TelegramError as error:
            if not told:
                log.warning("Telegram cannot be reached (%s). Waiting for it; Ctrl+C ends.", error.message)
            told = True
            await asyncio.sleep(WAIT_SECONDS)
        else:
            log.info("Running as @%s.", bot.username)
            return


async def _initialize(bot: Bot) -> None:
    """Call getMe through the library. Raises TelegramError for any response that it cannot read."""
    try:
        await bot.initialize()
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001 - the library takes fields as they come
        raise NetworkError(f"{GARBLED}: {type(error).__name__}") from None


def _check(me: object) -> None:
    """Raise StartRefusedError if the server is too old, NetworkError if the response describes no bot."""
    if not isinstance(me, dict):
        raise NetworkError(GARBLED)
    if SIGN_OF_10_0 not in me:
        raise StartRefusedError(
            "This Bot API server is older than 10.0, and its polls lack what the quiz needs. "
            "Update the server that BOT_API_URL names, or use https://api.telegram.org."
        )
    if not isinstance(me.get("username"), str):
        raise NetworkError(f"{GARBLED}: it names no bot")
