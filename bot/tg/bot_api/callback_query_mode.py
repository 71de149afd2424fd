"""The form in which Telegram sends presses (Bot API 10.5, ``callback_query_mode``), kept as this bot needs it.

In the mode Inline, which another program may have set for the same bot, a press names no message: nobody can tell in
which chat its button stands, so it cannot be handled. In Auto that holds for messages that the bot cannot see.
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
# Seconds between two looks: however many presses come without a message, Telegram is asked no more often.
PAUSE_SECONDS = 60.0
# While presses come without their messages, Telegram is asked so often: somebody may set the mode back elsewhere.
LOOK_SECONDS = 600.0


def mode_in(me: object) -> str:
    """Return the mode that getMe tells; empty where it tells none, as before Bot API 10.5."""
    mode = me.get(FIELD) if isinstance(me, dict) else None
    return mode if isinstance(mode, str) else ""


def names_messages(mode: str) -> bool:
    """Check whether presses name their messages in a mode; one that is not known does not count as such."""
    return not mode or mode.lower() in WHOLE


def lacks_message(update: dict[str, Any]) -> bool:
    """Check whether an update is a press that names no message, as in the mode Inline."""
    query = update.get("callback_query")
    return isinstance(query, dict) and "inline_message_id" in query and not isinstance(query.get("message"), dict)


async def set_back(api: ApiClient, me: object, *, again: bool = False) -> bool:
    """Set the mode that getMe told back to Default, if it is another; log what comes of it.

    Args:
        api: the Bot API.
        me: what getMe told.
        again: whether a refusal was logged before.

    Returns:
        whether it was set.
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
    """Keeps the mode while the bot runs."""

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
        """Wait until a check is requested, for at most so many seconds; without an end for None."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def _look(self) -> bool:
        """Set the mode back if it is another; return whether presses name their messages now."""
        try:
            me = await self._api.call("getMe")
            if await set_back(self._api, me, again=not self._is_whole):
                # What Telegram says now counts, not that it took the call.
                me = await self._api.call("getMe")
        except TelegramError:
            # Whoever fetches or sends logs that Telegram does not answer.
            return False
        return names_messages(mode_in(me))
