"""The real bot in a process of its own, as an operator runs it: ``python -m bot run`` with a clean environment."""

import asyncio
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

BANK = Path(__file__).parents[2] / "questions.yaml"

# What a bot logs when other processes have counted it as dead (bot/tg/adapter.py).
LOSS = b"Lost the database session"


# Below the ports that Linux uses for outgoing connections (ip_local_port_range), so that no connection of another
# test can take one before the bot listens there.
PORTS = range(20_000, 32_768)


def free_port() -> int:
    """Return a port that is free now."""
    while True:
        # Not from ``random``: pytest-randomly seeds it alike in every worker.
        port = secrets.choice(PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@dataclass(slots=True)
class BotProcess:
    """One bot that can be restarted in its folder, where its database is unless ``settings`` names another.

    Attributes:
        origin: origin of the Bot API.
        settings: further settings, as environment variables.
        log_text: everything it has written to standard error.
        kills: times at which it was killed.
        losses: times at which it logged that the other processes had counted it as dead.
    """

    folder: Path
    origin: str
    token: str
    settings: dict[str, str] = field(default_factory=dict)
    log_text: str = ""
    kills: list[float] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _is_killed: bool = False
    _listening: asyncio.Task[None] | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def database(self) -> Path:
        """The SQLite file of the bot."""
        return self.folder / "bot.sqlite3"

    @property
    def is_alive(self) -> bool:
        """Whether it runs and was not killed."""
        return self._process is not None and self._process.returncode is None and not self._is_killed

    @property
    def was_started(self) -> bool:
        """Whether it was ever started."""
        return self._process is not None

    async def start(self) -> None:
        """Start the process; it is not ready yet when this returns."""
        environment = {
            "BOT_TOKEN": self.token,
            "BOT_API_URL": self.origin,
            "BOT_BANK": str(BANK),
            "BOT_DATABASE_URL": f"sqlite:///{self.database}",
            "BOT_SENDS_PER_SECOND": "0",
            "BOT_ASKS_PER_PERSON": "0",
            "BOT_LOG_LEVEL": "WARNING",
            **self.settings,
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "run"),
            cwd=self.folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._is_killed = False
        self._listening = asyncio.create_task(self._listen(self._process))

    def kill(self) -> None:
        """Kill the process as a power cut would."""
        if self._process is not None and self.is_alive:
            self._process.kill()
            self._is_killed = True
            self.kills.append(time.monotonic())

    def suspend(self) -> None:
        """Suspend the process, as happens when a computer swaps or sleeps."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Resume the suspended process."""
        self._send(signal.SIGCONT)

    def terminate(self) -> None:
        """Send SIGTERM to the process."""
        if self._process is not None and self.is_alive:
            self._process.terminate()

    async def wait_until_ended(self) -> int:
        """Wait until the process has ended and its log is read; return the exit code, or minus the signal number."""
        if self._process is None or self._listening is None:
            raise RuntimeError("it was never started")
        # ``wait`` rather than ``await``: a caller that is cancelled must not cancel the reading of the log.
        await asyncio.wait({self._listening})
        return await self._process.wait()

    async def wait_for_log(self, sentence: str) -> None:
        """Wait until the process has written a sentence to standard error."""
        while sentence not in self.log_text:
            if not self.is_alive:
                raise AssertionError(f"the bot ended without logging {sentence!r}; it logged: {self.log_text}")
            self._news.clear()
            await self._news.wait()

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None and self.is_alive:
            self._process.send_signal(number)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        if process.stderr is None:
            raise RuntimeError("standard error must be a pipe")
        async for line in process.stderr:
            self.log_text += line.decode()
            if LOSS in line:
                self.losses.append(time.monotonic())
            self._news.set()
        await process.wait()
        self._news.set()


@asynccontextmanager
async def killed_at_exit(*bots: BotProcess) -> AsyncIterator[None]:
    """Kill the processes when the block ends, also after an exception."""
    try:
        yield
    finally:
        for bot in bots:
            bot.kill()
            if bot.was_started:
                await bot.wait_until_ended()
