"""Fetches updates from Telegram: stores them, commits, and only then confirms them by the next request's offset."""

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any

from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.app.desk import Desk, Received, StoreError
from bot.tg.api import Api
from bot.tg.delivery import seconds_of
from bot.tg.lanes import Waiting, chat_lane
from bot.tg.router import ALLOWED_UPDATES
from bot.tg.runner import StoryRunner
from bot.tg.worker import Worker

log = logging.getLogger(__name__)

# Bot API, getUpdates: 1-100 at a time.
AT_ONCE = 100
POLL_SECONDS = 30
# How many updates may wait in memory before no more are fetched; the rest waits at Telegram.
MOST_WAITING = 5000


class Intake:
    """The way in.

    Args:
        worker: takes the new updates.
        pause: seconds to wait after a fault.

    Attributes:
        is_current: set while all that waited at Telegram is handled: after a start or a fault, once that is caught up.
    """

    def __init__(self, api: Api, desk: Desk, runner: StoryRunner, worker: Worker, pause: float = 3.0) -> None:
        self._api = api
        self._desk = desk
        self._runner = runner
        self._worker = worker
        self.is_current = asyncio.Event()
        self._pause = pause
        self._offset: int | None = None
        self._trouble = ""

    async def run(self) -> None:
        """Fetch updates until cancelled; whatever goes wrong is told once and tried again."""
        while True:
            try:
                if await self._fetch() > MOST_WAITING:
                    await asyncio.sleep(0.1)
                self._trouble = ""
            except RetryAfter as error:
                self.is_current.clear()
                await asyncio.sleep(seconds_of(error))
            except (TelegramError, StoreError) as error:
                self.is_current.clear()
                self._tell(error)
                await asyncio.sleep(self._pause)

    async def _fetch(self) -> int:
        """Fetch, store and pass on one helping; a small one means that no more waits."""
        patience = POLL_SECONDS if self.is_current.is_set() else 0
        wanted: dict[str, Any] = {"limit": AT_ONCE, "timeout": patience, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            wanted["offset"] = self._offset
        raw = await self._api.call("getUpdates", wanted, read_timeout=POLL_SECONDS + 10)
        waiting = await self._keep(raw)
        if len(raw) < AT_ONCE and not self.is_current.is_set():
            await self._worker.worked_off()
            self.is_current.set()
        return waiting

    async def _keep(self, raw: Sequence[dict[str, Any]]) -> int:
        if not raw:
            return self._worker.put(())
        updates = {one["update_id"]: one for one in raw}
        received = [Received(key, lane_of(one), json.dumps(one, ensure_ascii=False)) for key, one in updates.items()]
        fresh = await self._runner.call(self._desk.receive, received)
        self._offset = max(updates) + 1
        return self._worker.put([Waiting(one.update_id, one.lane, updates[one.update_id]) for one in fresh])

    def _tell(self, error: Exception) -> None:
        """Log a trouble when it begins, not every time."""
        trouble = describe(error)
        if trouble != self._trouble:
            log.warning("%s Trying again until it works.", trouble)
        self._trouble = trouble


def lane_of(update: dict[str, Any]) -> str:
    """Say in which lane a raw update must keep its order: its private chat or voter, else its group."""
    for kind in ("message", "my_chat_member"):
        if kind in update:
            return chat_lane(update[kind].get("chat", {}).get("id"))
    for kind, person in (("callback_query", "from"), ("poll_answer", "user")):
        if kind in update:
            return chat_lane(update[kind].get(person, {}).get("id"))
    return "other"


def describe(error: Exception) -> str:
    """Say in a plain sentence what is wrong with Telegram or the database."""
    match error:
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
