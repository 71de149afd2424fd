"""Small real proxies on this computer: one for HTTP, with CONNECT and without, and one for SOCKS5 (RFC 1928, 1929).

Each forwards connections, and records their targets and logins.
"""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

HERE = "127.0.0.1"
Address = tuple[str, int]


@dataclass
class SmallProxy:
    """A running proxy.

    Attributes:
        login: the required NAME:PASSWORD; empty for none.
        names: addresses of host names that only this proxy can resolve.
        asked: the requested connections.
        port: the port on which it listens.
    """

    login: str = ""
    names: Mapping[str, Address] = field(default_factory=dict)
    asked: list[Address] = field(default_factory=list)
    port: int = 0

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        raise NotImplementedError

    async def open(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the server that a client asked for."""
        self.asked.append((host, port))
        return await asyncio.open_connection(*self.names.get(host, (host, port)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it disconnects or its request fails."""
        try:
            await self.speak(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


class HttpProxy(SmallProxy):
    """HTTP proxy: tunnels (CONNECT), or forwards single requests with an absolute URL."""

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *headers = head.removesuffix("\r\n\r\n").split("\r\n")
        method, target, version = first.split(" ")
        wanted = f"Proxy-Authorization: Basic {base64.b64encode(self.login.encode()).decode()}"
        if self.login and wanted not in headers:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            there = await self.open(host, int(port))
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            parts = urlsplit(target)
            there = await self.open(parts.hostname or "", parts.port or 80)
            kept = [line for line in headers if not line.startswith(("Proxy-", "Connection:"))]
            path = target.removeprefix(f"{parts.scheme}://{parts.netloc}")
            there[1].write("\r\n".join([f"{method} {path} {version}", *kept, "Connection: close", "", ""]).encode())
        await pipe_both((reader, writer), there)


class SocksProxy(SmallProxy):
    """SOCKS5 proxy."""

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        _, count = await reader.readexactly(2)
        offered = await reader.readexactly(count)
        method = 2 if self.login else 0
        if method not in offered:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes((5, method)))
        if method and not await self.lets_in(reader, writer):
            return
        _, _, _, kind = await reader.readexactly(4)
        if kind == 1:
            host = ".".join(map(str, await reader.readexactly(4)))
        else:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        port = int.from_bytes(await reader.readexactly(2))
        try:
            there = await self.open(host, port)
        except OSError:
            writer.write(b"\x05\x05\x00\x01" + bytes(6))
            return
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await pipe_both((reader, writer), there)

    async def lets_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Check the user name and password."""
        await reader.readexactly(1)
        name = await reader.readexactly((await reader.readexactly(1))[0])
        password = await reader.readexactly((await reader.readexactly(1))[0])
        is_right = f"{name.decode()}:{password.decode()}" == self.login
        writer.write(b"\x01\x00" if is_right else b"\x01\x01")
        return is_right


async def pipe_both(
    one: tuple[asyncio.StreamReader, asyncio.StreamWriter], other: tuple[asyncio.StreamReader, asyncio.StreamWriter]
) -> None:
    """Copy bytes both ways until either side ends."""
    ways = [asyncio.ensure_future(pipe(one[0], other[1])), asyncio.ensure_future(pipe(other[0], one[1]))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        other[1].close()
        for way in ways:
            way.cancel()
        await asyncio.wait(ways)


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy bytes until there are no more."""
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except OSError:
        return


@asynccontextmanager
async def running(proxy: SmallProxy, tls: ssl.SSLContext | None = None) -> AsyncIterator[SmallProxy]:
    """Run a proxy, with TLS towards its clients if a context is given; its connections end with it."""
    clients: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            clients.add(task)
        with suppress(asyncio.CancelledError):
            await proxy.serve(reader, writer)

    server = await asyncio.start_server(serve, HERE, 0, ssl=tls)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for task in clients:
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


class Gateway(SmallProxy):
    """Forwards every connection to one server; with TLS towards its clients it adds https to that server."""

    def __init__(self, to: Address) -> None:
        super().__init__()
        self.to = to

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        await pipe_both((reader, writer), await self.open(*self.to))
