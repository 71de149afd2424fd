"""The bot as a process of its own, watched from beside it: by HTTP, by ``bot status``, and by systemd's socket."""

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
    """Run ``bot status`` beside the bot; give the exit code and what it says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "status"),
        cwd=bot.folder,
        env={**clean, "BOT_DATABASE_URL": f"sqlite:///{bot.database}", "BOT_LISTEN": listen},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def got(client: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    """Get a page: its status and what it says."""
    async with client.get(path) as answer:
        return answer.status, await answer.text()


class Manager:
    """Listens where systemd would, all the time, as systemd does.

    Attributes:
        heard: all that was said, in order.
    """

    def __init__(self, listening: socket.socket) -> None:
        self.address: str = listening.getsockname()
        self.heard: list[str] = []
        self._listening = listening
        self._news = asyncio.Event()
        asyncio.get_running_loop().add_reader(listening, self._hear)

    async def has_heard(self, is_so: Callable[[list[str]], bool]) -> None:
        """Wait until what was heard is so."""
        async with asyncio.timeout(PATIENCE):
            while not is_so(self.heard):
                self._news.clear()
                await self._news.wait()

    def _hear(self) -> None:
        self.heard.append(self._listening.recv(4096).decode())
        self._news.set()


def lower_limit() -> None:
    """Have a process begin with few open files, of more that it may have."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


@pytest.fixture
def world() -> World:
    """Give an empty world."""
    return new_world()


@pytest.fixture
async def bot(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manager: Manager, listen: str
) -> AsyncIterator[BotProcess]:
    """Run the bot as systemd does, serving its health."""
    spawn = asyncio.create_subprocess_exec

    async def spawn_watched(*words: str, env: dict[str, str], **named: object) -> asyncio.subprocess.Process:
        more = {"BOT_LISTEN": listen, "NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "1000000"}
        return await spawn(*words, env={**env, **more}, preexec_fn=lower_limit, **named)  # type: ignore[arg-type]

    async with serve_world(world) as server:
        started = BotProcess(tmp_path, server.origin, TOKEN)
        async with killed_at_exit(started):
            with monkeypatch.context() as patched:
                patched.setattr(asyncio, "create_subprocess_exec", spawn_watched)
                await started.start()
            yield started


@pytest.fixture
def listen() -> str:
    """Give a place where nobody listens yet."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
async def manager(tmp_path: Path) -> AsyncIterator[Manager]:
    """Give whom systemd stands for."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        yield Manager(listening)
        asyncio.get_running_loop().remove_reader(listening)


async def test_a_running_bot_is_watched_from_beside(
    bot: BotProcess, world: World, listen: str, manager: Manager
) -> None:
    """It tells systemd, answers on its port, ``bot status`` agrees with and without that, and its end is told."""
    await manager.has_heard(lambda heard: len(heard) >= 4)
    assert manager.heard[:4] == ["READY=1", *["WATCHDOG=1\nSTATUS=All is well."] * 3]
    person = world.add_person("Ann", language_code="en").id
    world.send_text(person, person, "/start")
    async with aiohttp.ClientSession(f"http://{listen}") as client, asyncio.timeout(PATIENCE):
        while 'bot_stories_total{story="Start"} 1.0' not in (await got(client, "/metrics"))[1]:
            pass
        assert [(await got(client, path))[0] for path in ("/healthz", "/readyz", "/board/none")] == [200, 200, 404]
    for place in (listen, ""):
        code, said = await status(bot, place)
        assert (code, said.splitlines()[0]) == (0, "All is well."), said
    await stop_bot(bot)
    await manager.has_heard(lambda heard: heard[-1] == "STOPPING=1")


async def test_refused_connections_are_told_from_beside(bot: BotProcess, listen: str, manager: Manager) -> None:
    """What was refused is in health, in figures and in ``bot status``, and in one line of the log."""
    await manager.has_heard(lambda heard: "READY=1" in heard)
    host, port = listen.split(":")
    async with aiohttp.ClientSession(f"http://{listen}") as client:
        for _ in range(3):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"nonsense\r\n\r\n")
            assert b"server:" not in (await reader.read()).lower()
            writer.close()
        async with client.get("/healthz") as answer:
            told = await answer.json()
            assert "Server" not in answer.headers
        assert (answer.status, told["state"], told["refused"]) == (200, "well", {"malformed": 3})
        assert 'bot_refused_connections_total{kind="malformed"} 3.0' in (await got(client, "/metrics"))[1]
    code, said = await status(bot, listen)
    assert code == 0
    assert "connections refused" in said
    await stop_bot(bot)
    assert bot.log_text.count("what arrived was not HTTP") == 1


async def test_a_bot_may_open_as_many_files_as_the_system_allows(bot: BotProcess, manager: Manager) -> None:
    """At start the soft limit on open files becomes the hard one."""
    await manager.has_heard(lambda heard: "READY=1" in heard)
    assert bot._process
    assert len(set(resource.prlimit(bot._process.pid, resource.RLIMIT_NOFILE))) == 1


async def test_where_no_bot_ever_ran_status_says_so(tmp_path: Path) -> None:
    """Without a database the status is bad, in a sentence, and no file is made."""
    code, said = await status(BotProcess(tmp_path, "", TOKEN), "")
    assert code == 1
    assert said.startswith("The database cannot be read: unable to open database file.")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a Path would block the loop by ruff's reckoning
