"""Fair sharing of streams between boards: a class gets its share despite many boards, streams or false addresses."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from board_reader import EventReader
from board_views import END, KEY, LOBBY, BoardsInMemory
from hypothesis import given
from hypothesis import strategies as st

from bot.board import board_poller
from bot.board.site import create_board_app
from bot.board.viewers import Viewer, Viewers
from bot.serving import Refusals, Server, serve

POLL_SECONDS = 0.002
NAMES = [f"board{number}" for number in range(12)]


class ViewerPool:
    """Boards with a low limit of viewers, and their viewers."""

    def __init__(self, most: int, *names: str) -> None:
        self.boards = BoardsInMemory(**dict.fromkeys(names, LOBBY))
        self.refused: Counter[str] = Counter()
        self.viewers = Viewers(self.boards, POLL_SECONDS, most, lambda kind: self.refused.update([kind]))
        self.screens: dict[str, list[Viewer]] = {name: [] for name in names}

    async def join(self, name: str, count: int = 1) -> list[object]:
        """Add viewers to a board; return the viewers or the reasons of refusal."""
        results = [await self.viewers.join(name) for _ in range(count)]
        self.screens.setdefault(name, []).extend(one for one in results if isinstance(one, Viewer))
        return results

    def counts(self) -> dict[str, int]:
        """Return the number of viewers of each board."""
        return {name: self.viewers._count(name) for name in self.screens}


async def test_twelve_full_boards_leave_a_share_for_another() -> None:
    """When twelve boards use all streams, a thirteenth gets the same share as each of them."""
    pool = ViewerPool(120, *NAMES, KEY)
    for name in NAMES:
        await pool.join(name, 100)
    assert sum(pool.counts().values()) == 120
    results = await pool.join(KEY, 30)
    counts = pool.counts()
    assert counts[KEY] == sum(isinstance(one, Viewer) for one in results) == 9
    assert sum(counts.values()) == 120
    assert max(counts.values()) - min(counts.values()) <= 1
    pool.viewers.close()


async def test_the_newest_viewer_of_the_largest_board_is_removed() -> None:
    """An early viewer, such as the projector, stays; the newest one of the largest board is removed."""
    pool = ViewerPool(6, "large", "small", KEY)
    await pool.join("large", 4)
    await pool.join("small", 2)
    await pool.join(KEY)
    events = [await one.next_event(None) for one in pool.screens["large"]]
    assert [event is not None for event in events] == [True, True, True, False]
    assert pool.counts() == {"large": 3, "small": 2, KEY: 1}
    pool.screens["large"][3].leave()
    assert pool.counts() == {"large": 3, "small": 2, KEY: 1}
    pool.viewers.close()


async def test_a_board_with_its_share_gets_no_more() -> None:
    """When all streams are used, a board gets no stream from others that have no more than it has."""
    pool = ViewerPool(6, "one", "other")
    await pool.join("one", 3)
    await pool.join("other", 3)
    assert await pool.join("one") == ["screens"]
    assert pool.counts() == {"one": 3, "other": 3}
    pool.viewers.close()


async def test_false_addresses_take_no_share() -> None:
    """Unknown boards remove no viewers, count as no refusal and leave nothing in memory."""
    pool = ViewerPool(4, "one", "other")
    await pool.join("one", 3)
    await pool.join("other")
    for number in range(50):
        assert await pool.join(f"none{number}") == ["gone"]
    assert pool.counts()["one"] == 3
    assert set(pool.viewers._boards) == {"one", "other"}
    assert pool.refused == {}
    pool.viewers.close()


@given(wants=st.lists(st.sampled_from([*NAMES[:5], "none"]), max_size=60), most=st.integers(1, 12))
async def test_shares_are_fair_in_any_order_of_joining(wants: list[str], most: int) -> None:
    """The limit is never exceeded, and a board is refused only if no other board has two viewers more."""
    pool = ViewerPool(most, *NAMES[:5])
    for name in wants:
        before = pool.counts()
        (result,) = await pool.join(name)
        after = pool.counts()
        assert sum(after.values()) <= most
        if result == "screens":
            assert sum(before.values()) == most
            assert max(before.values()) <= before.get(name, 0) + 1
            assert {name: count for name, count in after.items() if count} == {
                name: count for name, count in before.items() if count
            }
    pool.viewers.close()


async def test_nothing_is_left_after_all_viewers_leave() -> None:
    """After all viewers have left, the count is zero and no board is polled."""
    pool = ViewerPool(6, "one", "other")
    await pool.join("one", 6)
    await pool.join("other", 4)
    for screen in [*pool.screens["one"], *pool.screens["other"]]:
        screen.leave()
        screen.leave()
    assert (pool.viewers._total, pool.viewers._boards) == (0, {})


async def test_a_board_that_cannot_be_read_refuses_new_viewers_and_keeps_the_others() -> None:
    """While the database fails, viewers of a new board are refused, and existing viewers wait."""
    pool = ViewerPool(6, KEY, "other")
    await pool.join(KEY)
    pool.boards.failing = True
    assert await pool.join("other") == ["unreadable"]
    pool.boards.failing = False
    assert isinstance((await pool.join("other"))[0], Viewer)
    pool.boards.set_view(KEY, END)
    first = await pool.screens[KEY][0].next_event(None)
    assert first
    assert first.data
    pool.viewers.close()


@pytest.fixture
def refusals() -> Refusals:
    """The counter of refusals."""
    return Refusals()


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch, refusals: Refusals) -> AsyncIterator[Server]:
    """Server of three boards with a limit of four viewers."""
    monkeypatch.setattr(board_poller, "MAX_VIEWERS_IN_TOTAL", 4)
    boards = BoardsInMemory(**dict.fromkeys(("one", "other", KEY), LOBBY))
    started = await serve(
        create_board_app(boards, poll_seconds=POLL_SECONDS, on_refusal=refusals.record), refusals=refusals
    )
    yield started
    await started.stop()


async def test_the_stream_of_a_removed_viewer_ends(server: Server, refusals: Refusals) -> None:
    """The stream of a removed viewer ends and frees its connection; reconnecting at once gets 503 and Retry-After."""
    async with aiohttp.ClientSession(server.origin) as client, AsyncExitStack() as stack:

        async def open_stream(key: str) -> EventReader:
            return EventReader(await stack.enter_async_context(client.get(f"/board/{key}/events")))

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


async def test_a_head_request_for_a_stream_is_not_a_viewer(server: Server) -> None:
    """HEAD gets the headers of the stream, and the response ends without counting as a viewer."""
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
async def test_an_invalid_key_is_never_looked_up(key: str) -> None:
    """A key of a wrong length or with wrong characters gets 404 without a read of the database."""
    boards = BoardsInMemory(**{KEY: LOBBY})
    server = await serve(create_board_app(boards, poll_seconds=POLL_SECONDS))
    async with aiohttp.ClientSession(server.origin) as client:
        for path in (f"/board/{key}", f"/board/{key}/events"):
            for method in ("GET", "HEAD"):
                async with client.request(method, aiohttp.client.URL(f"{server.origin}{path}", encoded=True)) as answer:
                    assert answer.status == 404
    await server.stop()
    assert (boards.etag_reads, boards.view_reads) == ({}, {})
