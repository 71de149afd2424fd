"""Tests of posts to the webhook's address, over HTTP, on both engines."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from bot.serving import serve
from bot.store.database import Database, StoreError
from bot.store.inbox import INBOX, Received
from bot.tg.inbound.endpoint import MOST_BYTES, Endpoint
from bot.tg.runner import HandlerRunner

SECRET = "a-secret_1"  # noqa: S105 - opens nothing
NAME = "X-Telegram-Bot-Api-Secret-Token"
NO_UPDATES = (
    *(b"", b"{", b"[]", b"null", b"\xff", b"[" * 99_999, b"{}"),
    *(b'{"update_id":"1"}', b'{"update_id":true}', b'{"update_id":1e400}', b'{"update_id":99999999999999999999}'),
)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class RecordingReceiver:
    """Keeps updates in the inbox, unless the database is down; then it says so."""

    database: Database
    is_down: bool = False
    faults: int = 0
    runner: HandlerRunner = field(default_factory=lambda: HandlerRunner(in_thread=True))

    async def store(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep them."""
        if self.is_down:
            raise StoreError("The disk is full.")
        await self.runner.call(self._add, [Received(one["update_id"], "lane", json.dumps(one)) for one in updates])

    def fail(self) -> None:
        """Count a fault."""
        self.faults += 1

    def ids(self) -> set[int]:
        """Return the ids of the stored updates."""
        with self.database.engine.connect() as connection:
            return set(connection.scalars(select(INBOX.c.update_id)))

    def _add(self, received: list[Received]) -> None:
        with self.database.transaction() as unit:
            unit.inbox.add(received, NOW)


@pytest.fixture
def monitor(database: Database) -> RecordingReceiver:
    """The receiver."""
    return RecordingReceiver(database)


@pytest.fixture
def endpoint(monitor: RecordingReceiver) -> Endpoint:
    """An open endpoint."""
    made = Endpoint("https://bot.example.org/telegram")
    made.open(SECRET, monitor, monitor.fail)
    return made


@pytest.fixture
async def client(endpoint: Endpoint, monitor: RecordingReceiver) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that knows the secret, connected to a real server."""
    app = Starlette(routes=[endpoint.route()])
    app.state.closers = []
    server = await serve(app)
    connector = aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(server.origin, headers={NAME: SECRET}, connector=connector) as session:
        yield session
    await server.stop()
    monitor.runner.close()


async def post(client: aiohttp.ClientSession, body: object, **more: Any) -> int:  # noqa: ANN401 - the client's own
    """Post a body; give the status."""
    data = {"data": body} if isinstance(body, bytes) or hasattr(body, "__aiter__") else {"json": body}
    async with client.post("/telegram", **data, **more) as answer:
        assert await answer.read() == b""
        return answer.status


async def test_a_hundred_at_once_are_answered_after_their_commit(
    client: aiohttp.ClientSession, monitor: RecordingReceiver, endpoint: Endpoint
) -> None:
    """Of posts side by side each is answered when its own update is in the database."""

    async def one(update_id: int) -> bool:
        status = await post(client, {"update_id": update_id, "message": {}})
        return status == 200 and update_id in await asyncio.to_thread(monitor.ids)

    assert all(await asyncio.gather(*map(one, range(100))))
    assert (monitor.ids(), endpoint.kept) == (set(range(100)), 100)


async def test_an_update_that_cannot_be_stored_is_requested_again(
    client: aiohttp.ClientSession, monitor: RecordingReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    """While the database is down Telegram is told to come again soon; the repetition is kept once, however often."""
    monitor.is_down = True
    async with client.post("/telegram", json={"update_id": 7}) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert (monitor.ids(), monitor.faults) == (set(), 1)
    assert "The disk is full." in caplog.text
    monitor.is_down = False
    assert [await post(client, {"update_id": 7}) for _ in range(3)] == [200] * 3
    assert monitor.ids() == {7}


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], "\xe4\xf6"])
async def test_a_request_without_the_secret_is_rejected(
    client: aiohttp.ClientSession, monitor: RecordingReceiver, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is kept, nothing is told, and the log says it once, not every time."""
    caplog.set_level(logging.WARNING)
    for _ in range(3):
        assert await post(client, {"update_id": 1}, headers={NAME: secret}) == 403
    assert monitor.ids() == set()
    assert caplog.text.count("with a wrong secret") == 1


async def test_without_the_header_nobody_gets_in(client: aiohttp.ClientSession, monitor: RecordingReceiver) -> None:
    """A post without the header is refused before its body was sent."""
    endless = asyncio.Event()

    async def never_ends() -> AsyncIterator[bytes]:
        yield b"{"
        await endless.wait()

    async with aiohttp.ClientSession(client._base_url) as stranger, asyncio.timeout(10):
        assert await post(stranger, never_ends()) == 403
    assert monitor.ids() == set()


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_body_has_its_limit(
    client: aiohttp.ClientSession, monitor: RecordingReceiver, *, chunked: bool
) -> None:
    """As much as the limit is taken, a byte more is not, whether or not its length is told."""

    async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(body), 60_000):
            yield body[start : start + 60_000]

    frame = len(json.dumps({"update_id": 1, "text": ""}))
    for length, status in ((MOST_BYTES, 200), (MOST_BYTES + 1, 413)):
        body = json.dumps({"update_id": length, "text": "x" * (length - frame - 6)}).encode()
        assert len(body) == length
        assert await post(client, in_pieces(body) if chunked else body) == status
    assert monitor.ids() == {MOST_BYTES}


async def test_an_endless_body_is_given_up(client: aiohttp.ClientSession) -> None:
    """A body that never ends is refused while the client still sends it."""

    async def for_ever() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 60_000

    async with asyncio.timeout(10):
        # A connection that is closed while the client still sends is as good a refusal.
        with suppress(aiohttp.ClientError):
            assert await post(client, for_ever()) == 413


@pytest.mark.parametrize("body", NO_UPDATES)
async def test_a_request_that_is_no_update_is_not_repeated(
    client: aiohttp.ClientSession, monitor: RecordingReceiver, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """It is taken and left out, so that nothing waits behind it; the log says so."""
    assert await post(client, body) == 200
    assert monitor.ids() == set()
    assert "is not an update" in caplog.text


async def test_an_unknown_update_is_kept(client: aiohttp.ClientSession, monitor: RecordingReceiver) -> None:
    """An update of an unknown kind is stored if it has an id."""
    assert await post(client, {"update_id": -3, "telepathy": [1]}) == 200
    assert monitor.ids() == {-3}


async def test_only_posts_to_the_address_are_answered(client: aiohttp.ClientSession) -> None:
    """Other methods are refused, other addresses are unknown."""
    async with client.get("/telegram") as answer:
        assert answer.status == 405
    async with client.post("/telegram/more", json={"update_id": 1}) as answer:
        assert answer.status == 404


async def test_a_closed_endpoint_takes_nothing(
    client: aiohttp.ClientSession, endpoint: Endpoint, monitor: RecordingReceiver
) -> None:
    """Before the bot is ready, and while it ends, Telegram is told to come again."""
    endpoint.close()
    assert await post(client, {"update_id": 1}) == 503
    assert monitor.ids() == set()


async def test_a_post_that_the_end_overtakes_comes_again(
    client: aiohttp.ClientSession, endpoint: Endpoint, monitor: RecordingReceiver
) -> None:
    """A post that cannot be stored because the bot is stopping is answered with 503, so Telegram repeats it."""

    class Ending(RecordingReceiver):
        async def store(self, updates: Sequence[dict[str, Any]]) -> None:
            endpoint.close()
            raise RuntimeError(f"cannot schedule {len(updates)} after shutdown")

    endpoint.open(SECRET, Ending(monitor.database), monitor.fail)
    assert await post(client, {"update_id": 1}) == 503


async def test_a_post_that_breaks_off_is_not_kept(client: aiohttp.ClientSession, monitor: RecordingReceiver) -> None:
    """Of a connection that ends in the middle nothing is kept, and the next post is."""
    assert client._base_url is not None
    reader, writer = await asyncio.open_connection(client._base_url.host, client._base_url.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{NAME}: {SECRET}\r\nContent-Length: 50\r\n\r\n"
    writer.write(head.encode() + b'{"update_id": 1')
    writer.close()
    await writer.wait_closed()
    del reader
    assert await post(client, {"update_id": 2}) == 200
    assert monitor.ids() == {2}
