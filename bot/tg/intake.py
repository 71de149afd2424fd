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
from bot.tg.feature import HIGHEST
from bot.tg.gate import TOO_MUCH, Gate, Verdict
from bot.tg.lanes import Waiting, chat_lane
from bot.tg.router import ALLOWED_UPDATES
from bot.tg.runner import StoryRunner
from bot.tg.webhook import end_webhook
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
        gate: says which of them somebody asks too much.
        pause: seconds to wait after a fault.

    Attributes:
        is_current: set while all that waited at Telegram is handled: after a start or a fault, once that is caught up.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self, api: Api, desk: Desk, runner: StoryRunner, worker: Worker, gate: Gate, pause: float = 3.0
    ) -> None:
        self._api = api
        self._desk = desk
        self._runner = runner
        self._worker = worker
        self._gate = gate
        self._verdicts: dict[int, Verdict] = {}
        self.is_current = asyncio.Event()
        self._pause = pause
        self._offset: int | None = None
        self._trouble = ""
        self._is_barred = False

    async def run(self) -> None:
        """Fetch updates until cancelled; whatever goes wrong is told once and tried again."""
        while True:
            try:
                await self._worker.has_room(MOST_WAITING)
                if self._is_barred:
                    await end_webhook(self._api)
                await self._fetch()
                self._is_barred = False
                self._trouble = ""
            except RetryAfter as error:
                self.is_current.clear()
                await asyncio.sleep(seconds_of(error))
            except (TelegramError, StoreError) as error:
                self.is_current.clear()
                self._is_barred = isinstance(error, Conflict)
                self._tell(error)
                await asyncio.sleep(self._pause)

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store updates that were posted, and pass them on; return once they are committed. Raises StoreError."""
        await self._keep(_numbered(updates))

    async def _fetch(self) -> None:
        """Fetch, store and pass on one helping; a small one means that no more waits."""
        patience = POLL_SECONDS if self.is_current.is_set() else 0
        wanted: dict[str, Any] = {"limit": AT_ONCE, "timeout": patience, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            wanted["offset"] = self._offset
        raw = await self._api.call("getUpdates", wanted, read_timeout=POLL_SECONDS + 10)
        await self._keep(_numbered(raw))
        if len(raw) < AT_ONCE and not self.is_current.is_set():
            await self._worker.worked_off()
            self.is_current.set()

    async def _keep(self, updates: dict[int, dict[str, Any]]) -> None:
        """Store updates by their ids and pass on those that are new.

        After a week without updates their ids may begin anew, below the last (Bot API, Update.update_id). Where nothing
        waits, all is confirmed, and the next request need not say from where on it asks.
        """
        if not updates:
            self._offset = None
            return
        kept = {key: _written(one) for key, one in updates.items() if self._lets_in(key, one)}
        received = [Received(key, lane_of(one), text) for key, (text, one) in kept.items()]
        fresh = await self._runner.call(self._desk.receive, received) if received else ()
        self._offset = max(updates) + 1
        self._verdicts = {}
        self._worker.put([Waiting(one.update_id, one.lane, kept[one.update_id][1]) for one in fresh])

    def _lets_in(self, update_id: int, update: dict[str, Any]) -> bool:
        """Say whether an update is kept; each is judged once, though it comes again while the database is down."""
        if update_id not in self._verdicts:
            self._verdicts[update_id] = self._gate.judge(update, asyncio.get_running_loop().time())
        if self._verdicts[update_id] == "tell":
            update[TOO_MUCH] = True
        return self._verdicts[update_id] != "out"

    def _tell(self, error: Exception) -> None:
        """Log a trouble when it begins, not every time."""
        trouble = describe(error)
        if trouble != self._trouble:
            log.warning("%s Trying again until it works.", trouble)
        self._trouble = trouble


def _numbered(raw: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Give updates by their ids; one without cannot be kept, and is confirmed with those behind it.

    Raises:
        NetworkError: there is none among what came.
    """
    updates = raw if isinstance(raw, list) else [raw]
    numbered = {one["update_id"]: one for one in updates if isinstance(one, dict) and _is_id(one.get("update_id"))}
    if updates and not numbered:
        raise NetworkError("what came is no list of updates")
    return numbered


def _is_id(value: object) -> bool:
    return isinstance(value, int) and abs(value) <= HIGHEST


def _written(update: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Write an update as JSON; half a character, which JSON can hold and UTF-8 cannot, becomes "?" in both."""
    text = json.dumps(update, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode(errors="replace").decode()
        update = json.loads(text)
    return text, update


def lane_of(update: dict[str, Any]) -> str:
    """Say in which lane a raw update must keep its order: its private chat or voter, else its group.

    One that is not as the Bot API says has a lane like any other; it fails where it is handled.
    """
    owners = {"message": "chat", "my_chat_member": "chat", "callback_query": "from", "poll_answer": "user"}
    for kind, owner in owners.items():
        if kind in update:
            try:
                return chat_lane(update[kind][owner]["id"])
            except (LookupError, TypeError):
                return "other"
    return "other"


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
