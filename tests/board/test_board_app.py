"""The board over real HTTP: its addresses, its headers and its event stream."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace

import aiohttp
import pytest
from board_reader import EventReader
from board_views import ANSWER, DISCUSSION, END, KEY, LOBBY, QUESTION, SOLUTION, BoardsInMemory

from bot.board import board_poller
from bot.board.board_poller import BoardPoller
from bot.board.pages import preferred_language
from bot.board.site import create_board_app
from bot.board.stream import EventStream
from bot.serving import Server, serve

POLL_SECONDS = 0.002
ANOTHER = "b3Jk9LmQ1xYz7TnE"


@pytest.fixture
def boards() -> BoardsInMemory:
    """One board, in the lobby scene."""
    return BoardsInMemory(**{KEY: LOBBY})


@pytest.fixture
async def server(boards: BoardsInMemory) -> AsyncIterator[Server]:
    """Serve the boards."""
    started = await serve(create_board_app(boards, poll_seconds=POLL_SECONDS))
    yield started
    await started.stop()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    """HTTP client for the server."""
    async with aiohttp.ClientSession(server.origin) as session:
        yield session


@pytest.fixture
async def streams(client: aiohttp.ClientSession) -> AsyncIterator["Streams"]:
    """Opener of streams, all of which are closed after the test."""
    async with AsyncExitStack() as stack:
        yield Streams(client, stack)


class Streams:
    """Opener of event streams."""

    def __init__(self, client: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
        self._client = client
        self._stack = stack

    async def open(self, key: str = KEY, **headers: str) -> EventReader:
        """Open the event stream of a board."""
        request = self._client.get(f"/board/{key}/events", headers=headers)
        return EventReader(await self._stack.enter_async_context(request))


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        (f"/board/{KEY}", 200, "text/html; charset=utf-8"),
        ("/board/static/board.js", 200, "text/javascript; charset=utf-8"),
        ("/board/static/frame.css", 200, "text/css; charset=utf-8"),
        ("/board/static/icon.svg", 200, "image/svg+xml"),
        ("/board/nothing", 404, "text/html; charset=utf-8"),
        ("/board/nothing/events", 404, "text/html; charset=utf-8"),
        ("/board/static/nothing.js", 404, "text/html; charset=utf-8"),
        ("/board/static/../pages.py", 404, "text/html; charset=utf-8"),
        ("/", 404, "text/html; charset=utf-8"),
    ],
)
async def test_every_response_has_the_security_headers(
    client: aiohttp.ClientSession, path: str, status: int, kind: str
) -> None:
    """Each address responds with its status, its media type and the security headers."""
    async with client.get(path) as answer:
        assert (answer.status, answer.content_type) == (status, kind.partition(";")[0])
        policy = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
        assert policy == {
            "default-src": "'none'",
            **dict.fromkeys(("script-src", "style-src", "img-src", "connect-src"), "'self'"),
            **dict.fromkeys(("base-uri", "form-action", "frame-ancestors"), "'none'"),
        }
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_stream_has_the_security_headers_too(streams: Streams) -> None:
    """The stream has the headers of every response, and one that keeps proxies from buffering it."""
    headers = (await streams.open()).response.headers
    assert headers["Content-Type"].startswith("text/event-stream")
    assert (headers["Cache-Control"], headers["X-Accel-Buffering"]) == ("no-store", "no")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("kk-KZ,ru;q=0.9,en;q=0.8", "kk"),
        ("de-DE,de;q=0.9,ru;q=0.5,en;q=0.4", "ru"),
        ("en;q=0.2, kk;q=0.7", "kk"),
        ("ru;q=0, kk;q=0.1", "kk"),
        ("ru;q=lots", "en"),
        ("*", "en"),
        (",;q=,;", "en"),
    ],
)
def test_the_readers_preferred_language_is_used(accepted: str, language: str) -> None:
    """Error pages use the language with the highest weight that the bot has."""
    assert preferred_language(accepted) == language


async def test_an_unknown_board_gets_an_error_page(client: aiohttp.ClientSession) -> None:
    """The error page for a wrong address is in the reader's language."""
    async with client.get("/board/nothing", headers={"Accept-Language": "ru-RU,ru"}) as answer:
        page = await answer.text()
    assert '<html lang="ru">' in page
    assert "Такой доски нет" in page


async def test_the_page_is_in_the_language_of_the_class(client: aiohttp.ClientSession, boards: BoardsInMemory) -> None:
    """The board is in the language of its class, not in that of the browser."""
    boards.set_view(KEY, replace(LOBBY, language="kk"))
    async with client.get(f"/board/{KEY}", headers={"Accept-Language": "ru"}) as answer:
        assert '<html lang="kk">' in await answer.text()


async def test_each_change_is_sent_once(streams: Streams, boards: BoardsInMemory) -> None:
    """Each change of a board sends one event, and without a change none is sent."""
    reader = await streams.open()
    first = await reader.next()
    assert first
    assert first.snapshot["scene"] == "lobby"
    for view in (QUESTION, ANSWER, END):
        boards.set_view(KEY, view)
        event = await reader.next()
        assert event
        assert event.snapshot["scene"] == view.scene
        await boards.wait_for_polls(KEY, 5)
    assert boards.view_reads[KEY] == 4


async def test_a_board_is_read_once_for_all_viewers(streams: Streams, boards: BoardsInMemory) -> None:
    """Ten viewers cost as much as one: one task polls, and the view is read once per change."""
    readers = [await streams.open() for _ in range(10)]
    assert {(await reader.next()) is not None for reader in readers} == {True}
    boards.set_view(KEY, QUESTION)
    events = [await reader.next() for reader in readers]
    assert len(set(events)) == 1
    assert boards.view_reads[KEY] == 2
    assert len(boards.polling_tasks) == 1


async def test_a_board_without_viewers_is_not_polled(streams: Streams, boards: BoardsInMemory) -> None:
    """After the last viewer has left, the board is not polled; a viewer who returns gets the newest snapshot."""
    boards.set_view(ANOTHER, LOBBY)
    reader = await streams.open()
    await reader.next()
    reader.response.close()
    await (await streams.open(ANOTHER)).next()
    seen = -1
    while seen != boards.etag_reads[KEY]:
        seen = boards.etag_reads[KEY]
        await boards.wait_for_polls(ANOTHER, 20)
    boards.set_view(KEY, QUESTION)
    event = await (await streams.open()).next()
    assert event
    assert event.snapshot["scene"] == "question"


async def test_a_page_that_reconnects_gets_the_newest_snapshot(streams: Streams, boards: BoardsInMemory) -> None:
    """A page that reconnects gets one event with the newest snapshot, under the same id as for all viewers."""
    reader = await streams.open()
    first = await reader.next()
    assert first
    reader.response.close()
    other = await streams.open()
    boards.set_view(KEY, QUESTION)
    boards.set_view(KEY, ANSWER)
    await boards.wait_for_polls(KEY, 2)
    back = await (await streams.open(**{"Last-Event-ID": first.id})).next()
    assert back
    assert back.snapshot["scene"] == "answer"
    assert back.id != first.id
    while (event := await other.next()) and event.snapshot["scene"] != "answer":
        assert event.id != back.id
    assert event == back


async def test_an_event_id_is_the_same_after_a_restart(boards: BoardsInMemory) -> None:
    """A restarted server uses the same id for the same snapshot."""
    ids = []
    for _ in range(2):
        server = await serve(create_board_app(boards, poll_seconds=POLL_SECONDS))
        async with aiohttp.ClientSession(server.origin) as session, session.get(f"/board/{KEY}/events") as answer:
            event = await EventReader(answer).next()
            assert event
            ids.append(event.id)
        await server.stop()
    assert ids[0] == ids[1]


async def test_the_stream_ends_with_its_board(streams: Streams, boards: BoardsInMemory) -> None:
    """When a board is deleted, its stream ends, and a new one gets 404."""
    reader = await streams.open()
    await reader.next()
    del boards.views[KEY]
    assert await reader.next() is None
    assert (await streams.open()).response.status == 404


async def test_a_stopping_server_ends_its_streams(boards: BoardsInMemory) -> None:
    """A server that stops ends its streams and does not wait for the viewers."""
    server = await serve(create_board_app(boards, poll_seconds=POLL_SECONDS))
    async with aiohttp.ClientSession(server.origin) as session, session.get(f"/board/{KEY}/events") as answer:
        reader = EventReader(answer)
        await reader.next()
        await server.stop()
        assert await reader.next() is None


async def test_reading_is_retried_after_a_failure_of_the_database(
    streams: Streams, boards: BoardsInMemory, caplog: pytest.LogCaptureFixture
) -> None:
    """While a board cannot be read, its viewers wait; the failure is logged once, and the stream continues later."""
    reader = await streams.open()
    await reader.next()
    boards.failing = True
    boards.set_view(KEY, QUESTION)
    await boards.wait_for_polls(KEY, 5)
    boards.failing = False
    event = await reader.next()
    assert event
    assert event.snapshot["scene"] == "question"
    assert [record.levelno for record in caplog.records if record.name.startswith("bot.board")] == [logging.ERROR]
    assert KEY not in caplog.text


@pytest.fixture(params=["MAX_VIEWERS", "MAX_VIEWERS_IN_TOTAL"])
def two_viewers_allowed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Limit the number of viewers to two, per board or in total."""
    monkeypatch.setattr(board_poller, request.param, 2)
    return


@pytest.mark.usefixtures("two_viewers_allowed")
async def test_too_many_viewers_get_an_error_page(streams: Streams, client: aiohttp.ClientSession) -> None:
    """When there are too many viewers, the page and the stream respond with 503, a text and Retry-After."""
    readers = [await streams.open(), await streams.open()]
    refused = (await streams.open(**{"Accept-Language": "kk"})).response
    assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
    assert "Тым көп экран ашық" in await refused.text()
    async with client.get(f"/board/{KEY}") as page:
        assert page.status == 503
    readers[0].response.close()
    async with asyncio.timeout(20):
        # The server notices the closed connection a moment later.
        while (await streams.open()).response.status == 503:
            pass


async def test_an_idle_stream_sends_heartbeats(boards: BoardsInMemory) -> None:
    """Without changes, the stream sends comments, so that proxies do not close it."""
    poller = BoardPoller(boards, KEY, POLL_SECONDS)
    stream = EventStream(poller, poller.stop, heartbeat_seconds=POLL_SECONDS)
    lines = [await anext(stream.body_iterator) for _ in range(4)]
    poller.stop()
    assert lines[0] == "retry: 2000\n\n"
    assert str(lines[1]).startswith("id: ")
    assert lines[2:] == [": still here\n\n"] * 2


async def test_an_open_round_does_not_reveal_the_answer(
    streams: Streams, boards: BoardsInMemory, client: aiohttp.ClientSession
) -> None:
    """Neither the page nor the stream of an open round contains the solution or its explanation."""
    reader = await streams.open()
    sent = []
    for view in (QUESTION, DISCUSSION, replace(QUESTION, answered=7)):
        boards.set_view(KEY, view)
        while (event := await reader.next()) and event.snapshot["scene"] != view.scene:
            pass
        assert event
        async with client.get(f"/board/{KEY}") as page:
            sent += [event.data, (await page.text()).replace("&quot;", '"')]
    assert all('"stem"' in text for text in sent)
    secrets = ('"right"', '"last"', '"solution"', '"why"', '"passage"', SOLUTION.why, SOLUTION.quoted, SOLUTION.passage)
    assert {secret for secret in secrets for text in sent if secret in text} == set()
