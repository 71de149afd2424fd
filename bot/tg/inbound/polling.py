"""Fetches updates from Telegram: stores them, commits, and only then confirms them by the next request's offset."""

import asyncio
import logging
from collections.abc import Collection
from typing import Any

from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.app.dispatch.service import StoreError, UnavailableError
from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.response import seconds_of
from bot.tg.feature import HIGHEST
from bot.tg.inbound.receiver import Receiver, is_update
from bot.tg.inbound.router import ALLOWED_UPDATES
from bot.tg.inbound.webhook import delete_webhook
from bot.tg.runner import take_breath

log = logging.getLogger(__name__)

# Bot API, getUpdates: 1-100 at a time.
AT_ONCE = 100
POLL_SECONDS = 30
# How many updates may wait in the inbox before no more are fetched; the rest waits at Telegram.
MOST_WAITING = 20_000
# They are counted after so many full helpings: counting a crowd takes as long as storing one.
COUNTED_EACH = 20
# So many full helpings, one behind the other, are a crowd: more than a few schools that answer at the same moment.
CROWD = 10


class LongPolling:
    """The way in.

    Args:
        receiver: keeps what comes.
        pause: seconds to wait after a fault.

    Attributes:
        is_current: set while all that waited at Telegram is handled: after a start or a fault, once that is caught up.
    """

    def __init__(self, api: ApiClient, receiver: Receiver, pause: float = 3.0) -> None:
        self._api = api
        self._receiver = receiver
        self.is_current = asyncio.Event()
        self._pause = pause
        self._offset: int | None = None
        self._full_helpings = 0
        self._is_ahead = False
        self._trouble = ""
        self._has_told_odd = False
        self._is_barred = False

    @property
    def is_flooded(self) -> bool:
        """Whether a crowd is being fetched, as fast as may be.

        Telegram hands out in the order of coming: who comes after a crowd is seen when the crowd is fetched, and can be
        answered before it.
        """
        return self._full_helpings >= CROWD and not self._is_ahead

    async def run(self) -> None:
        """Fetch updates until cancelled; whatever goes wrong is told once and tried again.

        Another process may have fetched before: what waits at Telegram is asked anew, and confirms nothing.
        """
        self._offset, self._trouble = None, ""
        self._fall_behind()
        while True:
            try:
                if self._is_barred:
                    await delete_webhook(self._api)
                await self._fetch()
                self._is_barred = False
                self._trouble = ""
            except RetryAfter as error:
                self._fall_behind()
                log.warning("Telegram asks to wait %.0f s before updates are fetched again.", seconds_of(error))
                await asyncio.sleep(seconds_of(error))
            except (TelegramError, StoreError) as error:
                self._fall_behind()
                self._is_barred = isinstance(error, Conflict)
                self._tell(error)
                await asyncio.sleep(self._pause)
            except Exception as error:  # noqa: BLE001 - see below
                # Nothing is known to get here. Ending would not help: the same would come again at the next start.
                self._fall_behind()
                self._tell(error, cause=error)
                await asyncio.sleep(self._pause)

    def _fall_behind(self) -> None:
        """Take nothing for granted about what waits at Telegram; meanwhile nobody gives way to fetching."""
        self.is_current.clear()
        self._full_helpings = 0

    async def _fetch(self) -> None:
        """Fetch and store one helping; before more is fetched, few enough must wait.

        Nor is it waited at Telegram after a full one: it may have been the last, and then nobody must give way to it.
        After a week without updates their ids may begin anew, below the last (Bot API, Update.update_id). Where nothing
        waits, all is confirmed, and the next request need not say from where on it asks.
        """
        patience = POLL_SECONDS if self.is_current.is_set() and not self._full_helpings else 0
        wanted: dict[str, Any] = {"limit": AT_ONCE, "timeout": patience, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            wanted["offset"] = self._offset
        raw = await self._api.call("getUpdates", wanted, read_timeout=POLL_SECONDS + 10)
        updates = self._numbered(raw)
        began = asyncio.get_running_loop().time()
        was_flooded = self.is_flooded
        self._full_helpings = self._full_helpings + 1 if updates and len(raw) >= AT_ONCE else 0
        await self._receiver.store(list(updates.values()))
        self._offset = _next_offset(updates)
        if raw and self._offset is None:
            # What cannot be confirmed comes again at once, until something behind it can be.
            await asyncio.sleep(self._pause)
        if was_flooded and not self.is_flooded:
            # Only now: before, they would have taken time from fetching.
            await self._receiver.wake_all_workers()
        if self._full_helpings:
            await self._let_few_wait()
        elif not self.is_current.is_set():
            await self._receiver.wait_for_few(1)
            self.is_current.set()
        elif updates:
            await take_breath(began)

    def _numbered(self, raw: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401 - whatever JSON holds
        """Return updates by their ids; one without cannot be stored, and is confirmed with those behind it.

        Raises:
            NetworkError: there is none among what came.
        """
        updates = raw if isinstance(raw, list) else [raw]
        numbered = {one["update_id"]: one for one in updates if is_update(one)}
        odd = sum(not is_update(one) for one in updates)
        if odd and not any(isinstance(one, dict) and "update_id" in one for one in updates):
            raise NetworkError("what came is no list of updates")
        if odd and not self._has_told_odd:
            log.warning("%d updates came without a usable id; they cannot be stored, and are passed over.", odd)
        self._has_told_odd = bool(odd)
        return numbered

    async def _let_few_wait(self) -> None:
        """Wait until few enough wait, if it is time to count them; meanwhile nobody gives way."""
        if self._full_helpings % COUNTED_EACH == 0:
            self._is_ahead = True
            try:
                await self._receiver.wait_for_few(MOST_WAITING)
            finally:
                self._is_ahead = False

    def _tell(self, error: Exception, cause: Exception | None = None) -> None:
        """Log a trouble when it begins, not every time; with a traceback where there is a cause to look for."""
        trouble = f"Fetching failed unexpectedly ({type(error).__name__})." if cause else describe(error)
        if trouble != self._trouble and not isinstance(error, UnavailableError):
            log.warning("%s Trying again until it works.", trouble, exc_info=cause)
        self._trouble = trouble


def _next_offset(ids: Collection[int]) -> int | None:
    """Return what confirms updates of these ids; None where nothing does.

    One below 0 must not be asked for: Telegram would drop all but the last few (Bot API, getUpdates, offset).
    """
    return max((one + 1 for one in ids if 0 <= one < HIGHEST), default=None)


def describe(error: Exception) -> str:
    """Say in a plain sentence what is wrong with Telegram or the database."""
    match error:
        case Conflict() if "webhook" in error.message.lower():
            return "A webhook is set for this bot, and Telegram posts updates there."
        case Conflict():
            return "Another program fetches this bot's updates: stop the other copy of the bot, or use another token."
        case InvalidToken():
            return "Telegram does not know the token any more: get the valid one from @BotFather and set BOT_TOKEN."
        case StoreError():
            return str(error)
        case NetworkError() if not isinstance(error, BadRequest):
            return f"Telegram cannot be reached ({error.message})."
        case _:
            return f"Telegram refused to give updates: {error}."
