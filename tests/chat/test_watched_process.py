"""The bot as a process of its own, watched from beside it: by HTTP, by ``bot status``, and by systemd's socket."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from bot_process import BotProcess, ended_at_last
from crash_site import TOKEN, end, new_world, served

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


@pytest.fixture
def world() -> World:
    """Give an empty world."""
    return new_world()


@pytest.fixture
async def bot(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manager: socket.socket, listen: str
) -> AsyncIterator[BotProcess]:
    """Run the bot as systemd does, serving its health."""
    spawn = asyncio.create_subprocess_exec

    async def spawn_watched(*words: str, env: dict[str, str], **named: object) -> asyncio.subprocess.Process:
        more = {"BOT_LISTEN": listen, "NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "1000000"}
        return await spawn(*words, env={**env, **more}, **named)  # type: ignore[arg-type]

    async with served(world) as server:
        started = BotProcess(tmp_path, server.origin, TOKEN)
        async with ended_at_last(started):
            with monkeypatch.context() as patched:
                patched.setattr(asyncio, "create_subprocess_exec", spawn_watched)
                await started.start()
            yield started


@pytest.fixture
def listen() -> str:
    """Give a place where nobody listens yet."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def manager(tmp_path: Path) -> socket.socket:
    """Give the socket at which systemd would listen."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.settimeout(0)
    return listening


async def test_a_running_bot_is_watched_from_beside(
    bot: BotProcess, world: World, listen: str, manager: socket.socket
) -> None:
    """It tells systemd, answers on its port, ``bot status`` agrees with and without that, and its end is told."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE):
        heard = [(await loop.sock_recv(manager, 4096)).decode() for _ in range(4)]
    assert heard == ["READY=1", *["WATCHDOG=1\nSTATUS=All is well."] * 3]
    person = world.add_person("Ann", language_code="en").id
    world.say(person, person, "/start")
    async with aiohttp.ClientSession(f"http://{listen}") as client, asyncio.timeout(PATIENCE):
        while 'bot_stories_total{story="Start"} 1.0' not in (await got(client, "/metrics"))[1]:
            pass
        assert [(await got(client, path))[0] for path in ("/healthz", "/readyz", "/board/none")] == [200, 200, 404]
    for place in (listen, ""):
        code, said = await status(bot, place)
        assert (code, said.splitlines()[0]) == (0, "All is well."), said
    await end(bot)
    said_last = b""
    while not said_last.startswith(b"STOPPING"):
        said_last = manager.recv(4096)
    manager.close()


async def test_where_no_bot_ever_ran_status_says_so(tmp_path: Path) -> None:
    """Without a database the status is bad, in a sentence, and no file is made."""
    code, said = await status(BotProcess(tmp_path, "", TOKEN), "")
    assert code == 1
    assert said.startswith("The database cannot be read: unable to open database file.")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a Path would block the loop by ruff's reckoning
