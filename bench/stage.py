"""A fake Telegram in one process and a bot in another, for the length of one measurement. Knows no scenario."""

import http.client
import json
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self

from process import running
from targets import Target

Figures = dict[str, Any]

_FAKE = Path(__file__).with_name("fake_api.py")
_LOOK_SECONDS = 0.05
_STALLED_SECONDS = 6.0
_LOG_TAIL = 1_500


class StageError(Exception):
    """A measurement that cannot go on; says what was waited for, and the end of what the processes wrote."""


class Stage:
    """Used as `with Stage(...) as stage:`; all its processes are ended with the block."""

    def __init__(self, target: Target, folder: Path, habits: tuple[str, ...]) -> None:
        self._target = target
        self._folder = folder
        self._habits = habits
        self._all = ExitStack()
        self._bot_life = ExitStack()
        self._bot: subprocess.Popen[str] | None = None
        self._fake: subprocess.Popen[str] | None = None
        self._file = folder / "bot.sqlite"

    def __enter__(self) -> Self:
        self._fake = fake = self._all.enter_context(running([str(_FAKE), *self._habits], {}, self._folder, heard=True))
        assert fake.stdout is not None
        self._port = int(json.loads(fake.stdout.readline())["port"])
        self._line = self._all.enter_context(closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)))
        self._all.push(self._bot_life)
        return self

    def __exit__(self, *error: object) -> None:
        self._all.close()

    @property
    def bot(self) -> subprocess.Popen[str]:
        """The bot's process."""
        assert self._bot is not None
        return self._bot

    @property
    def fake(self) -> subprocess.Popen[str]:
        """The fake Telegram's process."""
        assert self._fake is not None
        return self._fake

    def order(self, order: str, number: float = 0, *extras: str) -> Figures:
        """Give the fake an order; returns its figures. `extras` may name `answers` and `delays`."""
        query = "".join(f"&{extra}=1" for extra in extras)
        self._line.request("GET", f"/bench/{order}?number={number}{query}")
        read: Figures = json.loads(self._line.getresponse().read())
        return read

    def start_bot(self, *, silent: bool = False) -> float:
        """Start the bot, after ending the one that runs; returns the seconds to its first getUpdates."""
        self._bot_life.close()
        self.order("await_bot")
        target = self._target
        environment = {
            "BOT_TOKEN": "42:loopback",
            "BOT_API_URL": f"http://127.0.0.1:{self._port}",
            "BOT_DATABASE_URL": f"sqlite:///{self._file}",
            **dict(target.environment),
            **dict(target.silent_environment if silent else ()),
        }
        command = target.command + (target.silent_command if silent else ())
        started = time.monotonic()
        self._bot = self._bot_life.enter_context(running(command, environment, self._folder))
        figures = self.wait("the first getUpdates", lambda now: now["first_poll_at"] is not None, 30)
        return float(figures["first_poll_at"]) - started

    def kill_bot(self) -> None:
        """End the bot with SIGKILL: it gets no chance to store anything."""
        self.bot.kill()
        self.bot.wait()

    def wait(self, what: str, reached: Callable[[Figures], bool], limit: float) -> Figures:
        """Look at the figures until they are as wanted. Raises StageError after `limit` seconds, or if the bot ends."""
        ends = time.monotonic() + limit
        while not reached(figures := self.order("figures")):
            if self._bot is not None and self._bot.poll() is not None:
                raise StageError(f"the bot ended with {self._bot.returncode} before {what}\n{self.log()}")
            if time.monotonic() > ends:
                raise StageError(f"{limit:g} s were not enough for {what}: {figures}\n{self.log()}")
            time.sleep(_LOOK_SECONDS)
        return figures

    def drain(self) -> None:
        """Let nobody answer any more, and wait until the bot has dealt with every answer or makes no headway."""
        figures = self.order("rest")
        moved = time.monotonic()
        while figures["waiting"] or figures["answered"] < figures["offered"]:
            time.sleep(_LOOK_SECONDS)
            before, figures = figures, self.order("figures")
            if (figures["waiting"], figures["answered"]) != (before["waiting"], before["answered"]):
                moved = time.monotonic()
            if time.monotonic() > moved + _STALLED_SECONDS:
                return

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the bot's database, reading only."""
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(sql).fetchall()

    def stored(self) -> int:
        """How many answers the bot's database holds."""
        return int(self.query(self._target.total)[0][0])

    def miscounted(self) -> int:
        """How many answers the bot's database has too few or too many, person by person; call it after `drain`."""
        given = {
            int(person): count for person, count in self.order("figures", 0, "answers")["answers"].items() if count
        }
        kept = {int(person): int(count) for person, count in self.query(self._target.answers)}
        return sum(abs(given.get(person, 0) - kept.get(person, 0)) for person in given.keys() | kept.keys())

    def log(self) -> str:
        """Give the end of what the processes wrote."""
        return (self._folder / "log.txt").read_text()[-_LOG_TAIL:]
