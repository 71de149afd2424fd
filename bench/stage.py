"""Environment of one measurement: the fake Telegram in one process, a database, and the bot in other processes."""

import http.client
import json
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self

from databases import Rows, create_database
from environments import environment_of
from process import Process, cpu_seconds, resident_megabytes, running
from targets import Target

Figures = dict[str, Any]


_FAKE = Path(__file__).with_name("fake_api.py")
_POLL_SECONDS = 0.05
_STALLED_SECONDS = 6.0
# A second is usual, but some libraries take long to import on a busy machine.
_START_LIMIT = 60.0
_LOG_TAIL = 1_500


class StageError(Exception):
    """A condition was not reached; the text names it and has the end of the processes' log."""


class Stage:
    """Context manager: `with Stage(...) as stage:`. All its processes end at its exit.

    Each process of the bot uses a port of its own at the fake, which shows which of them polls.

    Attributes:
        bots: the bot's processes; a process and its port have the same index.
    """

    def __init__(self, target: Target, folder: Path, habits: tuple[str, ...]) -> None:
        self._target = target
        self._folder = folder
        self._habits = (*habits, "--ports", str(target.processes))
        self._interpreter, _ = environment_of(target.script, target.package)
        self._all = ExitStack()
        self._bot_life = ExitStack()
        self.bots: list[Process] = []
        self._fake: Process | None = None

    def __enter__(self) -> Self:
        with ExitStack() as all_started:
            self._database = all_started.enter_context(create_database(self._target.engine, self._folder))
            self._fake = fake = all_started.enter_context(
                running([str(_FAKE), *self._habits], {}, self._folder, piped=True)
            )
            assert fake.stdout is not None
            self._ports: list[int] = json.loads(fake.stdout.readline())["ports"]
            connection = http.client.HTTPConnection("127.0.0.1", self._ports[0], timeout=30)
            self._connection = all_started.enter_context(closing(connection))
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

    def control(self, command: str, number: float = 0, *extras: str) -> Figures:
        """Send the fake a command; return its figures. `extras` may name `answers`, `delays` and `crowd`."""
        query = "".join(f"&{extra}=1" for extra in extras)
        self._connection.request("GET", f"/bench/{command}?number={number}{query}")
        figures: Figures = json.loads(self._connection.getresponse().read())
        return figures

    def start_bot(self, *, silent: bool = False) -> float:
        """End the bot's running processes and start all; return the seconds until the first getUpdates."""
        self._bot_life.close()
        self.control("await_bot")
        started = time.monotonic()
        self.bots = [self._start(index, silent=silent) for index in range(self._target.processes)]
        figures = self.wait("the first getUpdates", lambda now: now["first_poll_at"] is not None, _START_LIMIT)
        return float(figures["first_poll_at"]) - started

    def restart(self, index: int) -> None:
        """Start one process of the bot again, after its end."""
        self.bots[index] = self._start(index)

    def _start(self, index: int, *, silent: bool = False) -> Process:
        target = self._target
        environment = {
            "BOT_TOKEN": "42:loopback",
            "BOT_API_URL": f"http://127.0.0.1:{self._ports[index]}",
            "BOT_DATABASE_URL": self._database.url,
            **dict(target.environment),
            **dict(target.silent_environment if silent else ()),
        }
        command = target.command + (target.silent_command if silent else ())
        started = running(command, environment, self._folder, interpreter=self._interpreter)
        return self._bot_life.enter_context(started)

    def kill(self, index: int) -> None:
        """Kill one process of the bot (SIGKILL), so that it cannot store anything."""
        self.bots[index].kill()
        self.bots[index].wait()

    def leader(self) -> int:
        """Return the index of the process that called getUpdates last."""
        return int(self.control("figures")["polled_by"])

    def cpu_seconds(self) -> float:
        """Return the CPU time that the bot's processes have used so far."""
        return sum(map(cpu_seconds, self.bots))

    def server_cpu_seconds(self) -> float:
        """Return the CPU time that the database's server has used so far."""
        return self._database.cpu_seconds()

    def megabytes(self) -> float:
        """Return the resident memory of all the bot's processes together."""
        return sum(map(resident_megabytes, self.bots))

    def wait(self, what: str, reached: Callable[[Figures], bool], limit: float) -> Figures:
        """Wait until the figures meet a condition. Raises StageError after `limit` seconds, or if the bot exits."""
        ends = time.monotonic() + limit
        while not reached(figures := self.control("figures")):
            if self.bots and all(bot.poll() is not None for bot in self.bots):
                raise StageError(f"the bot exited with {self.bots[0].returncode} before {what}\n{self.log()}")
            if time.monotonic() > ends:
                raise StageError(f"timed out after {limit:g} s waiting for {what}: {figures}\n{self.log()}")
            time.sleep(_POLL_SECONDS)
        return figures

    def drain(self) -> None:
        """Stop the learners, and wait until the bot has handled every answer or makes no more progress."""
        figures = self.control("stop")
        moved = time.monotonic()
        while figures["unconfirmed"] or figures["answered"] < figures["offered"]:
            time.sleep(_POLL_SECONDS)
            before, figures = figures, self.control("figures")
            if (figures["unconfirmed"], figures["answered"]) != (before["unconfirmed"], before["answered"]):
                moved = time.monotonic()
            if time.monotonic() > moved + _STALLED_SECONDS:
                return

    def query(self, sql: str) -> Rows:
        """Run a read-only query in the bot's database."""
        return self._database.query(sql)

    def stored(self) -> int:
        """Return the number of answers in the bot's database."""
        return int(self.query(self._target.total)[0][0])

    def miscounted(self) -> int:
        """Count the answers missing or doubled in the bot's database, person by person; call `drain` before."""
        given = {
            int(person): count for person, count in self.control("figures", 0, "answers")["answers"].items() if count
        }
        stored = {int(person): int(count) for person, count in self.query(self._target.answers)}
        return sum(abs(given.get(person, 0) - stored.get(person, 0)) for person in given.keys() | stored.keys())

    def log(self) -> str:
        """Return the end of the processes' log."""
        return (self._folder / "log.txt").read_text()[-_LOG_TAIL:]
