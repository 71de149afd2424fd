"""Delivery of updates to a webhook over HTTP, as the official server does it (its WebhookActor.cpp).

The updates of one chat, poll or person are sent one at a time; several queues in parallel, up to ``max_connections``.
A request without a 2xx answer is repeated, with growing pauses.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator

import aiohttp

from bot.playground.world import PendingUpdate, Webhook, World, WorldEvent

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
# The official server: a request times out after a minute; pauses double up to a minute, and Retry-After makes them an
# hour at most. In seconds.
_TIMEOUT, _LONGEST_PAUSE, _LONGEST_RETRY_AFTER = 60, 60, 3600


class WebhookDelivery:
    """Sender of the pending updates while a webhook is set. Belongs to one event loop.

    Attributes:
        second_length: real seconds per second of its pauses; tests make it shorter.
    """

    def __init__(self, world: World) -> None:
        self.second_length = 1.0
        self._world = world
        self._webhook: Webhook | None = None
        self._delivery: asyncio.Task[None] | None = None
        self._new_updates = asyncio.Event()
        self._is_closed = False
        world.subscribe(self._wake)

    def apply_webhook(self) -> None:
        """Deliver to the webhook that is set now; cancel delivery to another one."""
        webhook = None if self._is_closed else self._world.webhook
        if webhook is self._webhook:
            return
        if self._delivery:
            self._delivery.cancel()
        self._webhook, self._delivery = webhook, asyncio.create_task(self._deliver_all(webhook)) if webhook else None

    def close(self) -> None:
        """Stop delivery for good."""
        self._is_closed = True
        self.apply_webhook()

    def _wake(self, event: WorldEvent) -> None:
        if event.kind == "update":
            self._new_updates.set()

    async def _deliver_all(self, webhook: Webhook) -> None:
        """Run one task per queue of updates, until cancelled."""
        queues: dict[str, deque[PendingUpdate]] = {}
        free, newest = asyncio.Semaphore(webhook.max_connections), 0
        headers = {"Content-Type": "application/json"} | ({_SECRET: webhook.secret} if webhook.secret else {})
        connector = aiohttp.TCPConnector(limit=webhook.max_connections)
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT)
        async with (
            aiohttp.ClientSession(connector=connector, headers=headers, timeout=timeout) as session,
            asyncio.TaskGroup() as tasks,
        ):
            while True:
                self._new_updates.clear()
                for update in self._world.updates.after(newest):
                    newest = update.id
                    if update.queue_key in queues:
                        queues[update.queue_key].append(update)
                    else:
                        queues[update.queue_key] = deque([update])
                        tasks.create_task(
                            self._deliver_queue(_Request(webhook, session, free), queues, update.queue_key)
                        )
                await self._new_updates.wait()

    async def _deliver_queue(self, request: "_Request", queues: dict[str, deque[PendingUpdate]], name: str) -> None:
        """Deliver the updates of one queue, one after another."""
        while queues[name]:
            await self._deliver(request, queues[name].popleft())
        del queues[name]

    async def _deliver(self, request: "_Request", update: PendingUpdate) -> None:
        """Send an update until it is accepted or no longer pending."""
        for pause in _pauses():
            if not self._world.updates.is_pending(update):
                return
            error, retry_after = await request(update)
            if not error:
                self._world.updates.confirm(update)
                return
            request.webhook.record_failure(self._world.now(), error)
            await asyncio.sleep((retry_after or pause) * self.second_length)


class _Request:
    """Function that sends one update; the semaphore limits the number of requests at a time."""

    def __init__(self, webhook: Webhook, session: aiohttp.ClientSession, free: asyncio.Semaphore) -> None:
        self.webhook = webhook
        self._session = session
        self._free = free

    async def __call__(self, update: PendingUpdate) -> tuple[str, int]:
        """Return the error, in the official server's words, and the seconds of Retry-After; empty and 0 on success."""
        body = json.dumps(update.to_json(), ensure_ascii=False).encode(errors="replace")
        try:
            async with self._free, self._session.post(self.webhook.url, data=body, allow_redirects=False) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            return "Webhook connection closed", 0
        if 200 <= answer.status <= 299:  # noqa: PLR2004 - Bot API, setWebhook: "2XY"
            return "", 0
        retry_after = answer.headers.get("Retry-After", "")
        seconds = min(int(retry_after), _LONGEST_RETRY_AFTER) if retry_after.isdecimal() else 0
        return f"Wrong response from the webhook: {answer.status} {answer.reason}", seconds


def _pauses() -> Iterator[int]:
    """Yield the pauses before each repetition in seconds: 0, then 2, 4, 8 and so on."""
    yield 0
    pause = 1
    while True:
        pause = min(_LONGEST_PAUSE, pause * 2)
        yield pause
