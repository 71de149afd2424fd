"""The answer that never ends: pictures of one board as server-sent events (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.board.watch import Frame

# Proxies commonly give up a line that was silent for 30 or 60 seconds.
HEARTBEAT_SECONDS = 15.0
MEDIA_TYPE = "text/event-stream"
# How long the browser waits before it connects again.
_RETRY_MILLISECONDS = 2000
# nginx would otherwise collect events before it passes them on (ngx_http_proxy_module, proxy_buffering).
_HEADERS = {"X-Accel-Buffering": "no"}


class Pictures(Protocol):
    """Where the pictures of one board come from."""

    async def frame_after(self, seen: Frame | None) -> Frame | None:
        """Wait for a picture newer than the one seen, and return the newest; None once there will be none."""


class PictureStream(StreamingResponse):
    """Sends the newest picture at once, then each new one, and a comment now and then; calls ``leave`` at its end."""

    def __init__(
        self, pictures: Pictures, leave: Callable[[], None], heartbeat_seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        super().__init__(_events(pictures, heartbeat_seconds), media_type=MEDIA_TYPE, headers=_HEADERS)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer until the reader goes or the board ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


async def _events(pictures: Pictures, heartbeat_seconds: float) -> AsyncIterator[str]:
    """Yield events. Pictures are whole, so that a slow reader misses nothing by skipping some."""
    yield f"retry: {_RETRY_MILLISECONDS}\n\n"
    seen: Frame | None = None
    while True:
        try:
            frame = await asyncio.wait_for(pictures.frame_after(seen), heartbeat_seconds)
        except TimeoutError:
            yield ": still here\n\n"
            continue
        if frame is None:
            return
        yield f"id: {frame.id}\ndata: {frame.data}\n\n"
        seen = frame
