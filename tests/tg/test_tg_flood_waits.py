"""Pauses that Telegram asks for: of a chat, of a method, of all. They outlive the process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from idle_time import IdleTime
from postgresql import MakeUrl
from sending_process import OpenPost, Post, Telegram
from sqlalchemy import event, func, select

from bot.store.flood_waits import FLOOD_WAITS
from bot.tg.outbound.caller import SOON_SECONDS
from bot.tg.outbound.rate_limits import RateLimits

ANN, BEN, CID, DAN = 7, 8, 9, 10
# Where the Telegram of these tests looks for calls that name no chat.
NO_CHAT = 0


@pytest.fixture
async def post_at(telegram: Telegram, time: IdleTime) -> AsyncIterator[OpenPost]:
    """Return a way to start processes; each ends with the test."""
    opened: list[Post] = []

    async def open_one(url: str, *, runs: bool = True) -> Post:
        opened.append(Post(url, len(opened) + 1, telegram, time, RateLimits(0)))
        if runs:
            opened[-1].start()
            await time.rest()
        return opened[-1]

    yield open_one
    for one in opened:
        await one.end()


@pytest.fixture
async def post(post_at: OpenPost, tmp_path: Path) -> Post:
    """Return a process that is alone."""
    return await post_at(f"sqlite:///{tmp_path}/bot.sqlite3")


async def kill(post: Post) -> None:
    """End a process without a word: it sends and stores nothing more."""
    assert post.running
    post.running.cancel()
    await asyncio.wait({post.running})
    post.running = None
    post.sender.drop_all()
    post.lose()


async def takes_over(post: Post, time: IdleTime, *queues: int | str) -> None:
    """Load the flood waits and claim messages until these queues exist in the process."""
    await post.sender.load_flood_waits()
    async with asyncio.timeout(20):
        while not post.sender._queues.keys() >= set(queues):
            await post.sender._claim_some()
    await time.rest()


async def passes_until(time: IdleTime, is_so: Callable[[], object]) -> None:
    """Run everything that needs no time until a condition is true."""
    async with asyncio.timeout(20):
        while not is_so():
            await time.rest()


def stored(post: Post) -> list[str]:
    """Return the names of the pauses in the database."""
    with post.database.engine.connect() as connection:
        return sorted(connection.scalars(select(FLOOD_WAITS.c.name)))


async def test_a_methods_429_holds_up_that_method_alone(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A press that is refused waits, and so does the next one; messages to every chat go at once."""
    telegram.closed[NO_CHAT] = 20.0
    post.tell(ANN, "")
    await time.rest()
    post.tell(BEN, "", "(b)")
    post.tell(ANN, "(a)")
    await time.reach(19.0)
    assert [chat for _, chat, _ in telegram.got] == [BEN, ANN]
    assert telegram.refused == [(0.0, NO_CHAT)]
    await time.reach(20.0)
    assert [text for _, _, text in telegram.got[2:]] == ["answerCallbackQuery"] * 2


async def test_a_press_is_not_answered_when_its_button_has_stopped_waiting(
    post: Post, telegram: Telegram, time: IdleTime
) -> None:
    """Presses that would wait for longer than a button does are dropped, those that come later too, and tell nobody."""
    telegram.closed[NO_CHAT] = 3600.0
    post.tell(ANN, "", "(a)")
    await time.rest()
    post.tell(BEN, "", "(b)")
    await passes_until(time, lambda: not post.unsent())
    assert [chat for _, chat, _ in telegram.got] == [ANN, BEN]
    assert time.moment == 0.0
    await time.reach(3600.0 - SOON_SECONDS / 2)
    post.tell(CID, "")
    await time.reach(3600.0)
    assert [text for _, _, text in telegram.got[2:]] == ["answerCallbackQuery"]


async def test_presses_of_many_stop_nobody(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """Messages do not wait for refused answers to presses, even if many are refused at once."""
    telegram.closed[NO_CHAT] = 3600.0
    for person in range(100, 130):
        post.tell(person, "", "(x)")
    await time.rest()
    await time.rest()
    assert len(telegram.got) == 30


@pytest.mark.parametrize("seconds", [60, 3600])
async def test_a_restart_keeps_to_a_chats_pause(
    url: str, post_at: OpenPost, telegram: Telegram, time: IdleTime, seconds: int
) -> None:
    """On either engine a chat that was told to wait gets nothing before, though another process goes on."""
    telegram.closed[ANN] = float(seconds)
    old = await post_at(url)
    old.tell(ANN, "(a)", "(b)")
    await passes_until(time, lambda: stored(old) == [f"chat {ANN}"])
    await kill(old)
    new = await post_at(url, runs=False)
    await takes_over(new, time, ANN)
    new.tell(BEN, "(x)")
    await time.rest()
    assert len(telegram.texts(BEN)) == 1
    await time.reach(seconds - 30.0)
    assert telegram.texts(ANN) == []
    telegram.closed.clear()
    await time.reach(seconds + 1.0)
    assert len(telegram.texts(ANN)) == 2


async def test_a_restart_keeps_to_the_pause_of_all(
    url: str, post_at: OpenPost, telegram: Telegram, time: IdleTime
) -> None:
    """On either engine nothing goes to any chat after a restart, where several chats were refused before it."""
    telegram.closed = dict.fromkeys((ANN, BEN, CID), 600.0)
    old = await post_at(url)
    for chat in telegram.closed:
        old.tell(chat, "(a)")
    await passes_until(time, lambda: "all" in stored(old))
    await kill(old)
    new = await post_at(url, runs=False)
    await takes_over(new, time, ANN, BEN, CID)
    new.tell(DAN, "(x)")
    await time.reach(500.0)
    assert telegram.got == []
    telegram.closed.clear()
    await time.reach(700.0)
    assert len(telegram.got) == 4


async def test_a_restart_keeps_to_a_methods_pause(
    url: str, post_at: OpenPost, telegram: Telegram, time: IdleTime
) -> None:
    """On either engine presses are not answered before, and everything else is sent."""
    telegram.closed[NO_CHAT] = 40.0
    old = await post_at(url)
    old.tell(ANN, "")
    await passes_until(time, lambda: stored(old) == ["method answerCallbackQuery"])
    await kill(old)
    new = await post_at(url, runs=False)
    await takes_over(new, time, "apart 1")
    new.tell(BEN, "(x)")
    await time.reach(10.0)
    assert [chat for _, chat, _ in telegram.got] == [BEN]
    telegram.closed.clear()
    await time.reach(41.0)
    assert len(telegram.got) == 2


@pytest.mark.parametrize("refused", ["method", "all"])
async def test_a_pause_of_one_process_is_that_of_the_others(
    make_postgresql: MakeUrl, post_at: OpenPost, telegram: Telegram, time: IdleTime, refused: str
) -> None:
    """A flood wait of one process is observed by the other processes until it ends."""
    url = make_postgresql("")
    one, other = await post_at(url), await post_at(url, runs=False)
    telegram.closed = {NO_CHAT: 50.0} if refused == "method" else dict.fromkeys((ANN, BEN, CID), 50.0)
    for chat in (ANN, BEN, CID) if refused == "all" else (ANN,):
        one.tell(chat, "" if refused == "method" else "(a)")
    await passes_until(time, lambda: [name for name in stored(one) if name.startswith(refused)])
    await kill(one)
    before = len(telegram.refused)
    await other.sender.load_flood_waits()
    other.tell(DAN, "" if refused == "method" else "(x)")
    await time.reach(40.0)
    assert (telegram.got, len(telegram.refused)) == ([], before)
    telegram.closed.clear()
    await time.reach(60.0)
    assert [chat for _, chat, _ in telegram.got] == [NO_CHAT if refused == "method" else DAN]


async def test_a_message_that_telegram_takes_writes_no_pause(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """Where there are no pauses the table is never written, and read when messages are claimed, not for each."""
    said: list[str] = []
    event.listen(post.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    for person in range(100, 120):
        post.tell(person, "(x)")
    await passes_until(time, lambda: len(post.settled) == 20)
    assert len(telegram.got) == 20
    asked = [one for one in said if "flood_waits" in one]
    assert [one for one in asked if not one.startswith("SELECT")] == []
    assert len(asked) < len(telegram.got) / 2


async def test_a_storm_of_refusals_is_stored_together(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A hundred chats that are refused at once take a few transactions, not one each."""
    people = range(100, 200)
    telegram.closed = dict.fromkeys(people, 90.0)
    commits: list[object] = []
    event.listen(post.database.engine, "commit", commits.append)
    for person in people:
        post.tell(person, "(x)")
    before = len(commits)
    await passes_until(time, lambda: "all" in stored(post))
    await time.rest()
    with post.database.engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(FLOOD_WAITS))
    assert count == len(telegram.refused) + 1
    assert len(commits) - before <= 5
