"""Web server for one application inside the current event loop, on its own port, with a clean stop."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Self

import anyio.to_thread
import uvicorn
from starlette.applications import Starlette

from bot.open_file_limit import max_connections
from bot.serving.acceptor import Acceptor
from bot.serving.capacity import Capacity, RequestLimit
from bot.serving.connection import Connection
from bot.serving.refusals import Refusals
from bot.serving.time_limits import TimeLimits

# Seconds that open requests may still take once the server stops.
_GRACE = 2


class Server:
    """A running server.

    Attributes:
        app: the application it serves.
        port: the port it listens on.
        origin: its address for clients, e.g. ``http://127.0.0.1:8081``.
    """

    def __init__(self, app: Starlette, listener: socket.socket, server: "_UvicornServer") -> None:
        self.app = app
        host, self.port = listener.getsockname()[:2]
        self.origin = f"http://{host}:{self.port}"
        self._uvicorn = server
        self._running = asyncio.ensure_future(self._uvicorn.serve())

    async def wait_until_started(self) -> Self:
        """Wait until the server accepts requests; raise the error if it fails to start."""
        up = asyncio.ensure_future(self._uvicorn.is_up.wait())
        await asyncio.wait({self._running, up}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            up.cancel()
            self._running.result()
        return self

    async def stop(self) -> None:
        """Call ``app.state.closers`` to end waiting responses, finish open requests, and stop."""
        for close in self.app.state.closers:
            close()
        self._uvicorn.should_exit = True
        await self._running


async def serve(  # noqa: PLR0913 - address and limits
    app: Starlette,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    limits: TimeLimits | None = None,
    refusals: Refusals | None = None,
    most: int = 0,
) -> Server:
    """Start a server. Raises OSError if the port is in use.

    Args:
        app: the application to serve.
        host: the address to listen on.
        port: the port to listen on; 0 for any free port.
        limits: the time limits of clients.
        refusals: counter of refused connections.
        most: how many connections may be open; 0 for as many as the limit on open files allows.
    """
    # anyio imports its backend at first use. Do that now, while files can still be opened.
    await anyio.to_thread.run_sync(int)
    listener = socket.create_server((host, port))
    server = _UvicornServer(app, listener, limits or TimeLimits(), refusals or Refusals(), most or max_connections())
    return await Server(app, listener, server).wait_until_started()


class _UvicornServer(uvicorn.Server):
    """Uvicorn without signal handlers, with our own connections and an event that is set once it has started."""

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
        """Start our own acceptor instead of uvicorn's."""
        await self.lifespan.startup()
        make = partial(self._make_connection, self.config, self.server_state, self.lifespan.state)
        self.servers = [self._make_acceptor(make)]  # type: ignore[list-item]
        self.started = True
        self.is_up.set()
