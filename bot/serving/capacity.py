"""Limit on connections and requests: at the limit, the connection that has waited longest for its client is closed.

There is no limit per address, because a whole school may share one.
"""

from contextlib import suppress
from typing import Protocol

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.serving.refusals import Refusals

RETRY_SECONDS = 10
BUSY_TEXT = "Too many requests are under way. Please try again in a few seconds.\n"
BUSY_HEADERS = {
    "Retry-After": str(RETRY_SECONDS),
    "Connection": "close",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


class ClosableConnection(Protocol):
    """A connection that can be closed at any time."""

    def close_at_once(self) -> None:
        """Close at once."""


class Capacity:
    """The open connections of one server, and their limits.

    Args:
        most: how many connections may be open.
        refusals: counter of refused connections.

    Attributes:
        max_requests: how many requests may be handled at a time. A few connections are left over, so that more clients
            can be answered with 503.
        requests: how many requests are being handled.
    """

    def __init__(self, most: int, refusals: Refusals) -> None:
        self.max_requests = most - max(1, most // 8)
        self.requests = 0
        self._max_connections = most
        self._refusals = refusals
        self._open: set[ClosableConnection] = set()
        # Connections that wait for their clients, the longest waiting first.
        self._waiting: dict[ClosableConnection, None] = {}

    def admits(self, opening: int) -> bool:
        """Close a connection if a new one needs room; return whether there is room. ``opening`` others are opening."""
        return len(self._open) + opening < self._max_connections or self.make_room()

    def make_room(self) -> bool:
        """Close the connection that has waited longest for its client; return whether there was one."""
        connection = next(iter(self._waiting), None)
        if connection is None:
            return False
        self.remove(connection)
        self._refusals.record("crowd")
        connection.close_at_once()
        return True

    def add(self, connection: ClosableConnection) -> None:
        """Add a connection that was opened."""
        self._open.add(connection)

    def remove(self, connection: ClosableConnection) -> None:
        """Remove a connection that was closed."""
        self._open.discard(connection)
        self._waiting.pop(connection, None)

    def mark_waiting(self, connection: ClosableConnection) -> None:
        """Mark a connection as waiting for its client from now on."""
        self._waiting.pop(connection, None)
        if connection in self._open:
            self._waiting[connection] = None

    def mark_busy(self, connection: ClosableConnection) -> None:
        """Mark a connection as busy: its client waits for the server."""
        self._waiting.pop(connection, None)


class RequestLimit:
    """ASGI middleware: answers 503 to requests over the limit."""

    def __init__(self, app: ASGIApp, capacity: Capacity, refusals: Refusals) -> None:
        self._app = app
        self._capacity = capacity
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        capacity = self._capacity
        if capacity.requests >= capacity.max_requests:
            self._refusals.record("full")
            await PlainTextResponse(BUSY_TEXT, 503, BUSY_HEADERS)(scope, receive, send)
            return
        capacity.requests += 1
        try:
            # A client that disconnects during its request is not an error of the application.
            with suppress(ClientDisconnect):
                await self._app(scope, receive, send)
        finally:
            capacity.requests -= 1
