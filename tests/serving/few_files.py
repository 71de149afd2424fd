"""A process that serves one board and may open 128 files; prints its port, and whether it can still open files."""

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
from bot.open_file_limit import raise_limit
from bot.serving import Refusals, serve

KEY = "q7Zt0aXk2vB9sLw4"
FILES = 128
# The number of files that the bot itself may need at the same time, out of those reserved for it.
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
    """A board source with a single board."""

    async def view(self, key: str) -> BoardView | None:
        """Return the board's view."""
        return LOBBY if key == KEY else None

    async def etag(self, key: str) -> str | None:
        """Return the board's ETag."""
        return "1" if key == KEY else None


class Files:
    """Commands of the test: check that files can be opened, use them all up, and close them again."""

    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals
        self._taken: list[int] = []

    async def work(self) -> bool:
        """Return whether files can still be opened and modules imported."""
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
        """Open files until the limit is reached."""
        with suppress(OSError):
            while True:
                self._taken.append(os.open(os.devnull, os.O_RDONLY))
        return True

    async def fail(self) -> bool:
        """Wait until accepting a connection has failed at the limit on open files."""
        while not self._refusals.counts["files"]:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)
        return True

    async def feed(self) -> bool:
        """Close the files again."""
        while self._taken:
            os.close(self._taken.pop())
        return True


async def main() -> None:
    """Serve, and run the command on each line of the standard input."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES // 2, FILES))
    raise_limit()
    refusals = Refusals()
    server = await serve(create_board_app(OneBoard(), on_refusal=refusals.record), refusals=refusals)
    print(server.port, flush=True)  # noqa: T201 - its parent reads this
    files = Files(refusals)
    while line := await asyncio.to_thread(sys.stdin.readline):
        done = await getattr(files, line.strip())()
        print(done, dict(refusals.counts), flush=True)  # noqa: T201 - the same
    await server.stop()


if __name__ == "__main__":
    make_loop = uvloop.new_event_loop if sys.argv[1] == "uvloop" else asyncio.SelectorEventLoop
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main())
