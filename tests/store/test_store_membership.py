"""Processes that share a PostgreSQL server: who lives, who leads, and what they tell one another."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

import pytest
from postgresql import MakeUrl
from sqlalchemy import Engine, text

from bot.store.database import Database, StoreError, open_database
from bot.store.membership import SILENCE_SECONDS, ClusterMembership, SingleProcess, create_membership
from bot.store.signals import LOCKS, count_processes, live_processes, send_signal

# Beyond what the server takes to end a session that is silent.
PATIENCE = 20


def rng(seed: int) -> Random:
    """Return a seeded random generator."""
    return Random(seed)  # noqa: S311 - no secrets here


@dataclass(slots=True)
class Member:
    """Keeps what it hears, and wakes who waits for it."""

    said: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def on_joined(self, number: int) -> None:
        """Keep the number."""
        self.numbers.append(number)
        self._hear("joined")

    def on_signal(self, word: str) -> None:
        """Keep a word."""
        self._hear(word)

    def on_session_lost(self) -> None:
        """Keep that it was lost."""
        self._hear("lost")

    def _hear(self, word: str) -> None:
        self.said.append(word)
        self.news.set()

    async def hears(self, *words: str) -> None:
        """Wait until exactly this was heard."""
        async with asyncio.timeout(PATIENCE):
            while self.said != list(words):
                self.news.clear()
                await self.news.wait()


@pytest.fixture
def server(make_postgresql: MakeUrl) -> Iterator[Database]:
    """New database at the server."""
    opened = open_database(make_postgresql(""))
    yield opened
    opened.close()


@asynccontextmanager
async def present(engine: Engine, seed: int) -> AsyncIterator[tuple[ClusterMembership, Member]]:
    """Join the cluster as one process."""
    membership, member = ClusterMembership(engine, rng(seed)), Member()
    await membership.join()
    running = asyncio.create_task(membership.run(member))
    try:
        await member.hears("joined")
        yield membership, member
    finally:
        running.cancel()
        await asyncio.wait({running})
        await membership.leave()


def alive(engine: Engine) -> frozenset[int]:
    """Return the numbers of the live processes."""
    with engine.connect() as connection:
        return live_processes(connection, 1)


def end_session(engine: Engine, number: int) -> None:
    """End the session of a process number at the server."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = :a AND objid = :b"
    with engine.begin() as connection:
        assert connection.scalar(text(ended), {"a": LOCKS, "b": number})


async def leads(membership: ClusterMembership) -> None:
    """Wait until a process leads."""
    async with asyncio.timeout(PATIENCE):
        await membership.leading.wait()


async def test_one_of_two_leads_and_both_live(server: Database) -> None:
    """The first leads, the second does not, each by its own number, and everybody can see both."""
    async with present(server.engine, 1) as (first, _), present(server.engine, 2) as (second, _):
        assert (first.leading.is_set(), second.leading.is_set()) == (True, False)
        assert alive(server.engine) == {first.number, second.number}
        with server.engine.connect() as connection:
            assert count_processes(connection) == (2, 1)
    async with asyncio.timeout(PATIENCE):
        while alive(server.engine):  # noqa: ASYNC110 - nobody tells when a server has ended a session
            await asyncio.sleep(0.01)


async def test_two_with_the_same_dice_have_two_numbers(server: Database) -> None:
    """A number that a living process has is not taken."""
    async with present(server.engine, 1) as (first, _), present(server.engine, 1) as (second, _):
        assert first.number != second.number


async def test_a_leader_that_ends_is_succeeded(server: Database) -> None:
    """After a clean end nobody waits for the server to find out: leadership and number are free."""
    first = ClusterMembership(server.engine, rng(1))
    await first.join()
    async with present(server.engine, 2) as (second, _):
        await first.leave()
        await leads(second)
        assert alive(server.engine) == {second.number}


async def test_a_leader_that_resigns_stays_alive(server: Database) -> None:
    """A process that is about to end lets another lead, and keeps its number until it has ended."""
    first = ClusterMembership(server.engine, rng(1))
    await first.join()
    async with present(server.engine, 2) as (second, _):
        await first.resign()
        await leads(second)
        assert first.number in alive(server.engine)
        await first.leave()


async def test_a_session_that_the_server_ends_is_a_loss(server: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose session ends is dead at once and another leads; it rejoins with another number."""
    monkeypatch.setattr("bot.store.membership.SHORTEST_PAUSE", 0.01)
    async with present(server.engine, 1) as (first, member), present(server.engine, 2) as (second, _):
        number = first.number
        right, first._address = first._address, {**first._address, "dbname": "nowhere"}
        end_session(server.engine, number)
        await member.hears("joined", "lost")
        assert (first.leading.is_set(), first.is_lost) == (False, True)
        await leads(second)
        first._address = right
        await member.hears("joined", "lost", "joined")
        assert member.numbers == [number, first.number]
        assert alive(server.engine) == {first.number, second.number} != {number, second.number}
        assert (first.leading.is_set(), first.is_lost) == (False, False)


async def test_words_are_heard_by_all(server: Database) -> None:
    """A word told in a transaction is heard by every process, the one that told it among them, after the commit."""
    async with present(server.engine, 1) as (_, one), present(server.engine, 2) as (_, other):
        with server.engine.connect() as connection:
            send_signal(connection, "never")
            connection.rollback()
            send_signal(connection, "inbox")
            connection.commit()
        await one.hears("joined", "inbox")
        await other.hears("joined", "inbox")


class Elsewhere:
    """A process' presence in a thread with a loop of its own, which can be held up."""

    def __init__(self, engine: Engine) -> None:
        self.member = Member()
        self.membership = ClusterMembership(engine, rng(1))
        self.is_there, self.may_go_on = threading.Event(), threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))
        self._thread.start()
        assert self.is_there.wait(PATIENCE)

    def hold(self) -> None:
        """Block the event loop of a process until it is released."""
        self._loop.call_soon_threadsafe(self.may_go_on.wait)

    def returned(self) -> Future[None]:
        """Return a task that ends once the process has lost its session and rejoined."""
        return asyncio.run_coroutine_threadsafe(self.member.hears("joined", "lost", "joined"), self._loop)

    def end(self) -> None:
        """End it."""
        self.may_go_on.set()
        self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(self._loop)])
        self._thread.join()
        self._loop.close()

    async def _run(self) -> None:
        await self.membership.join()
        self._loop.call_soon(self.is_there.set)
        try:
            await self.membership.run(self.member)
        except asyncio.CancelledError:
            await self.membership.leave()


@pytest.mark.long
async def test_a_process_whose_loop_stands_still_is_followed(server: Database) -> None:
    """The server ends the session of a held loop; another leads, and the first is counted out when it wakes."""
    held = Elsewhere(server.engine)
    try:
        assert held.membership.leading.is_set()
        number = held.membership.number
        held.hold()
        async with present(server.engine, 2) as (second, _):
            await leads(second)
            assert number not in alive(server.engine)
            held.may_go_on.set()
            await asyncio.wrap_future(held.returned())
            assert (second.leading.is_set(), held.membership.leading.is_set()) == (True, False)
    finally:
        held.end()


async def test_a_server_that_is_too_old_is_told(server: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before PostgreSQL 14 no session ends by itself; that is said in a sentence."""
    monkeypatch.setattr("bot.store.membership.OLDEST_VERSION", 990_000)
    with pytest.raises(StoreError, match="need version 99 or newer: upgrade the server"):
        await ClusterMembership(server.engine, rng(1)).join()


async def test_a_server_that_cannot_be_reached_is_told(server: Database) -> None:
    """A process that cannot join raises an error."""
    membership = ClusterMembership(server.engine, rng(1))
    membership._address["dbname"] = "nowhere"
    with pytest.raises(StoreError, match="gives this process no session of its own"):
        await membership.join()


async def test_the_only_process_always_leads(database: Database) -> None:
    """On SQLite a process is alone: it leads from the beginning to the end, and nothing is ever lost."""
    membership = create_membership(database.engine, rng(1))
    if database.is_remote:
        assert isinstance(membership, ClusterMembership)
        return
    assert isinstance(membership, SingleProcess)
    member = Member()
    await membership.join()
    running = asyncio.create_task(membership.run(member))
    await member.hears("joined")
    await membership.resign()
    await membership.leave()
    running.cancel()
    await asyncio.wait({running})
    assert membership.leading.is_set()
    assert member.numbers == [membership.number]
    with database.engine.connect() as connection:
        assert count_processes(connection) is None


async def test_a_process_without_a_recent_heartbeat_does_not_hold_its_session(server: Database) -> None:
    """As soon as the server may have ended the session, and before the process could notice, it counts on nothing."""
    assert SingleProcess(rng(1)).holds_session
    membership = ClusterMembership(server.engine, rng(1))
    await membership.join()
    assert membership.holds_session
    membership._answered_at -= SILENCE_SECONDS
    assert not membership.holds_session
    await membership.leave()
