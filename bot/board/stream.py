"""Streaming response with the snapshots of one board as server-sent events (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.board.board_poller import BoardEvent

# Proxies commonly close a connection that was silent for 30 or 60 seconds.
HEARTBEAT_SECONDS = 15.0
MEDIA_TYPE = "text/event-stream"
# The browser waits this long before it reconnects.
_RETRY_MILLISECONDS = 2000
# Without this header nginx buffers events (ngx_http_proxy_module, proxy_buffering).
_HEADERS = {"X-Accel-Buffering": "no"}


class BoardEvents(Protocol):
    """Source of the events of one board."""

    async def next_event(self, seen: BoardEvent | None) -> BoardEvent | None:
        """Wait for an event newer than ``seen`` and return the newest; return None at the end of the stream."""


class EventStream(StreamingResponse):
    """Response that sends the newest event at once, then every new one, and comments as a heartbeat.

    ``leave`` is called when the response ends.
    """

    def __init__(
        self, events: BoardEvents, leave: Callable[[], None], heartbeat_seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        super().__init__(_events(events, heartbeat_seconds), media_type=MEDIA_TYPE, headers=_HEADERS)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the client disconnects or the board ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


async def _events(events: BoardEvents, heartbeat_seconds: float) -> AsyncIterator[str]:
    """Yield events as text. Each snapshot is complete, so a slow client may skip some."""
    yield f"retry: {_RETRY_MILLISECONDS}\n\n"
    seen: BoardEvent | None = None
    while True:
        try:
            event = await asyncio.wait_for(events.next_event(seen), heartbeat_seconds)
        except TimeoutError:
            yield ": still here\n\n"
            continue
        if event is None:
            return
        yield f"id: {event.id}\ndata: {event.data}\n\n"
        seen = event
