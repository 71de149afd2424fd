"""Runs an application in the event loop that runs already, on a port of its own, and stops it cleanly."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import uvicorn
from starlette.applications import Starlette

# How long answers under way may take once the server stops, in seconds.
_GRACE = 2
# Seconds that an idle connection stays open: longer than clients use theirs (a minute), or one might be closed in use.
_KEEP_ALIVE = 75


class Server:
    """A running server.

    Attributes:
        app: what it serves.
        port: the port it listens on.
        origin: where clients find it, e.g. ``http://127.0.0.1:8081``.
    """

    def __init__(self, app: Starlette, listener: socket.socket) -> None:
        self.app = app
        host, self.port = listener.getsockname()[:2]
        self.origin = f"http://{host}:{self.port}"
        self._uvicorn = _Uvicorn(app)
        self._running = asyncio.ensure_future(self._uvicorn.serve(sockets=[listener]))

    async def started(self) -> Self:
        """Wait until requests are answered."""
        up = asyncio.ensure_future(self._uvicorn.is_up.wait())
        await asyncio.wait({self._running, up}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            up.cancel()
            self._running.result()
        return self

    async def stop(self) -> None:
        """End what waits, answer what is under way, and stop."""
        for close in self.app.state.closers:
            close()
        self._uvicorn.should_exit = True
        await self._running


async def serve(app: Starlette, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Start a server; port 0 takes a free one. Raises OSError where the port is taken."""
    listener = socket.create_server((host, port))
    return await Server(app, listener).started()


class _Uvicorn(uvicorn.Server):
    """Uvicorn without its hands on the signals of the process, and with word of its start."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=_GRACE,
                timeout_keep_alive=_KEEP_ALIVE,
            ),
        )
        self.is_up = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()
