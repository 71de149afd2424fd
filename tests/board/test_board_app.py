"""The board over real HTTP: its addresses, its headers, and the stream of pictures."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace

import aiohttp
import pytest
from board_reader import Reader
from board_views import ANSWER, DISCUSSION, END, KEY, LOBBY, PROOF, QUESTION, BoardsInMemory

from bot.board import watch
from bot.board.pages import language_for
from bot.board.site import create_board_app
from bot.board.stream import PictureStream
from bot.board.watch import Watch
from bot.serving import Server, serve

OFTEN = 0.002
ANOTHER = "b3Jk9LmQ1xYz7TnE"


@pytest.fixture
def boards() -> BoardsInMemory:
    """Give one board, which gathers a class."""
    return BoardsInMemory(**{KEY: LOBBY})


@pytest.fixture
async def server(boards: BoardsInMemory) -> AsyncIterator[Server]:
    """Serve the boards."""
    started = await serve(create_board_app(boards, poll_seconds=OFTEN))
    yield started
    await started.stop()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a client of the server."""
    async with aiohttp.ClientSession(server.origin) as session:
        yield session


@pytest.fixture
async def streams(client: aiohttp.ClientSession) -> AsyncIterator["Streams"]:
    """Give what opens streams; all are closed behind the test."""
    async with AsyncExitStack() as stack:
        yield Streams(client, stack)


class Streams:
    """Opens streams of pictures."""

    def __init__(self, client: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
        self._client = client
        self._stack = stack

    async def open(self, key: str = KEY, **headers: str) -> Reader:
        """Watch a board."""
        request = self._client.get(f"/board/{key}/events", headers=headers)
        return Reader(await self._stack.enter_async_context(request))


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
async def test_every_answer_keeps_to_itself(client: aiohttp.ClientSession, path: str, status: int, kind: str) -> None:
    """Each address answers as it should, lets nothing in from elsewhere, and tells nobody of itself."""
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


async def test_the_stream_keeps_to_itself_too(streams: Streams) -> None:
    """The stream has the headers of every answer, and asks proxies not to hold it back."""
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
def test_the_reader_is_spoken_to_in_the_best_language(accepted: str, language: str) -> None:
    """Of the languages that the browser asks for, the best liked one that we speak is used."""
    assert language_for(accepted) == language


async def test_a_board_that_is_not_there_is_told_in_words(client: aiohttp.ClientSession) -> None:
    """Who opens a wrong address reads why, in their own language."""
    async with client.get("/board/nothing", headers={"Accept-Language": "ru-RU,ru"}) as answer:
        page = await answer.text()
    assert '<html lang="ru">' in page
    assert "Такой доски нет" in page


async def test_the_page_is_in_the_language_of_the_class(client: aiohttp.ClientSession, boards: BoardsInMemory) -> None:
    """The board speaks the language of its class, whatever the projector's browser speaks."""
    boards.put(KEY, replace(LOBBY, language="kk"))
    async with client.get(f"/board/{KEY}", headers={"Accept-Language": "ru"}) as answer:
        assert '<html lang="kk">' in await answer.text()


async def test_each_change_is_sent_once(streams: Streams, boards: BoardsInMemory) -> None:
    """A new picture comes for a change, and none without one."""
    reader = await streams.open()
    first = await reader.next()
    assert first
    assert first.picture["scene"] == "lobby"
    for view in (QUESTION, ANSWER, END):
        boards.put(KEY, view)
        event = await reader.next()
        assert event
        assert event.picture["scene"] == view.scene
        await boards.looked_at(KEY, 5)
    assert boards.looks[KEY] == 4


async def test_one_look_serves_all_who_watch(streams: Streams, boards: BoardsInMemory) -> None:
    """Ten watchers cost as much as one: one task looks, and the view is fetched once a change."""
    readers = [await streams.open() for _ in range(10)]
    assert {(await reader.next()) is not None for reader in readers} == {True}
    boards.put(KEY, QUESTION)
    events = [await reader.next() for reader in readers]
    assert len(set(events)) == 1
    assert boards.looks[KEY] == 2
    assert len(boards.watchers) == 1


async def test_nobody_looks_where_nobody_watches(streams: Streams, boards: BoardsInMemory) -> None:
    """Once the last watcher has gone, the board is not looked at any more; who comes back sees the newest."""
    boards.put(ANOTHER, LOBBY)
    reader = await streams.open()
    await reader.next()
    reader.response.close()
    await (await streams.open(ANOTHER)).next()
    seen = -1
    while seen != boards.stamps[KEY]:
        seen = boards.stamps[KEY]
        await boards.looked_at(ANOTHER, 20)
    boards.put(KEY, QUESTION)
    event = await (await streams.open()).next()
    assert event
    assert event.picture["scene"] == "question"


async def test_who_reconnects_gets_the_newest_at_once(streams: Streams, boards: BoardsInMemory) -> None:
    """A page that was away is sent what it missed as one picture, under the id that everybody has for it."""
    reader = await streams.open()
    first = await reader.next()
    assert first
    reader.response.close()
    other = await streams.open()
    boards.put(KEY, QUESTION)
    boards.put(KEY, ANSWER)
    await boards.looked_at(KEY, 2)
    back = await (await streams.open(**{"Last-Event-ID": first.id})).next()
    assert back
    assert back.picture["scene"] == "answer"
    assert back.id != first.id
    while (event := await other.next()) and event.picture["scene"] != "answer":
        assert event.id != back.id
    assert event == back


async def test_an_id_outlives_the_server(boards: BoardsInMemory) -> None:
    """A restarted server has the same id for the same picture."""
    ids = []
    for _ in range(2):
        server = await serve(create_board_app(boards, poll_seconds=OFTEN))
        async with aiohttp.ClientSession(server.origin) as session, session.get(f"/board/{KEY}/events") as answer:
            event = await Reader(answer).next()
            assert event
            ids.append(event.id)
        await server.stop()
    assert ids[0] == ids[1]


async def test_a_board_that_ends_ends_its_stream(streams: Streams, boards: BoardsInMemory) -> None:
    """Once a class is kept no more, its stream ends, and a later one is refused."""
    reader = await streams.open()
    await reader.next()
    del boards.views[KEY]
    assert await reader.next() is None
    assert (await streams.open()).response.status == 404


async def test_a_stopping_server_lets_its_watchers_go(boards: BoardsInMemory) -> None:
    """A server that stops does not wait for those who watch."""
    server = await serve(create_board_app(boards, poll_seconds=OFTEN))
    async with aiohttp.ClientSession(server.origin) as session, session.get(f"/board/{KEY}/events") as answer:
        reader = Reader(answer)
        await reader.next()
        await server.stop()
        assert await reader.next() is None


async def test_a_database_that_stumbles_is_asked_again(
    streams: Streams, boards: BoardsInMemory, caplog: pytest.LogCaptureFixture
) -> None:
    """While a board cannot be read its watchers wait; it is told once, and then goes on."""
    reader = await streams.open()
    await reader.next()
    boards.failing = True
    boards.put(KEY, QUESTION)
    await boards.looked_at(KEY, 5)
    boards.failing = False
    event = await reader.next()
    assert event
    assert event.picture["scene"] == "question"
    assert [record.levelno for record in caplog.records if record.name.startswith("bot.board")] == [logging.ERROR]
    assert KEY not in caplog.text


@pytest.fixture(params=["MOST_WATCHERS", "MOST_WATCHERS_IN_ALL"])
def little_room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave room for two watchers."""
    monkeypatch.setattr(watch, request.param, 2)
    return


@pytest.mark.usefixtures("little_room")
async def test_too_many_watchers_are_refused_in_words(streams: Streams, client: aiohttp.ClientSession) -> None:
    """Where there is no room for one more, both the page and the stream say so, and when to try again."""
    readers = [await streams.open(), await streams.open()]
    refused = (await streams.open(**{"Accept-Language": "kk"})).response
    assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
    assert "Тым көп экран ашық" in await refused.text()
    async with client.get(f"/board/{KEY}") as page:
        assert page.status == 503
    readers[0].response.close()
    async with asyncio.timeout(20):
        # The server hears of the reader that left a moment later.
        while (await streams.open()).response.status == 503:
            pass


async def test_an_idle_stream_shows_life(boards: BoardsInMemory) -> None:
    """Where nothing changes a comment comes now and then, so that no proxy gives the line up."""
    looked = Watch(boards, KEY, OFTEN)
    stream = PictureStream(looked, looked.end, heartbeat_seconds=OFTEN)
    lines = [await anext(stream.body_iterator) for _ in range(4)]
    looked.end()
    assert lines[0] == "retry: 2000\n\n"
    assert str(lines[1]).startswith("id: ")
    assert lines[2:] == [": still here\n\n"] * 2


async def test_an_open_round_gives_nothing_away(
    streams: Streams, boards: BoardsInMemory, client: aiohttp.ClientSession
) -> None:
    """Neither the page nor the stream of an open round, discussed or not, holds what is right or why."""
    reader = await streams.open()
    sent = []
    for view in (QUESTION, DISCUSSION, replace(QUESTION, answered=7)):
        boards.put(KEY, view)
        while (event := await reader.next()) and event.picture["scene"] != view.scene:
            pass
        assert event
        async with client.get(f"/board/{KEY}") as page:
            sent += [event.data, (await page.text()).replace("&quot;", '"')]
    assert all('"stem"' in text for text in sent)
    secrets = ('"right"', '"last"', '"solution"', '"why"', '"passage"', PROOF.why, PROOF.quoted, PROOF.passage)
    assert {secret for secret in secrets for text in sent if secret in text} == set()
