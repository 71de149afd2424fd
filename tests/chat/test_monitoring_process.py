"""The bot as a process of its own, monitored by HTTP, by ``bot status``, and by systemd's socket."""

import asyncio
import os
import resource
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from bot_process import BotProcess, free_port, killed_at_exit
from served_world import TOKEN, new_world, serve_world, stop_bot

from bot.playground.world import World

PATIENCE = 60


async def status(bot: BotProcess, listen: str) -> tuple[int | None, str]:
    """Run ``bot status``; return its exit code and its output."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "status"),
        cwd=bot.folder,
        env={**clean, "BOT_DATABASE_URL": f"sqlite:///{bot.database}", "BOT_LISTEN": listen},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode()


async def get(client: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    """Return the status and the body of a page."""
    async with client.get(path) as answer:
        return answer.status, await answer.text()


class ServiceManager:
    """Stand-in for systemd that listens on the notification socket.

    Attributes:
        messages: all messages so far, in order.
    """

    def __init__(self, listening: socket.socket) -> None:
        self.address: str = listening.getsockname()
        self.messages: list[str] = []
        self._listening = listening
        self._received = asyncio.Event()
        asyncio.get_running_loop().add_reader(listening, self._receive)

    async def wait_until(self, condition: Callable[[list[str]], bool]) -> None:
        """Wait until the messages so far satisfy a condition."""
        async with asyncio.timeout(PATIENCE):
            while not condition(self.messages):
                self._received.clear()
                await self._received.wait()

    def _receive(self) -> None:
        self.messages.append(self._listening.recv(4096).decode())
        self._received.set()


def lower_file_limit() -> None:
    """Set the soft limit on open files below the hard one, before the process starts."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


@pytest.fixture
def world() -> World:
    """An empty world."""
    return new_world()


@pytest.fixture
async def bot(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manager: ServiceManager, listen: str
) -> AsyncIterator[BotProcess]:
    """A bot process that runs as under systemd and serves its health."""
    spawn = asyncio.create_subprocess_exec

    async def spawn_like_systemd(*words: str, env: dict[str, str], **named: object) -> asyncio.subprocess.Process:
        more = {"BOT_LISTEN": listen, "NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "1000000"}
        return await spawn(*words, env={**env, **more}, preexec_fn=lower_file_limit, **named)  # type: ignore[arg-type]

    async with serve_world(world) as server:
        started = BotProcess(tmp_path, server.origin, TOKEN)
        async with killed_at_exit(started):
            with monkeypatch.context() as patched:
                patched.setattr(asyncio, "create_subprocess_exec", spawn_like_systemd)
                await started.start()
            yield started


@pytest.fixture
def listen() -> str:
    """An address with a free port."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
async def manager(tmp_path: Path) -> AsyncIterator[ServiceManager]:
    """The stand-in for systemd."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        yield ServiceManager(listening)
        asyncio.get_running_loop().remove_reader(listening)


async def test_a_running_bot_can_be_monitored(
    bot: BotProcess, world: World, listen: str, manager: ServiceManager
) -> None:
    """A bot notifies systemd of its start, health and stop, serves HTTP, and is checked by ``bot status``."""
    await manager.wait_until(lambda messages: len(messages) >= 4)
    assert manager.messages[:4] == ["READY=1", *["WATCHDOG=1\nSTATUS=All is well."] * 3]
    person = world.add_person("Ann", language_code="en").id
    world.send_text(person, person, "/start")
    async with aiohttp.ClientSession(f"http://{listen}") as client, asyncio.timeout(PATIENCE):
        while 'bot_stories_total{story="Start"} 1.0' not in (await get(client, "/metrics"))[1]:
            pass
        assert [(await get(client, path))[0] for path in ("/healthz", "/readyz", "/board/none")] == [200, 200, 404]
    for address in (listen, ""):
        code, output = await status(bot, address)
        assert (code, output.splitlines()[0]) == (0, "All is well."), output
    await stop_bot(bot)
    await manager.wait_until(lambda messages: messages[-1] == "STOPPING=1")


async def test_refused_connections_are_reported(bot: BotProcess, listen: str, manager: ServiceManager) -> None:
    """Refused connections are in the health page, in the metrics, in ``bot status``, and in one line of the log."""
    await manager.wait_until(lambda messages: "READY=1" in messages)
    host, port = listen.split(":")
    async with aiohttp.ClientSession(f"http://{listen}") as client:
        for _ in range(3):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"nonsense\r\n\r\n")
            assert b"server:" not in (await reader.read()).lower()
            writer.close()
        async with client.get("/healthz") as answer:
            health = await answer.json()
            assert "Server" not in answer.headers
        assert (answer.status, health["state"], health["refused"]) == (200, "well", {"malformed": 3})
        assert 'bot_refused_connections_total{kind="malformed"} 3.0' in (await get(client, "/metrics"))[1]
    code, output = await status(bot, listen)
    assert code == 0
    assert "refused connections" in output
    await stop_bot(bot)
    assert bot.log_text.count("what arrived was not HTTP") == 1


async def test_the_limit_on_open_files_is_raised(bot: BotProcess, manager: ServiceManager) -> None:
    """A bot sets its soft limit on open files to the hard one at the start."""
    await manager.wait_until(lambda messages: "READY=1" in messages)
    assert bot._process
    assert len(set(resource.prlimit(bot._process.pid, resource.RLIMIT_NOFILE))) == 1


async def test_status_without_a_database_is_an_error(tmp_path: Path) -> None:
    """``bot status`` without a database ends with exit code 1 and a sentence, and creates no file."""
    code, output = await status(BotProcess(tmp_path, "", TOKEN), "")
    assert code == 1
    assert output.startswith("The database cannot be read: unable to open database file.")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a Path would block the loop by ruff's reckoning
