"""Clients that are silent, slow or frozen lose their connections, and nobody else notices."""

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
async def test_a_request_that_does_not_come_ends_the_connection(sent: bytes) -> None:
    """A connection without a whole header block is closed in time, whatever part of it came."""
    async with serving(header=SOON) as served:
        client = await served.connect(sent)
        assert await client.rest() == b""
        assert served.refusals.counts == {"header": 1}


async def test_a_header_block_a_byte_at_a_time_has_no_more_time() -> None:
    """The time limit is on the whole header block: each byte more does not start it anew."""
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
    """A client that was answered may be idle; once it begins another request it has to end it in time."""
    async with serving(header=SOON) as served:
        client = await served.connect(GET)
        assert (await client.until(b"here")).startswith(b"HTTP/1.1 200")
        await client.send(b"G")
        assert await client.rest() == b""
        assert served.refusals.counts == {"header": 1}


async def test_idle_clients_are_not_counted_as_refused() -> None:
    """A client between two requests is within its rights: its second request is answered."""
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
async def test_a_body_that_does_not_come_ends_the_connection(sent: bytes) -> None:
    """The rest of a body has a time limit, whether its request was answered already, is, or will be."""
    async with serving(body=SOON) as served:
        client = await served.connect(sent)
        await client.rest()
        assert served.refusals.counts == {"body": 1}


async def test_a_body_a_byte_at_a_time_has_no_more_time() -> None:
    """After an early answer, too, bytes of a body that nobody reads do not keep the connection open."""
    async with serving(body=SOON) as served:
        client = await served.connect(POST.replace(b"1000", b"1000000000") % b"/")
        closed = asyncio.create_task(client.rest())
        while not closed.done() and await client.send(b"y"):  # noqa: ASYNC110 - the end comes from outside
            await asyncio.sleep(0)
        assert (await closed).startswith(b"HTTP/1.1 405")
        assert served.refusals.counts == {"body": 1}


async def test_a_reader_that_is_frozen_loses_its_stream() -> None:
    """Where nothing of what is sent is read for the time limit, the stream ends on our side."""
    async with serving(sending=SOON) as served:
        client = await served.connect(GET.replace(b"/ ", b"/flows "), receive_buffer=4096)
        async with asyncio.timeout(PATIENCE):
            await served.site.ended.wait()
        await client.rest()
        assert served.refusals.counts == {"reading": 1}


async def test_whoever_closes_half_a_connection_loses_all_of_it() -> None:
    """A client that can send nothing more is not waited for."""
    async with serving() as served:
        client = await served.connect(b"GET / HT")
        client.raw.shutdown(socket.SHUT_WR)
        assert await client.rest() == b""


async def test_requests_in_one_packet_are_answered_in_their_order() -> None:
    """Pipelined requests are answered one after another, and are no fault."""
    async with serving(header=SOON, body=SOON) as served:
        client = await served.connect(GET * 3)
        read = await client.until(b"here")
        while read.count(b"here") < 3:
            read += await client.until(b"here")
        assert read.count(b"HTTP/1.1 200") == 3


async def test_silent_connections_give_way_to_newer_ones() -> None:
    """However many connections are open and silent, a client with a request is answered; the oldest gives way."""
    async with serving(most=8) as served:
        silent = [await served.connect() for _ in range(20)]
        for _ in range(3):
            client = await served.connect(GET)
            await client.until(b"here")
        assert [await one.rest() for one in silent[:12]] == [b""] * 12
        assert served.refusals.counts["crowd"] >= 15


async def test_requests_under_way_do_not_give_way() -> None:
    """Who is being answered keeps the connection; one request too many is refused with 503, and later answered."""
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


async def test_where_all_are_answered_a_connection_is_refused_in_words() -> None:
    """Where no connection can give way, a new one is told so at once, before it has asked."""
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
    """A listener for which there are no more files, so many times."""

    left = 3

    def accept(self) -> tuple[socket.socket, object]:
        """Accept, or fail."""
        if self.left:
            self.left -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


async def test_no_more_files_are_a_pause_and_no_end() -> None:
    """Where the system has no more files a silent connection gives way; accepting goes on after a pause."""
    refusals = Refusals()
    capacity, made = Capacity(8, refusals), asyncio.Event()

    class Silent(asyncio.Protocol):
        def connection_made(self, _transport: asyncio.BaseTransport) -> None:
            made.set()

        def evict(self) -> None:
            """Be closed."""

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
async def test_what_is_no_http_is_refused_without_noise(sent: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever strangers send, at any point of an exchange, the connection ends, and the log has one line at most."""
    async with serving() as served:
        for _ in range(5):
            client = await served.connect(sent)
            await client.rest()
        assert served.refusals.counts == {"malformed": 5}
    assert [record.levelname for record in caplog.records] == ["WARNING"]


async def test_a_log_line_a_minute_tells_of_any_number(caplog: pytest.LogCaptureFixture) -> None:
    """The first refusal of a kind is logged at once, those of the next minute in one line; a quiet minute in none."""
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


async def test_no_server_tells_what_it_is_made_of() -> None:
    """There is no header Server, in answers, refusals and faults alike."""
    async with serving(most=8) as served:
        for sent in (GET, GET.replace(b"/ ", b"/none "), POST % b"/", b"nonsense\r\n\r\n"):
            client = await served.connect(sent)
            head = await client.until(b"\r\n\r\n")
            assert b"server:" not in head.lower()
            assert b"uvicorn" not in head.lower()


async def test_nothing_is_logged_of_ordinary_clients(caplog: pytest.LogCaptureFixture) -> None:
    """A client that asks, is answered, and goes leaves no line in the log."""
    caplog.set_level(logging.WARNING)
    async with serving() as served:
        for _ in range(3):
            client = await served.connect(GET)
            await client.until(b"here")
            client.raw.close()
    assert caplog.records == []
