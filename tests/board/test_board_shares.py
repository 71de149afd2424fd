"""Screens share the streams fairly by board: no number of boards, streams or false addresses shuts a class out."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from board_reader import Reader
from board_views import END, KEY, LOBBY, BoardsInMemory
from hypothesis import given
from hypothesis import strategies as st

from bot.board import watch
from bot.board.site import create_board_app
from bot.board.watches import Watcher, Watches
from bot.serving import Refusals, Server, serve

OFTEN = 0.002
NAMES = [f"board{number}" for number in range(12)]


class Room:
    """Boards with little room for screens, and the screens that watch them."""

    def __init__(self, most: int, *names: str) -> None:
        self.boards = BoardsInMemory(**dict.fromkeys(names, LOBBY))
        self.refused: Counter[str] = Counter()
        self.watches = Watches(self.boards, OFTEN, most, lambda kind: self.refused.update([kind]))
        self.screens: dict[str, list[Watcher]] = {name: [] for name in names}

    async def come(self, name: str, count: int = 1) -> list[object]:
        """Send so many screens to a board; return what they were told."""
        told = [await self.watches.join(name) for _ in range(count)]
        self.screens.setdefault(name, []).extend(one for one in told if isinstance(one, Watcher))
        return told

    def counts(self) -> dict[str, int]:
        """Return how many screens each board has now."""
        return {name: self.watches._count(name) for name in self.screens}


async def test_a_stranger_with_twelve_boards_leaves_room_for_a_class() -> None:
    """Twelve boards that take all there is give a thirteenth as much as each of them keeps, and not one screen more."""
    room = Room(120, *NAMES, KEY)
    for name in NAMES:
        await room.come(name, 100)
    assert sum(room.counts().values()) == 120
    told = await room.come(KEY, 30)
    counts = room.counts()
    assert counts[KEY] == sum(isinstance(one, Watcher) for one in told) == 9
    assert sum(counts.values()) == 120
    assert max(counts.values()) - min(counts.values()) <= 1
    room.watches.close()


async def test_the_newest_of_the_largest_gives_way() -> None:
    """A screen that came early, such as the projector, stays; the last one of the largest board goes."""
    room = Room(6, "large", "small", KEY)
    await room.come("large", 4)
    await room.come("small", 2)
    await room.come(KEY)
    frames = [await one.frame_after(None) for one in room.screens["large"]]
    assert [frame is not None for frame in frames] == [True, True, True, False]
    assert room.counts() == {"large": 3, "small": 2, KEY: 1}
    room.screens["large"][3].leave()
    assert room.counts() == {"large": 3, "small": 2, KEY: 1}
    room.watches.close()


async def test_a_board_that_has_its_share_gets_no_more() -> None:
    """While all is taken, a board with its share takes nothing from others that have no more than it has."""
    room = Room(6, "one", "other")
    await room.come("one", 3)
    await room.come("other", 3)
    assert await room.come("one") == ["screens"]
    assert room.counts() == {"one": 3, "other": 3}
    room.watches.close()


async def test_false_addresses_take_no_share() -> None:
    """Boards that do not exist have no part in anything: nobody gives way to them, and nothing of them stays."""
    room = Room(4, "one", "other")
    await room.come("one", 3)
    await room.come("other")
    for number in range(50):
        assert await room.come(f"none{number}") == ["gone"]
    assert room.counts()["one"] == 3
    assert set(room.watches._watched) == {"one", "other"}
    assert room.refused == {}
    room.watches.close()


@given(wants=st.lists(st.sampled_from([*NAMES[:5], "none"]), max_size=60), most=st.integers(1, 12))
async def test_shares_are_fair_whatever_comes(wants: list[str], most: int) -> None:
    """Never are there more screens than may be; a board is refused only while no other has two more than it has."""
    room = Room(most, *NAMES[:5])
    for name in wants:
        before = room.counts()
        (told,) = await room.come(name)
        after = room.counts()
        assert sum(after.values()) <= most
        if told == "screens":
            assert sum(before.values()) == most
            assert max(before.values()) <= before.get(name, 0) + 1
            assert {name: count for name, count in after.items() if count} == {
                name: count for name, count in before.items() if count
            }
    room.watches.close()


async def test_all_who_leave_leave_nothing() -> None:
    """Whatever came and went, the count goes back to nothing, and no board is read any more."""
    room = Room(6, "one", "other")
    await room.come("one", 6)
    await room.come("other", 4)
    for screen in [*room.screens["one"], *room.screens["other"]]:
        screen.leave()
        screen.leave()
    assert (room.watches._in_all, room.watches._watched) == (0, {})


async def test_a_board_that_cannot_be_read_refuses_new_screens_and_keeps_the_others() -> None:
    """While the database fails, a new board's screens are told to come again, and those that watch wait."""
    room = Room(6, KEY, "other")
    await room.come(KEY)
    room.boards.failing = True
    assert await room.come("other") == ["unreadable"]
    room.boards.failing = False
    assert isinstance((await room.come("other"))[0], Watcher)
    room.boards.put(KEY, END)
    first = await room.screens[KEY][0].frame_after(None)
    assert first
    assert first.data
    room.watches.close()


@pytest.fixture
def refusals() -> Refusals:
    """Count what is refused."""
    return Refusals()


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch, refusals: Refusals) -> AsyncIterator[Server]:
    """Serve three boards to four screens."""
    monkeypatch.setattr(watch, "MOST_WATCHERS_IN_ALL", 4)
    boards = BoardsInMemory(**dict.fromkeys(("one", "other", KEY), LOBBY))
    started = await serve(create_board_app(boards, poll_seconds=OFTEN, on_refusal=refusals.record), refusals=refusals)
    yield started
    await started.stop()


async def test_streams_give_way_over_http(server: Server, refusals: Refusals) -> None:
    """A stream that gives way ends, its connection is free, and coming again at once is refused with a time."""
    async with aiohttp.ClientSession(server.origin) as client, AsyncExitStack() as stack:

        async def open_stream(key: str) -> Reader:
            return Reader(await stack.enter_async_context(client.get(f"/board/{key}/events")))

        many = [await open_stream("one") for _ in range(4)]
        assert all([await reader.next() for reader in many])
        new = await open_stream(KEY)
        assert new.response.status == 200
        assert await new.next()
        assert await many[-1].next() is None
        back = await open_stream("other")
        assert back.response.status == 200
        again = await open_stream("one")
        assert (again.response.status, again.response.headers["Retry-After"]) == (503, "60")
        assert refusals.counts == {"screens": 3}
        async with client.get("/board/one") as page:
            assert page.status == 503
        async with client.get("/board/static/board.js") as file:
            assert file.status == 200


async def test_head_on_a_stream_ends_and_takes_no_place(server: Server) -> None:
    """The answer to HEAD is the head of the stream; thousands of them leave every place free."""
    async with aiohttp.ClientSession(server.origin) as client:
        for _ in range(10):
            async with client.head(f"/board/{KEY}/events") as answer:
                assert (answer.status, answer.content_type) == (200, "text/event-stream")
                assert await answer.read() == b""
        async with client.get(f"/board/{KEY}/events") as stream:
            assert stream.status == 200
            async with client.head(f"/board/{KEY}/events") as answer:
                assert answer.status == 200


@pytest.mark.parametrize(
    "key", ["%00", "a%00b", "x" * 10_000, "%0a", KEY + "%0a", "%d8%a7", "..%2f..%2fpages.py", "'--", "%ff"]
)
async def test_what_cannot_be_a_key_is_never_looked_up(key: str) -> None:
    """Whatever is no key, by its length or its signs, is gone, for the page and the stream, and reaches no database."""
    boards = BoardsInMemory(**{KEY: LOBBY})
    server = await serve(create_board_app(boards, poll_seconds=OFTEN))
    async with aiohttp.ClientSession(server.origin) as client:
        for path in (f"/board/{key}", f"/board/{key}/events"):
            for method in ("GET", "HEAD"):
                async with client.request(method, aiohttp.client.URL(f"{server.origin}{path}", encoded=True)) as answer:
                    assert answer.status == 404
    await server.stop()
    assert (boards.stamps, boards.looks) == ({}, {})
