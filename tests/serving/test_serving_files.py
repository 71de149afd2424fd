"""At a low limit on open files, connections leave enough files for the bot itself."""

import asyncio
import resource
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import few_files
import pytest
from raw_client import PATIENCE

from bot import open_file_limit

# The event loop of the process matters, not that of the test.
here = pytest.mark.asyncio(loop_factories=["asyncio"])
STREAM = f"GET /board/{few_files.KEY}/events HTTP/1.1\r\nHost: here\r\n\r\n".encode()
ICON = b"GET /board/static/icon.svg HTTP/1.1\r\nHost: here\r\n\r\n"


class Crowd:
    """The process with few files, and its clients."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, stack: AsyncExitStack) -> None:
        self.process = process
        self._port = port
        self._stack = stack

    async def connect(self, sent: bytes) -> asyncio.StreamReader:
        """Connect and send; the connection is closed after the test."""
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._stack.callback(writer.close)
        writer.write(sent)
        return reader

    async def head(self, sent: bytes) -> str:
        """Send a request on a new connection; return the head of the response."""
        async with asyncio.timeout(PATIENCE):
            return (await (await self.connect(sent)).readuntil(b"\r\n\r\n")).decode().lower()

    async def does(self, word: str) -> str:
        """Send the process a command; return the line that it prints."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{word}\n".encode())
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stdout.readline()).decode()


@pytest.fixture(params=["asyncio", "uvloop"])
async def crowd(request: pytest.FixtureRequest) -> AsyncIterator[Crowd]:
    """Start the process on either event loop."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, few_files.__file__, request.param),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdin
    assert process.stdout
    async with AsyncExitStack() as stack:
        yield Crowd(process, int(await process.stdout.readline()), stack)
    process.stdin.close()
    try:
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@here
async def test_more_streams_than_files_are_refused_with_503(crowd: Crowd) -> None:
    """When streams use all connections, further clients get 503 with Retry-After, and the bot goes on."""
    heads = [await crowd.head(STREAM) for _ in range(200)]
    refused = [head for head in heads if head.startswith("http/1.1 503")]
    assert all("retry-after: " in head for head in refused)
    assert len(refused) + sum(head.startswith("http/1.1 200") for head in heads) == 200
    assert 100 < len(refused) < 180
    assert (await crowd.does("work")).startswith("True")
    assert (await crowd.head(ICON)).startswith("http/1.1 200")


@here
async def test_silent_connections_do_not_take_the_last_files(crowd: Crowd) -> None:
    """Any number of silent connections leaves files for the bot, and other clients are answered."""
    for _ in range(300):
        await crowd.connect(b"")
    assert (await crowd.does("work")).startswith("True")
    assert (await crowd.head(STREAM)).startswith("http/1.1 200")
    assert (await crowd.head(ICON)).startswith("http/1.1 200")
    assert "crowd" in await crowd.does("work")


@here
async def test_a_process_without_files_accepts_again_once_it_has_some(crowd: Crowd) -> None:
    """Without any free file, connections wait without a busy loop, and are answered once files are free."""
    await crowd.head(ICON)
    await crowd.does("starve")
    waiting = [await crowd.connect(ICON) for _ in range(3)]
    assert "'files': " in await crowd.does("fail")
    await crowd.does("feed")
    async with asyncio.timeout(PATIENCE):
        assert all([(await reader.read(12)) == b"HTTP/1.1 200" for reader in waiting])
    assert (await crowd.does("work")).startswith("True")


@pytest.fixture
def limit() -> Iterator[tuple[int, int]]:
    """Restore the limit on open files after the test."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield before
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_the_soft_limit_becomes_the_hard_one(limit: tuple[int, int]) -> None:
    """The soft limit on open files is raised to the hard limit; a second call changes nothing."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, limit[1]))
    for _ in range(2):
        open_file_limit.raise_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (limit[1], limit[1])


@pytest.mark.usefixtures("limit")
@pytest.mark.parametrize(("soft", "most"), [(1024, 704), (640, 320), (256, 128), (65_536, 4000)])
def test_connections_leave_files_for_the_bot(
    soft: int, most: int, limit: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit on connections is the limit on open files minus those that the bot needs, and 4,000 at most."""
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (soft, limit[1]))
    assert open_file_limit.max_connections() == most
    assert open_file_limit.max_streams() == most * 3 // 4


@pytest.mark.parametrize("error", [OSError("forbidden"), ValueError("not allowed")])
def test_an_unchangeable_limit_is_left_as_it_is(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the limit can be neither read nor changed, the bot uses the default number of connections."""

    def refuse(*_given: object) -> None:
        raise error

    monkeypatch.setattr(resource, "getrlimit", refuse)
    open_file_limit.raise_limit()
    assert open_file_limit.max_connections() == 1024 - open_file_limit.RESERVED_FILES


def test_a_system_without_limits_allows_the_most_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a limit on open files, the bot allows its maximal number of connections."""
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert open_file_limit.max_connections() == open_file_limit.MAX_CONNECTIONS
