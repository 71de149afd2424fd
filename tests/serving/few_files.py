"""A process that serves one board and may open 128 files; says its port, and whether it can still open files."""

import asyncio
import importlib
import resource
import sys
from datetime import UTC, datetime

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
        """Give its picture."""
        return LOBBY if key == KEY else None

    async def stamp(self, key: str) -> str | None:
        """Give its stamp."""
        return "1" if key == KEY else None


def can_work() -> bool:
    """Return whether files can be opened and modules imported that were not before."""
    opened = []
    try:
        opened += [open(__file__, encoding="utf-8") for _ in range(NEEDED)]  # noqa: PTH123, SIM115 - they stay open
        importlib.import_module("wave")
    except OSError:
        return False
    finally:
        for file in opened:
            file.close()
    return True


async def main() -> None:
    """Serve, and answer each line with what the process can."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES // 2, FILES))
    raise_limit()
    refusals = Refusals()
    server = await serve(create_board_app(OneBoard(), on_refusal=refusals.note), refusals=refusals)
    print(server.port, flush=True)  # noqa: T201 - what its parent reads
    while await asyncio.to_thread(sys.stdin.readline):
        print(can_work(), dict(refusals.counts), flush=True)  # noqa: T201 - the same
    await server.stop()


if __name__ == "__main__":
    asyncio.run(main())
