"""Code that all rivals share: endless questions, and answers in SQLite with durable commits."""

import asyncio
import os
import sqlite3
from argparse import ArgumentParser, Namespace
from itertools import cycle
from typing import Final

QUESTIONS = cycle(
    (f"Which of these numbers is {number} times three?", (str(number), str(number * 2), str(number * 3)))
    for number in range(1, 21)
)
RIGHT: Final = 2
_TABLE = """CREATE TABLE IF NOT EXISTS answers (
    poll TEXT NOT NULL, person INTEGER NOT NULL, correct INTEGER NOT NULL, PRIMARY KEY (poll, person)
)"""
_INSERT = "INSERT OR IGNORE INTO answers VALUES (?, ?, ?)"

Row = tuple[str, int, bool]


class Answers:
    """The answers, each durable when `store` returns.

    SQLite is called in the event loop itself. This is the fastest durable way: handing over to the thread of the
    usual async wrapper takes longer than the commit. With shared commits, one commit writes the answers of all
    handlers that run in the same iteration of the loop, and each handler waits for it.
    """

    def __init__(self, file: str, *, shared: bool) -> None:
        self._shared = shared
        self._rows: list[Row] = []
        self._committed: asyncio.Future[None] | None = None
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(_TABLE)

    async def store(self, poll: str, person: int, options: list[int] | tuple[int, ...]) -> None:
        """Store one vote."""
        row = (poll, person, tuple(options) == (RIGHT,))
        if not self._shared:
            self._database.execute(_INSERT, row)
            return
        self._rows.append(row)
        if self._committed is None:
            loop = asyncio.get_running_loop()
            self._committed = loop.create_future()
            loop.call_soon(self._commit)
        await self._committed

    def _commit(self) -> None:
        rows, self._rows = self._rows, []
        committed, self._committed = self._committed, None
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(_INSERT, rows)
        self._database.execute("COMMIT")
        if committed is not None:
            committed.set_result(None)


def settings() -> tuple[str, str, str]:
    """Return the token, the Bot API's origin and the SQLite file, from the same settings as our bot's."""
    return (
        os.environ["BOT_TOKEN"],
        os.environ["BOT_API_URL"],
        os.environ["BOT_DATABASE_URL"].removeprefix("sqlite:///"),
    )


def command_line(description: str | None) -> Namespace:
    """Parse the command line: `shared`, `store_only`, and the number of `concurrent` updates."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--shared", action="store_true", help="one commit for all answers of one loop iteration")
    parser.add_argument("--concurrent", type=int, default=0, help="updates at a time; 0: the library's default")
    parser.add_argument("--store-only", action="store_true", help="store votes, but send no next question")
    return parser.parse_args()
