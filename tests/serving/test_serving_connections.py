"""Silent, slow and frozen clients lose their connections; other clients are not affected."""

import asyncio
import errno
import logging
import socket

import pytest
from raw_client import GET, PATIENCE, serving

from bot.serving.acceptor import Acceptor
from bot.serving.capacity import Capacity
from bot.serving.refusals import Refusals
from bot.serving.time_limits import TimeLimits

SOON = 0.05
POST = b"POST %s HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n"
CHUNKED = b"GET /waits HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: here\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 100,
        b"POST / HTTP/1.1\r\nContent-Le",
    ],
)
async def test_an_incomplete_header_block_ends_the_connection(sent: bytes) -> None:
    """A connection is closed after the time limit if its header block is incomplete."""
    async with serving(header=SOON) as served:
        client = await served.connect(sent)
        assert await client.rest() == b""
        assert served.refusals.counts == {"header": 1}


async def test_a_slow_header_block_has_the_same_time_limit() -> None:
    """The time limit is for the whole header block: further bytes do not restart it."""
    async with serving(header=SOON) as served:
        client = await served.connect(b"GET / HTTP/1.1\r\nX: ")
        closed = asyncio.create_task(client.rest())
        for _ in range(5000):
            if closed.done() or not await client.send(b"y"):
                break
            await asyncio.sleep(0)
        assert await closed == b""
        assert served.refusals.counts == {"header": 1}


async def test_the_second_request_of_a_connection_has_a_time_limit_too() -> None:
    """A client may be idle after a response; a second request that it begins has the same time limit."""
    async with serving(header=SOON) as served:
        client = await served.connect(GET)
        assert (await client.until(b"here")).startswith(b"HTTP/1.1 200")
        await client.send(b"G")
        assert await client.rest() == b""
        assert served.refusals.counts == {"header": 1}


async def test_idle_clients_are_not_counted_as_refused() -> None:
    """A client that is idle between two requests is not refused: its second request is answered."""
    async with serving(header=SOON) as served:
        client, other = await served.connect(GET), await served.connect()
        await client.until(b"here")
        await other.rest()
        await client.send(GET)
        await client.until(b"here")
        assert served.refusals.counts == {"header": 1}


@pytest.mark.parametrize(
    "sent",
    [
        POST % b"/body" + b"some",
        POST % b"/" + b"some",
        POST % b"/body" + b"Expect: 100-continue"[:0],
        CHUNKED + b"5\r\nabc",
        GET + POST % b"/body",
    ],
)
async def test_an_incomplete_body_ends_the_connection(sent: bytes) -> None:
    """The rest of a body has a time limit, before, during and after the response."""
    async with serving(body=SOON) as served:
        client = await served.connect(sent)
        await client.rest()
        assert served.refusals.counts == {"body": 1}


async def test_a_slow_body_has_the_same_time_limit() -> None:
    """Further bytes of a body do not keep the connection open after an early response."""
    async with serving(body=SOON) as served:
        client = await served.connect(POST.replace(b"1000", b"1000000000") % b"/")
        closed = asyncio.create_task(client.rest())
        while not closed.done() and await client.send(b"y"):  # noqa: ASYNC110 - the server closes the connection
            await asyncio.sleep(0)
        assert (await closed).startswith(b"HTTP/1.1 405")
        assert served.refusals.counts == {"body": 1}


async def test_a_frozen_reader_loses_its_stream() -> None:
    """The server ends a stream if the client reads nothing within the time limit."""
    async with serving(sending=SOON) as served:
        client = await served.connect(GET.replace(b"/ ", b"/flows "), receive_buffer=4096)
        async with asyncio.timeout(PATIENCE):
            await served.site.ended.wait()
        await client.rest()
        assert served.refusals.counts == {"reading": 1}


async def test_a_half_closed_connection_is_closed() -> None:
    """The server closes the connection of a client that has closed its sending side."""
    async with serving() as served:
        client = await served.connect(b"GET / HT")
        client.raw.shutdown(socket.SHUT_WR)
        assert await client.rest() == b""


async def test_requests_in_one_packet_are_answered_in_their_order() -> None:
    """Pipelined requests are answered one after another, without an error."""
    async with serving(header=SOON, body=SOON) as served:
        client = await served.connect(GET * 3)
        read = await client.until(b"here")
        while read.count(b"here") < 3:
            read += await client.until(b"here")
        assert read.count(b"HTTP/1.1 200") == 3


async def test_silent_connections_are_closed_for_newer_ones() -> None:
    """A client with a request is answered although all connections are in use: the oldest silent one is closed."""
    async with serving(most=8) as served:
        silent = [await served.connect() for _ in range(20)]
        for _ in range(3):
            client = await served.connect(GET)
            await client.until(b"here")
        assert [await one.rest() for one in silent[:12]] == [b""] * 12
        assert served.refusals.counts["crowd"] >= 15


async def test_connections_with_open_requests_are_kept() -> None:
    """Connections with open requests are kept; a request over the limit gets 503, and is answered later."""
    waits = GET.replace(b"/ ", b"/waits ")
    async with serving(most=8) as served:
        clients = [await served.connect(waits) for _ in range(7)]
        await served.site.until_waiting(7)
        refused = await (await served.connect(GET)).rest()
        assert refused.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 10\r\n" in refused.lower()
        assert served.refusals.counts["full"] == 1
        silent = [await served.connect() for _ in range(20)]
        served.site.go.set()
        assert all([b"waited" in await client.until(b"waited") for client in clients])
        for client in (await served.connect(GET), await served.connect(waits)):
            assert b" 200 " in await client.until(b"\r\n\r\n")
        assert silent


async def test_a_connection_over_the_limit_gets_503() -> None:
    """If no connection can be closed, a new one gets 503 at once, before it sends a request."""
    refusals, listener = Refusals(), socket.create_server(("127.0.0.1", 0))
    acceptor = Acceptor(listener, asyncio.Protocol, TimeLimits(), Capacity(0, refusals), refusals)
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    refused = await reader.read()
    writer.close()
    acceptor.close()
    await acceptor.wait_closed()
    assert refused.startswith(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\n")
    assert refusals.counts == {"full": 1}


class Exhausted(socket.socket):
    """A listener that fails at the limit on open files, ``left`` times."""

    left = 3

    def accept(self) -> tuple[socket.socket, object]:
        """Accept a connection, or fail."""
        if self.left:
            self.left -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


async def test_accepting_continues_after_the_limit_on_open_files() -> None:
    """At the limit on open files a silent connection is closed, and accepting continues after a pause."""
    refusals = Refusals()
    capacity, made = Capacity(8, refusals), asyncio.Event()

    class Silent(asyncio.Protocol):
        def connection_made(self, _transport: asyncio.BaseTransport) -> None:
            made.set()

        def close_at_once(self) -> None:
            """Do nothing."""

    silent = Silent()
    capacity.add(silent)
    capacity.mark_waiting(silent)
    listener = Exhausted()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    acceptor = Acceptor(listener, Silent, TimeLimits(), capacity, refusals, pause=0.001)
    _, writer = await asyncio.open_connection(*listener.getsockname())
    await made.wait()
    writer.close()
    acceptor.close()
    await acceptor.wait_closed()
    assert refusals.counts == {"files": 3, "crowd": 1}
    assert listener.fileno() == -1


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/nine\r\n\r\n",
        b"GET /\r\n\r\n" + b"\r\n" * 10,
        b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"y" * 100_000,
        GET[:-2] + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x00",
        CHUNKED.replace(b"/waits", b"/flows") + b"nonsense\r\n\r\n",
        CHUNKED + b"nonsense\r\n\r\n",
    ],
)
async def test_malformed_requests_are_logged_once(sent: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """Malformed data at any point ends the connection, and all refusals of a minute are one log line."""
    async with serving() as served:
        for _ in range(5):
            client = await served.connect(sent)
            await client.rest()
        assert served.refusals.counts == {"malformed": 5}
    assert [record.levelname for record in caplog.records] == ["WARNING"]


async def test_refusals_are_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    """The first refusal of a kind is logged at once, those of the next minute together; none without refusals."""
    refusals = Refusals()
    for _ in range(100):
        refusals.record("header")
    refusals.record("full")
    refusals._log_rest("header")
    refusals._log_rest("header")
    refusals.record("header")
    lines = [record.getMessage() for record in caplog.records]
    assert [line[-5:].split("(")[1] for line in lines] == ["1)", "1)", "99)", "1)"]
    assert refusals.counts == {"header": 101, "full": 1}


async def test_no_response_names_the_server_software() -> None:
    """No response, refusal or error has a Server header."""
    async with serving(most=8) as served:
        for sent in (GET, GET.replace(b"/ ", b"/none "), POST % b"/", b"nonsense\r\n\r\n"):
            client = await served.connect(sent)
            head = await client.until(b"\r\n\r\n")
            assert b"server:" not in head.lower()
            assert b"uvicorn" not in head.lower()


async def test_nothing_is_logged_of_ordinary_clients(caplog: pytest.LogCaptureFixture) -> None:
    """A client that sends a request, gets its response and leaves is not logged."""
    caplog.set_level(logging.WARNING)
    async with serving() as served:
        for _ in range(3):
            client = await served.connect(GET)
            await client.until(b"here")
            client.raw.close()
    assert caplog.records == []
