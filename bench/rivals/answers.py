"""What every rival does alike: endless questions, and answers kept in SQLite so that a commit is on the disk."""

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
    """Answers, each durable when `keep` returns.

    Written in the loop itself, which is the quickest way that keeps the promise: the usual wrapper's thread takes
    longer than the commit. With shared commits, the answers of all handlers that run in one turn of the loop are
    written by one commit, and each handler goes on once that is done.
    """

    def __init__(self, file: str, *, shared: bool) -> None:
        self._shared = shared
        self._rows: list[Row] = []
        self._committed: asyncio.Future[None] | None = None
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(_TABLE)

    async def keep(self, poll: str, person: int, options: list[int] | tuple[int, ...]) -> None:
        """Keep one vote."""
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
    """Give the token, the origin of the Bot API and the SQLite file, from the settings that our bot reads too."""
    return (
        os.environ["BOT_TOKEN"],
        os.environ["BOT_API_URL"],
        os.environ["BOT_DATABASE_URL"].removeprefix("sqlite:///"),
    )


def command_line(description: str | None) -> Namespace:
    """Read the command line that all rivals share: `shared`, `store_only`, and how many updates at once."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--shared", action="store_true", help="one commit for the answers of one turn of the loop")
    parser.add_argument("--concurrent", type=int, default=0, help="updates handled side by side; 0: the library's way")
    parser.add_argument("--store-only", action="store_true", help="store votes and send nothing after them")
    return parser.parse_args()
