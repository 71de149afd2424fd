"""A client that sends raw bytes, and a server for it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.serving import Refusals, Server, TimeLimits, serve

GET = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
LONG = 1000
# Seconds after which a test stops waiting for the server and fails.
PATIENCE = 60
# Enough bytes to fill the kernel's buffers of a connection that is not read.
CHUNK = b"x" * 65_536


class Site:
    """An application for hostile clients: ``/`` answers at once, ``/waits`` once ``go`` is set, ``/flows`` never ends.

    Attributes:
        go: set to let ``/waits`` answer.
        waiting: how many requests for it are under way.
        ended: set once a stream has ended.
    """

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.ended = asyncio.Event()
        self.waiting = 0
        self.arrived = asyncio.Event()
        self.app = Starlette(
            routes=[
                Route("/", self._root),
                Route("/body", self._body, methods=["POST"]),
                Route("/waits", self._waits),
                Route("/flows", self._flows),
            ]
        )
        self.app.state.closers = [self.go.set]

    async def _root(self, _request: Request) -> Response:
        return PlainTextResponse("here")

    async def _body(self, request: Request) -> Response:
        with suppress(Exception):
            await request.body()
        return PlainTextResponse("read")

    async def _waits(self, _request: Request) -> Response:
        self.waiting += 1
        self.arrived.set()
        await self.go.wait()
        self.waiting -= 1
        return PlainTextResponse("waited")

    async def _flows(self, _request: Request) -> Response:
        return StreamingResponse(self._flow())

    async def _flow(self) -> AsyncIterator[bytes]:
        try:
            while True:
                yield CHUNK
                await asyncio.sleep(0)
        finally:
            self.ended.set()

    async def until_waiting(self, count: int) -> None:
        """Wait until this many requests are being handled."""
        while self.waiting < count:
            self.arrived.clear()
            await self.arrived.wait()


@dataclass
class Served:
    """A running server of a Site, with its refusals and clients."""

    site: Site
    server: Server
    refusals: Refusals
    clients: list["Client"] = field(default_factory=list)

    async def connect(self, sent: bytes = b"", receive_buffer: int = 0) -> "Client":
        """Open a connection and send bytes."""
        raw = socket.socket()
        if receive_buffer:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        raw.setblocking(False)  # noqa: FBT003 - the signature is Python's
        await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", self.server.port))
        client = Client(raw)
        self.clients.append(client)
        await client.send(sent)
        return client


@dataclass
class Client:
    """One connection."""

    raw: socket.socket

    async def send(self, data: bytes) -> bool:
        """Send bytes; return False if the server has closed the connection."""
        try:
            await asyncio.get_running_loop().sock_sendall(self.raw, data)
        except OSError:
            return False
        return True

    async def until(self, ending: bytes) -> bytes:
        """Read until these bytes have arrived."""
        read = b""
        async with asyncio.timeout(PATIENCE):
            while ending not in read:
                piece = await asyncio.get_running_loop().sock_recv(self.raw, 65_536)
                assert piece, read
                read += piece
        return read

    async def rest(self) -> bytes:
        """Read until the server closes or resets the connection."""
        read = b""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionError):
                while piece := await asyncio.get_running_loop().sock_recv(self.raw, 65_536):
                    read += piece
        return read


@asynccontextmanager
async def serving(
    *, header: float = LONG, body: float = LONG, sending: float = LONG, most: int = 0
) -> AsyncIterator[Served]:
    """Serve a site with these time limits."""
    site, refusals = Site(), Refusals()
    limits = TimeLimits(header=header, body=body, sending=sending)
    server = await serve(site.app, limits=limits, refusals=refusals, most=most)
    served = Served(site, server, refusals)
    try:
        yield served
    finally:
        for client in served.clients:
            client.raw.close()
        await server.stop()
