"""Handles what waits in the lanes: batches become commands, and each batch is one transaction."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence

from telegram import Bot

from bot.app.desk import Desk, Received, StoreError, Task, Worked
from bot.app.work import Outgoing
from bot.tg.lanes import Lanes, Waiting, chat_lane
from bot.tg.router import to_command
from bot.tg.runner import StoryRunner, finished

log = logging.getLogger(__name__)

BATCH = 200
# An update whose handling fails is tried this often, then set aside.
TRIES = 3
RETRY_SECONDS = 1.0
# A vote may come before the answer to sendPoll: seconds until it is looked at again, as often as it must.
EARLY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
STORE_SECONDS = 2.0


class Worker:
    """The way from the lanes to the stories.

    Args:
        send: takes the messages that stories want sent.
    """

    def __init__(self, bot: Bot, desk: Desk, runner: StoryRunner, send: Callable[[Sequence[Outgoing]], None]) -> None:
        self._bot = bot
        self._desk = desk
        self._runner = runner
        self._send = send
        self._lanes = Lanes()
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._room = asyncio.Event()

    def put(self, updates: Sequence[Waiting]) -> None:
        """Let updates wait to be handled."""
        self._lanes.put(updates)
        if updates:
            self._idle.clear()
        self._news.set()

    def wake(self) -> None:
        """Look at once for what waits."""
        self._news.set()

    async def has_room(self, most: int) -> None:
        """Wait until at most so many updates wait."""
        while len(self._lanes) > most:
            self._room.clear()
            await self._room.wait()

    async def worked_off(self) -> None:
        """Wait until every update is handled but those that come too early or are tried again later."""
        await self._idle.wait()

    def call_back(self, chats: Iterable[int]) -> None:
        """Look at once at what came too early because of these chats: what it waited for is known now.

        A vote in a group's poll waits in the lane of whoever voted; a press that closes the round must not pass it.
        """
        called = set(chats)
        is_private = all(chat > 0 for chat in called)
        if self._lanes.call_back({chat_lane(chat) for chat in called} if is_private else None):
            self._news.set()

    async def resume(self) -> None:
        """Let the updates wait that were stored and not handled before the last end."""
        self._put_stored(await self._runner.call(self._desk.waiting))

    async def take_back(self) -> None:
        """Let the updates wait again that were set aside and that an operator put back. Raises StoreError."""
        self._put_stored(await self._runner.call(self._desk.returned))

    def _put_stored(self, stored: Sequence[Received]) -> None:
        self.put([Waiting(one.update_id, one.lane, json.loads(one.body)) for one in stored])

    async def run(self) -> None:
        """Handle updates until cancelled."""
        now = asyncio.get_running_loop().time
        while True:
            self._news.clear()
            due = self._lanes.next_due(now())
            if due is None or due > now():
                self._idle.set()
                await self._wait_for_news(None if due is None else due - now())
                continue
            await finished(self._handle(self._lanes.take(BATCH, now())))
            self._room.set()

    async def _wait_for_news(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _handle(self, batch: Sequence[Waiting]) -> None:
        """Handle a batch whole; if anything in it fails, one by one, so that only the culprit is held up."""
        try:
            worked = await self._work(batch)
        except StoreError as error:
            await self._wait_for_store(batch, error)
        except Exception:  # noqa: BLE001 - whatever a story raises, the bot goes on
            await self._handle_singly(batch)
        else:
            self._conclude(batch, worked)

    async def _handle_singly(self, batch: Sequence[Waiting]) -> None:
        """Handle updates one by one; behind one that fails, the others of its lane wait with it."""
        back: list[Waiting] = []
        for place, update in enumerate(batch):
            if any(update.lane == other.lane for other in back):
                back.append(update)
                continue
            try:
                worked = await self._work([update])
            except StoreError as error:
                await self._wait_for_store([*back, *batch[place:]], error)
                return
            except Exception as error:  # noqa: BLE001 - the same
                back += await self._fail(update, error)
            else:
                self._conclude([update], worked)
        self._lanes.give_back(back, asyncio.get_running_loop().time() + RETRY_SECONDS)

    async def _work(self, batch: Sequence[Waiting]) -> Worked:
        tasks = [self._task(waiting) for waiting in batch]
        return await self._runner.call(self._desk.work, tasks)

    def _task(self, waiting: Waiting) -> Task:
        return Task(waiting.update_id, to_command(waiting.update, self._bot.username))

    def _conclude(self, batch: Sequence[Waiting], worked: Worked) -> None:
        self._send(worked.outgoing)
        now = asyncio.get_running_loop().time()
        for update in batch:
            if update.update_id in worked.parked:
                self._lanes.step_aside(update, now + EARLY_SECONDS[min(update.waits, len(EARLY_SECONDS) - 1)])
                update.waits += 1

    async def _wait_for_store(self, batch: Sequence[Waiting], error: StoreError) -> None:
        log.error("%s %d updates wait; trying again.", error, len(batch))
        self._lanes.give_back(batch)
        await asyncio.sleep(STORE_SECONDS)

    async def _fail(self, update: Waiting, error: Exception) -> list[Waiting]:
        """Count a failure; give the update if it is to be tried again, else set it aside and give none."""
        update.failures += 1
        if update.failures < TRIES:
            log.warning("Update %d failed, trying again: %s", update.update_id, type(error).__name__)
            return [update]
        log.error("Update %d failed %d times and is set aside.", update.update_id, TRIES, exc_info=error)
        try:
            await self._runner.call(self._desk.set_aside, update.update_id, f"{type(error).__name__}: {error}"[:500])
        except StoreError:
            return [update]
        return []
