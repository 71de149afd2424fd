"""Every route of every application, by every method: each response ends, and none leaks or repeats a secret."""

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
TOKEN = "1:routes"  # noqa: S105 - not a secret
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
FOREIGN, LOCAL = "foreign.example", "127.0.0.1"
FILLED = {"token": TOKEN, "method": "getMe", "key": few_files.KEY, "path:path": "x"}
# Besides the routes themselves: folders, and paths with a slash added or removed.
MORE = ("/", "/board", "/board/static", "/board/static/", "/page", "/page/", "//foreign.example/", "/nothing/")
# Paths outside the folders of static files.
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
    """Create a world with a person."""
    made = World(lambda: NOW, Random(1), first_update_id=1)  # noqa: S311 - no secrets
    made.add_person("Ann")
    return made


def watched() -> Starlette:
    """Create the site of a running bot: board, health and webhook."""
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
    """Yield the path of every route, with values for its parameters."""
    for route in routes:
        if isinstance(route, Route):
            yield before + re.sub(r"{([\w:]+)}", lambda found: FILLED[found[1]], route.path)
        elif isinstance(route, Mount):
            # The routes of an application that is wrapped in middleware.
            inner = getattr(route.app, "_app", route.app)
            yield from addresses(list(getattr(inner, "routes", [])), before + route.path)


@pytest.fixture(params=APPS)
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    """Serve one of the applications."""
    started = await serve(APPS[request.param]())
    yield started
    await started.stop()


async def ask(server: Server, method: str, path: str, host: str) -> tuple[str, bytes]:
    """Send a request; return the head of the response and, unless the method is GET, everything after it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    async with asyncio.timeout(PATIENCE):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        rest = await reader.read() if method != "GET" else b""
    writer.close()
    await writer.wait_closed()
    return head, rest


async def test_every_route_answers_every_method_and_ends(server: Server) -> None:
    """No response repeats a foreign Host, redirects, names the server software, or sends a body after HEAD."""
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
async def test_paths_outside_static_folders_are_refused(server: Server, path: str) -> None:
    """Paths out of a folder, with NUL, or of endless length give neither a file nor an error 500."""
    for folder in ("/board/static/", "/page/", "/page/files/", f"/file/bot{TOKEN}/"):
        head, _ = await ask(server, "GET", folder + path, LOCAL)
        assert head.startswith(("HTTP/1.1 404", "HTTP/1.1 403")), (folder, head)
