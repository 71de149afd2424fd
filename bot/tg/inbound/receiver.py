"""Receiver of updates from either source: throttles them, writes them as JSON, and stores them."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeGuard

from bot.app.dispatch.service import QuizService, Received, StoreError, chat_lane
from bot.tg.bot_api.callback_query_mode import lacks_message
from bot.tg.bot_api.json_codec import write_json
from bot.tg.bot_api.response import LONGEST_ID
from bot.tg.inbound.throttle import TOO_MUCH, Throttle, Verdict
from bot.tg.inbound.update_fields import is_whole
from bot.tg.runner import EndedError, HandlerRunner

log = logging.getLogger(__name__)

# Maximum number of verdicts that are remembered for updates that are not stored yet.
MOST_VERDICTS = 10_000
# The lane of updates without a chat or person.
OTHER_LANE = "other"
# Seconds between two counts of waiting updates.
LOOK_SECONDS = 0.1


class Receiver:
    """Receiver that stores updates in the inbox.

    Args:
        throttle: decides which updates exceed a person's limit.
        wake: called when new updates are stored.
        is_follower: returns whether another process is the leader, which must then be signalled.
        doubt: called when a press arrives without its message.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        service: QuizService,
        runner: HandlerRunner,
        throttle: Throttle,
        wake: Callable[[], None],
        is_follower: Callable[[], bool] = lambda: False,
        doubt: Callable[[], None] = lambda: None,
    ) -> None:
        self._service = service
        self._runner = runner
        self._throttle = throttle
        self._wake = wake
        self._is_follower = is_follower
        self._doubt = doubt
        self._verdicts: dict[int, Verdict] = {}
        self._offered: list[tuple[Sequence[Received], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def store(self, updates: Sequence[Any]) -> None:
        """Store updates; return when they are committed. Values without an update id are ignored.

        An otherwise malformed update is stored as it is: its handling fails, and it becomes a dead letter. May be
        called concurrently: calls during a commit share the next one.

        Raises:
            StoreError: they are not stored, and may be delivered again.
        """
        now = asyncio.get_running_loop().time()
        received = [_received(one) for one in updates if is_update(one) and self._is_allowed(one, now)]
        if not received:
            return
        if any(is_update(one) and lacks_message(one) for one in updates):
            self._doubt()
        stored = asyncio.get_running_loop().create_future()
        self._offered.append((received, stored))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_offered())
        await asyncio.shield(stored)

    async def wake_all_workers(self) -> None:
        """Signal all processes to handle stored updates. Raises StoreError."""
        await self._runner.call(self._service.wake_all_workers)

    async def wait_for_few(self, few: int) -> None:
        """Wait until fewer than this many updates wait, in whichever process they are handled."""
        while await self._runner.call(self._service.count_waiting, few) >= few:  # noqa: ASYNC110 - others may work them
            await asyncio.sleep(LOOK_SECONDS)

    async def _store_offered(self) -> None:
        """Store the offered updates until none is left, and resolve the futures of the callers."""
        while self._offered:
            offered, self._offered = self._offered, []
            updates = [one for received, _ in offered for one in received]
            try:
                is_new = await self._store_some(updates)
            except Exception as error:  # noqa: BLE001 - it is raised where they wait
                self._tell(offered, error)
                continue
            for one in updates:
                self._verdicts.pop(one.update_id, None)
            self._tell(offered)
            if is_new:
                self._wake()
        self._storing = None

    async def _store_some(self, updates: Sequence[Received]) -> bool:
        """Store updates; return whether any is new. One that the database refuses does not affect the others.

        The refused one is found by bisection, and its id is stored as a dead letter, or Telegram would repeat it.
        """
        try:
            return bool(
                await self._runner.call(partial(self._service.store_updates, updates, for_leader=self._is_follower()))
            )
        except (StoreError, EndedError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no reason to stop
            if len(updates) == 1:
                await self._set_aside(updates[0], error)
                return False
        half = len(updates) // 2
        are_new = [await self._store_some(some) for some in (updates[:half], updates[half:])]
        return any(are_new)

    async def _set_aside(self, update: Received, error: Exception) -> None:
        """Store only the id of an update that cannot be stored whole. Raises StoreError."""
        try:
            await self._runner.call(self._service.discard_update, update.update_id, OTHER_LANE, error)
        except (StoreError, EndedError):
            raise
        except Exception as again:
            raise StoreError(f"Not even the id of an update can be stored ({type(again).__name__}).") from again
        text = "Update %d cannot be stored (%s) and is set aside without its content; `bot inbox list` lists it."
        log.error(text, update.update_id, type(error).__name__)

    @staticmethod
    def _tell(
        offered: Sequence[tuple[Sequence[Received], asyncio.Future[None]]], error: Exception | None = None
    ) -> None:
        for _, stored in offered:
            if error:
                stored.set_exception(error)
            else:
                stored.set_result(None)

    def _is_allowed(self, update: dict[str, Any], now: float) -> bool:
        """Return whether an update is stored; each is judged once, even if it is delivered again during an outage."""
        update_id = update["update_id"]
        if update_id not in self._verdicts:
            if len(self._verdicts) >= MOST_VERDICTS:
                del self._verdicts[next(iter(self._verdicts))]
            self._verdicts[update_id] = self._throttle.judge(update, now)
        if self._verdicts[update_id] == "tell":
            update[TOO_MUCH] = True
        return self._verdicts[update_id] != "out"


def is_update(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an update that can be stored: one with an id."""
    if not isinstance(value, dict):
        return False
    return is_whole(value.get("update_id"))


def _received(update: dict[str, Any]) -> Received:
    return Received(update["update_id"], lane_of(update), write_json(update), _poll_of(update))


def lane_of(update: dict[str, Any]) -> str:
    """Return the lane in which a raw update must keep its order: its private chat or voter, else its group.

    A malformed update has a lane like any other; it fails when it is handled.
    """
    owners = {"message": "chat", "my_chat_member": "chat", "callback_query": "from", "poll_answer": "user"}
    for kind, owner in owners.items():
        if kind in update:
            try:
                owner_id = update[kind][owner]["id"]
            except (LookupError, TypeError):
                return OTHER_LANE
            return chat_lane(owner_id) if is_whole(owner_id) else OTHER_LANE
    return OTHER_LANE


def _poll_of(update: dict[str, Any]) -> str:
    """Return the poll that an update is a vote in; empty for all others and for malformed updates."""
    vote = update.get("poll_answer")
    poll = vote.get("poll_id") if isinstance(vote, dict) else ""
    return poll if isinstance(poll, str) and len(poll) <= LONGEST_ID else ""
