"""The transport against a server that wishes the bot ill: long bodies, bombs, drips, redirects."""

import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import repeat

import pytest
from hostile_server import HostileServer, Pieces, answer, hostile
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.transport import MOST_BYTES, AiohttpRequest

TOKEN = "123456:very-secret-token"  # noqa: S105 - opens nothing
MEGABYTE = bytes(1024 * 1024)
STATUSES = (200, 400, 403, 429, 500, 301)
# The widths of windows by which zlib tells the packings apart.
PACKED = {"gzip": 31, "deflate": 15}


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    """Open the transport."""
    async with AiohttpRequest(read_timeout=30) as opened:
        yield opened


def api(server: HostileServer, request: AiohttpRequest) -> ApiClient:
    """Return the Bot API of a server."""
    return ApiClient(Bot(TOKEN, base_url=f"{server.origin}/bot", request=request, get_updates_request=request))


def head(status: int, *headers: str) -> bytes:
    """Return the head of an answer."""
    return "\r\n".join([f"HTTP/1.1 {status} Word", *headers]).encode() + b"\r\n\r\n"


def chunk(data: bytes) -> bytes:
    """Return a piece of a body whose length nobody has told."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def endless(status: int) -> Callable[[], Pieces]:
    """Return a body that never ends, in pieces."""
    return lambda: _chained(head(status, "Transfer-Encoding: chunked"), repeat(chunk(MEGABYTE)))


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def bomb(status: int, packing: str, megabytes: int) -> list[bytes]:
    """Return a small answer that becomes many megabytes when it is unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, PACKED[packing])
    body = b"".join([*(packer.compress(MEGABYTE) for _ in range(megabytes)), packer.flush()])
    return answer(status, body, f"Content-Encoding: {packing}")


@pytest.mark.parametrize("status", STATUSES)
async def test_an_endless_body_is_read_to_its_limit(request_: AiohttpRequest, status: int) -> None:
    """A body without an end, whatever the status, ends the call once it is longer than 32 MB."""
    async with hostile(endless(status)) as server:
        with pytest.raises(NetworkError, match="longer than 32 MB"):
            await api(server, request_).call("getUpdates")
        assert server.sent < MOST_BYTES + 16 * len(MEGABYTE)


async def test_a_body_that_announces_its_length_is_not_read_at_all(request_: AiohttpRequest) -> None:
    """A body that says beforehand that it is too long costs nothing."""
    beginning = head(200, f"Content-Length: {10**15}")
    async with hostile(lambda: _chained(beginning, repeat(MEGABYTE))) as server:
        with pytest.raises(NetworkError, match="longer than 32 MB"):
            await api(server, request_).call("sendMessage")
        assert server.sent < MOST_BYTES


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("packing", PACKED)
async def test_the_decompressed_size_is_limited(request_: AiohttpRequest, packing: str, status: int) -> None:
    """Some kilobytes that unpack into 200 MB end the call, and takes no more memory than the limit asks."""
    body = bomb(status, packing, 200)
    async with hostile(lambda: body) as server:
        tracemalloc.start()
        try:
            with pytest.raises(NetworkError, match="longer than 32 MB"):
                await api(server, request_).call("sendMessage")
            assert tracemalloc.get_traced_memory()[1] < 3 * MOST_BYTES
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("packing", PACKED)
async def test_a_compressed_response_within_the_limit_is_read(request_: AiohttpRequest, packing: str) -> None:
    """An answer of usual length arrives whole, packed or not."""
    packer = zlib.compressobj(9, zlib.DEFLATED, PACKED[packing])
    body = packer.compress(b'{"ok":true,"result":"' + b"x" * 2**20 + b'"}') + packer.flush()
    async with hostile(lambda: answer(200, body, f"Content-Encoding: {packing}")) as server:
        assert await api(server, request_).call("getMe") == "x" * 2**20


async def test_a_body_that_drips_ends_with_the_time_out(request_: AiohttpRequest) -> None:
    """The time-out is that of the whole answer: some bytes now and then do not prolong it."""
    drops = [head(200, "Content-Length: 1000"), b"{", None]
    async with hostile(lambda: drops) as server:
        with pytest.raises(TimedOut):
            await api(server, request_).call("sendMessage", read_timeout=0.2)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(request_: AiohttpRequest, status: int) -> None:
    """No redirect receives the message or the token; the error names the setting."""
    async with hostile(lambda: answer(200, b'{"ok":true,"result":true}')) as thief:
        to_thief = answer(status, b"", f"Location: {thief.origin}/bot{TOKEN}/sendMessage")
        async with hostile(lambda: to_thief) as server:
            with pytest.raises(NetworkError, match=rf"redirects .* \({status}\).*BOT_API_URL") as error:
                await api(server, request_).call("sendMessage", {"text": "secret"})
        assert thief.requests == []
        assert "very-secret" not in str(error.value)


async def test_only_what_the_bot_can_unpack_is_asked_for(request_: AiohttpRequest) -> None:
    """The one packing that is asked for is gzip."""
    async with hostile(lambda: answer(200, b'{"ok":true,"result":true}')) as server:
        await api(server, request_).call("getMe")
        assert "accept-encoding: gzip\r\n" in server.requests[0].lower()


async def test_a_refused_body_leaves_no_connection_behind(request_: AiohttpRequest) -> None:
    """After an answer that was too long the next call goes over another connection, and is answered."""
    answers = iter([endless(200)(), answer(200, b'{"ok":true,"result":true}')])
    async with hostile(lambda: next(answers)) as server:
        calls = api(server, request_)
        with pytest.raises(NetworkError):
            await calls.call("getMe")
        assert await calls.call("getMe") is True
