"""A server that answers with whatever bytes a test wants, for as long as somebody reads them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

# Bytes to send, piece by piece; None waits until the client has gone.
Pieces = Iterable[bytes | None]


class HostileServer:
    """A raw HTTP server.

    Attributes:
        origin: its address.
        sent: how many bytes of answers were taken from it.
        requests: the heads of requests as they came.
    """

    def __init__(self, answer: Callable[[], Pieces]) -> None:
        self._answer = answer
        self.origin = ""
        self.sent = 0
        self.requests: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on one connection until the client has enough."""
        try:
            while head := await _head(reader):
                self.requests.append(head)
                for piece in self._answer():
                    if piece is None:
                        await reader.read()
                        return
                    writer.write(piece)
                    self.sent += len(piece)
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _head(reader: asyncio.StreamReader) -> str:
    """Read one request; return its head."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    lengths = [line.partition(":")[2] for line in head.splitlines() if line.lower().startswith("content-length")]
    for length in lengths:
        await reader.readexactly(int(length))
    return head


@asynccontextmanager
async def hostile(answer: Callable[[], Pieces]) -> AsyncIterator[HostileServer]:
    """Serve; all connections end with the block."""
    running = HostileServer(answer)
    server = await asyncio.start_server(running.talk, "127.0.0.1", 0)
    running.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield running
    finally:
        server.close()


def answer(status: int, body: bytes, *headers: str) -> list[bytes]:
    """Return a whole answer."""
    lines = [f"HTTP/1.1 {status} Word", f"Content-Length: {len(body)}", *headers]
    return ["\r\n".join(lines).encode() + b"\r\n\r\n", body]
