"""Long polling: fetches updates, stores and commits them, and confirms them only by the next request's offset."""

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
from bot.tg.runner import rest_after_work

log = logging.getLogger(__name__)

# Bot API, getUpdates: 1-100 at a time.
AT_ONCE = 100
POLL_SECONDS = 30
# Maximum number of updates that wait in the inbox; beyond it the rest waits at Telegram.
MOST_WAITING = 20_000
# They are counted after this many full batches: counting takes as long as storing one.
COUNTED_EACH = 20
# This many full batches in a row are a backlog: more than a few schools that answer at the same moment.
CROWD = 10


class LongPolling:
    """Source of updates by long polling.

    Args:
        receiver: stores the updates.
        pause: seconds to wait after an error.

    Attributes:
        is_current: set while no update waits at Telegram; after a start or an error, once the backlog is handled.
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
        """Whether a backlog is being fetched as fast as possible.

        Telegram delivers in order of arrival: once the whole backlog is fetched, people who wrote last can be answered
        before it.
        """
        return self._full_helpings >= CROWD and not self._is_ahead

    async def run(self) -> None:
        """Fetch updates until cancelled; an error is logged once and retried.

        Another process may have polled before, so the first request has no offset and confirms nothing.
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
                # No cause is known. Stopping would not help: the same would come again at the next start.
                self._fall_behind()
                self._tell(error, cause=error)
                await asyncio.sleep(self._pause)

    def _fall_behind(self) -> None:
        """Assume that updates may wait at Telegram, and let handling go on meanwhile."""
        self.is_current.clear()
        self._full_helpings = 0

    async def _fetch(self) -> None:
        """Fetch and store one batch; before the next one, few enough updates must wait in the inbox.

        Do not long-poll after a full batch: it may have been the last, and workers must not be held back meanwhile.
        After a week without updates their ids may restart below the last one (Bot API, Update.update_id). If nothing
        waits, everything is confirmed, and the next request needs no offset.
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
            # Updates that cannot be confirmed come again at once, until a later one can be.
            await asyncio.sleep(self._pause)
        if was_flooded and not self.is_flooded:
            # Only now: earlier, this would have delayed fetching.
            await self._receiver.wake_all_workers()
        if self._full_helpings:
            await self._let_few_wait()
        elif not self.is_current.is_set():
            await self._receiver.wait_for_few(1)
            self.is_current.set()
        elif updates:
            await rest_after_work(began)

    def _numbered(self, raw: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401 - whatever JSON holds
        """Return updates by their ids; an update without one cannot be stored, and is confirmed with later ones.

        Raises:
            NetworkError: none of them has an id.
        """
        updates = raw if isinstance(raw, list) else [raw]
        numbered = {one["update_id"]: one for one in updates if is_update(one)}
        odd = sum(not is_update(one) for one in updates)
        if odd and not any(isinstance(one, dict) and "update_id" in one for one in updates):
            raise NetworkError("what came is no list of updates")
        if odd and not self._has_told_odd:
            log.warning("Ignored %d updates without a usable id; they cannot be stored.", odd)
        self._has_told_odd = bool(odd)
        return numbered

    async def _let_few_wait(self) -> None:
        """Wait until few enough updates wait, if it is time to count them; handling goes on meanwhile."""
        if self._full_helpings % COUNTED_EACH == 0:
            self._is_ahead = True
            try:
                await self._receiver.wait_for_few(MOST_WAITING)
            finally:
                self._is_ahead = False

    def _tell(self, error: Exception, cause: Exception | None = None) -> None:
        """Log an error when it begins, not every time; with a traceback for an unexpected cause."""
        trouble = f"Fetching failed unexpectedly ({type(error).__name__})." if cause else describe(error)
        if trouble != self._trouble and not isinstance(error, UnavailableError):
            log.warning("%s Retrying.", trouble, exc_info=cause)
        self._trouble = trouble


def _next_offset(ids: Collection[int]) -> int | None:
    """Return the offset that confirms updates with these ids; None if there is none.

    A negative offset must not be used: Telegram would drop all but the last updates (Bot API, getUpdates, offset).
    """
    return max((one + 1 for one in ids if 0 <= one < HIGHEST), default=None)


def describe(error: Exception) -> str:
    """Return a sentence on what is wrong with Telegram or the database."""
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
