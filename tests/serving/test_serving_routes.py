"""Every address of every application, by every method: each answer ends, and none tells or repeats what it must not."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from random import Random

import few_files
import pytest
from raw_client import PATIENCE
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from bot.board.site import create_board_app
from bot.monitoring.counters import Counters
from bot.monitoring.health_monitor import HealthMonitor
from bot.monitoring.pulse import Pulse
from bot.monitoring.site import create_site
from bot.monitoring.systemd import Systemd
from bot.playground.page.app import create_chat_app
from bot.playground.server import create_app
from bot.playground.world import World
from bot.serving import Server, serve
from bot.store.database import open_database
from bot.store.membership import SingleProcess
from bot.tg.inbound.endpoint import Endpoint
from bot.tg.runner import HandlerRunner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "1:routes"  # noqa: S105 - opens nothing
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
FOREIGN, LOCAL = "foreign.example", "127.0.0.1"
FILLED = {"token": TOKEN, "method": "getMe", "key": few_files.KEY, "path:path": "x"}
# Besides the routes themselves: folders, and what would be one if a slash were added or taken away.
MORE = ("/", "/board", "/board/static", "/board/static/", "/page", "/page/", "//foreign.example/", "/nothing/")
# What is in no folder of files that is served.
OUTSIDE = (
    "../site.py",
    "..%2fsite.py",
    "%2e%2e/site.py",
    "%2e%2e%2fsite.py",
    "..%5csite.py",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "x%00",
    "%00",
    "icon.svg%00.py",
    "x" * 10_000,
    "a/" * 5000,
    "%ff%fe",
)


def world() -> World:
    """Make a world with a person."""
    made = World(lambda: NOW, Random(1), first_update_id=1)  # noqa: S311 - no secrets
    made.add_person("Ann")
    return made


def watched() -> Starlette:
    """Make the site of a bot that runs: board, health and webhook."""
    database = open_database("sqlite://")
    membership = SingleProcess(Random(1))  # noqa: S311 - the same
    runner = HandlerRunner(in_thread=False)
    monitor = HealthMonitor(database, Counters(Pulse(NOW, NOW, NOW)), runner, lambda: NOW, Systemd({}), membership)
    site = create_site(monitor, create_board_app(few_files.OneBoard()), [Endpoint("https://x.y/telegram").route()])
    site.state.closers.append(database.close)
    return site


APPS: dict[str, Callable[[], Starlette]] = {
    "board": lambda: create_board_app(few_files.OneBoard()),
    "watched": watched,
    "playground": lambda: create_app(world(), TOKEN),
    "chat page": lambda: create_chat_app(world(), TOKEN),
}


def addresses(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    """Yield the address of every route, with something in the place of its parameters."""
    for route in routes:
        if isinstance(route, Route):
            yield before + re.sub(r"{([\w:]+)}", lambda found: FILLED[found[1]], route.path)
        elif isinstance(route, Mount):
            # Behind a middleware of our own.
            inner = getattr(route.app, "_app", route.app)
            yield from addresses(list(getattr(inner, "routes", [])), before + route.path)


@pytest.fixture(params=APPS)
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    """Serve one of the applications."""
    started = await serve(APPS[request.param]())
    yield started
    await started.stop()


async def ask(server: Server, method: str, path: str, host: str) -> tuple[str, bytes]:
    """Ask; return the head of the answer and, where the method is HEAD, all that follows until the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    async with asyncio.timeout(PATIENCE):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        rest = await reader.read() if method != "GET" else b""
    writer.close()
    await writer.wait_closed()
    return head, rest


async def test_every_address_answers_every_method_and_ends(server: Server) -> None:
    """Nothing leads away by the name that a stranger calls us, tells what serves it, or goes on where nothing may."""
    paths = {*addresses(server.app.routes), *MORE}
    assert len(paths) > len(MORE)
    person = min(one for one in server.app.state.api.world.people) if hasattr(server.app.state, "api") else 0
    variants = {f"{path}{slash}" for path, slash in product(paths, ("", "/", f"?person={person}"))}
    for method, path, host in product(METHODS, sorted(variants), (FOREIGN, LOCAL)):
        head, rest = await ask(server, method, path, host)
        assert FOREIGN not in head.replace(path, ""), (method, path)
        assert not head.startswith("HTTP/1.1 3"), (method, path, head)
        assert "\r\nserver:" not in head.lower()
        assert "HTTP/1.1 500" not in head, (method, path)
        if method == "HEAD":
            assert rest == b"", path
        if head.startswith("HTTP/1.1 405"):
            assert "\r\nallow:" in head.lower(), (method, path)


@pytest.mark.parametrize("path", OUTSIDE)
async def test_folders_of_files_have_nothing_else(server: Server, path: str) -> None:
    """No way out of a folder, no NUL, no endless name gives a file, or a fault."""
    for folder in ("/board/static/", "/page/", "/page/files/", f"/file/bot{TOKEN}/"):
        head, _ = await ask(server, "GET", folder + path, LOCAL)
        assert head.startswith(("HTTP/1.1 404", "HTTP/1.1 403")), (folder, head)
