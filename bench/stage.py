"""A fake Telegram in one process and a bot in others, for the length of one measurement. Knows no scenario."""

import http.client
import json
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self

from databases import Rows, kept_in
from environments import environment_of
from process import Process, cpu_seconds, resident_megabytes, running
from targets import Target

Figures = dict[str, Any]


_FAKE = Path(__file__).with_name("fake_api.py")
_LOOK_SECONDS = 0.05
_STALLED_SECONDS = 6.0
# A minute, though a second is usual: some libraries take long to import on a busy machine.
_START_LIMIT = 60.0
_LOG_TAIL = 1_500


class StageError(Exception):
    """A measurement that cannot go on; says what was waited for, and the end of what the processes wrote."""


class Stage:
    """Used as `with Stage(...) as stage:`; all its processes are ended with the block.

    Every process of the bot has a port of its own at the fake, its line, so that it is known which of them polls.

    Attributes:
        bots: the bot's processes, by their line.
    """

    def __init__(self, target: Target, folder: Path, habits: tuple[str, ...]) -> None:
        self._target = target
        self._folder = folder
        self._habits = (*habits, "--lines", str(target.processes))
        self._interpreter, _ = environment_of(target.script, target.package)
        self._all = ExitStack()
        self._bot_life = ExitStack()
        self.bots: list[Process] = []
        self._fake: Process | None = None

    def __enter__(self) -> Self:
        with ExitStack() as all_started:
            self._database = all_started.enter_context(kept_in(self._target.engine, self._folder))
            self._fake = fake = all_started.enter_context(
                running([str(_FAKE), *self._habits], {}, self._folder, heard=True)
            )
            assert fake.stdout is not None
            self._ports: list[int] = json.loads(fake.stdout.readline())["ports"]
            line = http.client.HTTPConnection("127.0.0.1", self._ports[0], timeout=30)
            self._line = all_started.enter_context(closing(line))
            all_started.push(self._bot_life)
            self._all = all_started.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._all.close()

    @property
    def fake(self) -> Process:
        """The fake Telegram's process."""
        assert self._fake is not None
        return self._fake

    def order(self, order: str, number: float = 0, *extras: str) -> Figures:
        """Give the fake an order; returns its figures. `extras` may name `answers`, `delays` and `crowd`."""
        query = "".join(f"&{extra}=1" for extra in extras)
        self._line.request("GET", f"/bench/{order}?number={number}{query}")
        read: Figures = json.loads(self._line.getresponse().read())
        return read

    def start_bot(self, *, silent: bool = False) -> float:
        """Start all processes of the bot, after ending those that run; returns the seconds to the first getUpdates."""
        self._bot_life.close()
        self.order("await_bot")
        started = time.monotonic()
        self.bots = [self._start(line, silent=silent) for line in range(self._target.processes)]
        figures = self.wait("the first getUpdates", lambda now: now["first_poll_at"] is not None, _START_LIMIT)
        return float(figures["first_poll_at"]) - started

    def restart(self, line: int) -> None:
        """Start one process of the bot again, after its end."""
        self.bots[line] = self._start(line)

    def _start(self, line: int, *, silent: bool = False) -> Process:
        target = self._target
        environment = {
            "BOT_TOKEN": "42:loopback",
            "BOT_API_URL": f"http://127.0.0.1:{self._ports[line]}",
            "BOT_DATABASE_URL": self._database.url,
            **dict(target.environment),
            **dict(target.silent_environment if silent else ()),
        }
        command = target.command + (target.silent_command if silent else ())
        started = running(command, environment, self._folder, interpreter=self._interpreter)
        return self._bot_life.enter_context(started)

    def kill(self, line: int) -> None:
        """End one process of the bot with SIGKILL: it gets no chance to store anything."""
        self.bots[line].kill()
        self.bots[line].wait()

    def leader(self) -> int:
        """Give the line on which getUpdates was called last."""
        return int(self.order("figures")["polled_by"])

    def cpu_seconds(self) -> float:
        """Give the CPU time that the bot's processes have taken so far."""
        return sum(map(cpu_seconds, self.bots))

    def server_cpu_seconds(self) -> float:
        """Give the CPU time that the database's server has taken so far."""
        return self._database.cpu_seconds()

    def megabytes(self) -> float:
        """Give the resident memory of the bot's processes, added up."""
        return sum(map(resident_megabytes, self.bots))

    def wait(self, what: str, reached: Callable[[Figures], bool], limit: float) -> Figures:
        """Look at the figures until they are as wanted. Raises StageError after `limit` seconds, or if the bot ends."""
        ends = time.monotonic() + limit
        while not reached(figures := self.order("figures")):
            if self.bots and all(bot.poll() is not None for bot in self.bots):
                raise StageError(f"the bot ended with {self.bots[0].returncode} before {what}\n{self.log()}")
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

    def query(self, sql: str) -> Rows:
        """Ask the bot's database, reading only."""
        return self._database.query(sql)

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
