"""Delivers updates to a webhook over HTTP as the official server does (its WebhookActor.cpp).

One at a time of a chat, poll or presser, so many at once in all; what is not answered 2xx is posted again, with pauses.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator

import aiohttp

from bot.playground.world import PendingUpdate, Webhook, World, WorldEvent

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
# The official server: a post fails for good after a minute; pauses double up to a minute, and no wish makes them longer
# than an hour.
_PATIENCE, _LONGEST_PAUSE, _LONGEST_WISH = 60, 60, 3600


class WebhookDelivery:
    """Posts what waits, while a webhook is set. Belongs to one event loop.

    Attributes:
        second: how long a second of its pauses lasts; tests make them shorter.
    """

    def __init__(self, world: World) -> None:
        self.second_length = 1.0
        self._world = world
        self._webhook: Webhook | None = None
        self._round: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._is_closed = False
        world.subscribe(self._wake)

    def renew(self) -> None:
        """Post to the webhook that is set now; what is under way to another one ends."""
        wanted = None if self._is_closed else self._world.webhook
        if wanted is self._webhook:
            return
        if self._round:
            self._round.cancel()
        self._webhook, self._round = wanted, asyncio.create_task(self._post_all(wanted)) if wanted else None

    def close(self) -> None:
        """Deliver no more."""
        self._is_closed = True
        self.renew()

    def _wake(self, change: WorldEvent) -> None:
        if change.kind == "update":
            self._news.set()

    async def _post_all(self, webhook: Webhook) -> None:
        """Give each line of updates somebody who delivers it, until cancelled."""
        lines: dict[str, deque[PendingUpdate]] = {}
        free, newest = asyncio.Semaphore(webhook.max_connections), 0
        headers = {"Content-Type": "application/json"} | ({_SECRET: webhook.secret} if webhook.secret else {})
        connector = aiohttp.TCPConnector(limit=webhook.max_connections)
        patience = aiohttp.ClientTimeout(total=_PATIENCE)
        async with (
            aiohttp.ClientSession(connector=connector, headers=headers, timeout=patience) as session,
            asyncio.TaskGroup() as tasks,
        ):
            while True:
                self._news.clear()
                for update in self._world.updates.after(newest):
                    newest = update.id
                    if update.queue_key in lines:
                        lines[update.queue_key].append(update)
                    else:
                        lines[update.queue_key] = deque([update])
                        tasks.create_task(self._post_line(_Post(webhook, session, free), lines, update.queue_key))
                await self._news.wait()

    async def _post_line(self, post: "_Post", lines: dict[str, deque[PendingUpdate]], name: str) -> None:
        """Deliver the updates of one line, one after another."""
        while lines[name]:
            await self._deliver(post, lines[name].popleft())
        del lines[name]

    async def _deliver(self, post: "_Post", update: PendingUpdate) -> None:
        """Post an update until it is taken, or no longer waits."""
        for pause in _pauses():
            if not self._world.updates.is_pending(update):
                return
            fault, wish = await post(update)
            if not fault:
                self._world.updates.confirm(update)
                return
            post.webhook.record_failure(self._world.now(), fault)
            await asyncio.sleep((wish or pause) * self.second_length)


class _Post:
    """Posts one update; at most as many at once as the webhook allows."""

    def __init__(self, webhook: Webhook, session: aiohttp.ClientSession, free: asyncio.Semaphore) -> None:
        self.webhook = webhook
        self._session = session
        self._free = free

    async def __call__(self, update: PendingUpdate) -> tuple[str, int]:
        """Give what is wrong, in the official server's words, and how many seconds the webhook wishes to be spared."""
        body = json.dumps(update.to_json(), ensure_ascii=False).encode(errors="replace")
        try:
            async with self._free, self._session.post(self.webhook.url, data=body, allow_redirects=False) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            return "Webhook connection closed", 0
        if 200 <= answer.status <= 299:  # noqa: PLR2004 - Bot API, setWebhook: "2XY"
            return "", 0
        wish = answer.headers.get("Retry-After", "")
        seconds = min(int(wish), _LONGEST_WISH) if wish.isdecimal() else 0
        return f"Wrong response from the webhook: {answer.status} {answer.reason}", seconds


def _pauses() -> Iterator[int]:
    """Give the pauses between posts in seconds: at once, then 2, 4, 8 and so on."""
    yield 0
    pause = 1
    while True:
        pause = min(_LONGEST_PAUSE, pause * 2)
        yield pause
