"""A process that serves one board and may open 128 files; says its port, and whether it can still open files."""

import asyncio
import importlib
import os
import resource
import sys
from contextlib import suppress
from datetime import UTC, datetime

import uvloop

from bot.app.board import BoardView
from bot.board.site import create_board_app
from bot.files import raise_limit
from bot.serving import Refusals, serve

KEY = "q7Zt0aXk2vB9sLw4"
FILES = 128
# As many as the bot itself may come to need, of those that are left to it.
NEEDED = 32
LOBBY = BoardView(
    scene="lobby",
    language="en",
    title="Whales",
    code="",
    link="",
    nicknames=(),
    people=0,
    question=None,
    answered=0,
    waits=False,
    ends_at=None,
    now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    answer=None,
    standings=(),
    bonus=False,
    seconds=30,
)


class OneBoard:
    """Boards of which one exists."""

    async def view(self, key: str) -> BoardView | None:
        """Return its picture."""
        return LOBBY if key == KEY else None

    async def etag(self, key: str) -> str | None:
        """Return its stamp."""
        return "1" if key == KEY else None


class Files:
    """What this process can do with the files that are left, and a way to use them up."""

    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals
        self._taken: list[int] = []

    async def work(self) -> bool:
        """Return whether files can be opened and modules imported that were not before."""
        opened: list[int] = []
        try:
            opened += [os.open(os.devnull, os.O_RDONLY) for _ in range(NEEDED)]
            importlib.import_module("wave")
        except OSError:
            return False
        finally:
            for file in opened:
                os.close(file)
        return True

    async def starve(self) -> bool:
        """Take every file that is left."""
        with suppress(OSError):
            while True:
                self._taken.append(os.open(os.devnull, os.O_RDONLY))
        return True

    async def fail(self) -> bool:
        """Return once a connection could not be accepted for want of a file."""
        while not self._refusals.counts["files"]:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0)
        return True

    async def feed(self) -> bool:
        """Close them again."""
        while self._taken:
            os.close(self._taken.pop())
        return True


async def main() -> None:
    """Serve, and do what each line says."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES // 2, FILES))
    raise_limit()
    refusals = Refusals()
    server = await serve(create_board_app(OneBoard(), on_refusal=refusals.record), refusals=refusals)
    print(server.port, flush=True)  # noqa: T201 - what its parent reads
    files = Files(refusals)
    while line := await asyncio.to_thread(sys.stdin.readline):
        done = await getattr(files, line.strip())()
        print(done, dict(refusals.counts), flush=True)  # noqa: T201 - the same
    await server.stop()


if __name__ == "__main__":
    make_loop = uvloop.new_event_loop if sys.argv[1] == "uvloop" else asyncio.SelectorEventLoop
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main())
