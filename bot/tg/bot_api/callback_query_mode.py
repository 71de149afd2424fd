"""Mode in which Telegram sends callback queries (Bot API 10.5, ``callback_query_mode``), kept as this bot needs it.

In the mode Inline, which another program may have set for the same bot, a press names no message: the chat of its
button is unknown, so it cannot be handled. In Auto this holds for messages that the bot cannot see.
"""

import asyncio
import logging
from typing import Any

from telegram.error import TelegramError

from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.response import one_line

log = logging.getLogger(__name__)

FIELD = "callback_query_mode"
WANTED = "Default"
# The modes in which a press of a button that people can see names its message.
WHOLE = ("default", "auto")
# Minimum seconds between two checks, even if many presses come without a message.
PAUSE_SECONDS = 60.0
# Seconds between checks while presses lack their messages: the mode may be set back elsewhere.
LOOK_SECONDS = 600.0


def mode_in(me: object) -> str:
    """Return the mode in a result of getMe; empty if it has none, as before Bot API 10.5."""
    mode = me.get(FIELD) if isinstance(me, dict) else None
    return mode if isinstance(mode, str) else ""


def names_messages(mode: str) -> bool:
    """Return whether presses name their messages in this mode; False for an unknown mode."""
    return not mode or mode.lower() in WHOLE


def lacks_message(update: dict[str, Any]) -> bool:
    """Return whether an update is a press that names no message, as in the mode Inline."""
    query = update.get("callback_query")
    return isinstance(query, dict) and "inline_message_id" in query and not isinstance(query.get("message"), dict)


async def set_back(api: ApiClient, me: object, *, again: bool = False) -> bool:
    """Set the mode back to Default if getMe reported another one; log the outcome.

    Args:
        api: the Bot API.
        me: the result of getMe.
        again: whether a refusal was logged before.

    Returns:
        Whether it was set.
    """
    mode = mode_in(me)
    if not mode or mode.lower() == WANTED.lower():
        return False
    try:
        await api.call("setMySettings", {FIELD: WANTED})
    except TelegramError as error:
        level = logging.DEBUG if again else logging.WARNING
        text = "Telegram does not set callback_query_mode back from %s (%s). Set it to %s in @BotFather."
        log.log(level, text, one_line(mode, 20), one_line(error.message), WANTED)
        return False
    log.warning("Another program had set callback_query_mode to %s; it is set back to %s.", one_line(mode, 20), WANTED)
    return True


class CallbackQueryMode:
    """Supervisor of the mode while the bot runs."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self._news = asyncio.Event()
        self._is_whole = True

    def doubt(self) -> None:
        """Request a check of the mode: a press came without its message."""
        self._news.set()

    async def run(self) -> None:
        """Check the mode whenever it is requested, until cancelled."""
        while True:
            await self._wait(None if self._is_whole else LOOK_SECONDS)
            self._is_whole = await self._look()
            await asyncio.sleep(PAUSE_SECONDS)

    async def _wait(self, seconds: float | None) -> None:
        """Wait until a check is requested, for at most this many seconds; without a limit for None."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _look(self) -> bool:
        """Set the mode back if it is another one; return whether presses name their messages now."""
        try:
            me = await self._api.call("getMe")
            if await set_back(self._api, me, again=not self._is_whole):
                # The mode that Telegram reports now counts, not that it accepted the call.
                me = await self._api.call("getMe")
        except TelegramError:
            # Polling and sending log that Telegram does not answer.
            return False
        return names_messages(mode_in(me))
