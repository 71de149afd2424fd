"""Runs an application in the event loop that runs already, on a port of its own, and stops it cleanly."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Self

import anyio.to_thread
import uvicorn
from starlette.applications import Starlette

from bot.files import most_connections
from bot.serving.acceptor import Acceptor
from bot.serving.capacity import Capacity, RequestLimit
from bot.serving.connection import Connection
from bot.serving.refusals import Refusals
from bot.serving.time_limits import TimeLimits

# How long answers under way may take once the server stops, in seconds.
_GRACE = 2


class Server:
    """A running server.

    Attributes:
        app: what it serves.
        port: the port it listens on.
        origin: where clients find it, e.g. ``http://127.0.0.1:8081``.
    """

    def __init__(self, app: Starlette, listener: socket.socket, server: "_UvicornServer") -> None:
        self.app = app
        host, self.port = listener.getsockname()[:2]
        self.origin = f"http://{host}:{self.port}"
        self._uvicorn = server
        self._running = asyncio.ensure_future(self._uvicorn.serve())

    async def wait_until_started(self) -> Self:
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


async def serve(  # noqa: PLR0913 - its place, and its limits
    app: Starlette,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    limits: TimeLimits | None = None,
    refusals: Refusals | None = None,
    most: int = 0,
) -> Server:
    """Start a server. Raises OSError where the port is taken.

    Args:
        app: what it serves.
        host: the address to listen at.
        port: 0 takes a free one.
        limits: how long clients may take.
        refusals: where refused connections are counted.
        most: how many connections may be open; 0 for as many as the limit on open files allows.
    """
    # What serving needs later is imported while files can still be opened: this is anyio's part for our event loop.
    await anyio.to_thread.run_sync(int)
    listener = socket.create_server((host, port))
    server = _UvicornServer(app, listener, limits or TimeLimits(), refusals or Refusals(), most or most_connections())
    return await Server(app, listener, server).wait_until_started()


class _UvicornServer(uvicorn.Server):
    """Uvicorn without its hands on the signals of the process, with our own connections, and with word of its start."""

    def __init__(
        self, app: Starlette, listener: socket.socket, limits: TimeLimits, refusals: Refusals, most: int
    ) -> None:
        capacity = Capacity(most, refusals)
        super().__init__(
            uvicorn.Config(
                RequestLimit(app, capacity, refusals),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
                timeout_keep_alive=limits.idle,
            ),
        )
        self.is_up = asyncio.Event()
        self._make_connection = partial(Connection, limits=limits, capacity=capacity, refusals=refusals)
        self._make_acceptor = partial(Acceptor, listener, limits=limits, capacity=capacity, refusals=refusals)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Accept connections ourselves."""
        await self.lifespan.startup()
        make = partial(self._make_connection, self.config, self.server_state, self.lifespan.state)
        self.servers = [self._make_acceptor(make)]  # type: ignore[list-item]
        self.started = True
        self.is_up.set()
