"""The addresses under which the bot is watched, beside those of the board: /healthz, /readyz and /metrics."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.monitoring.health_monitor import HealthMonitor
from bot.monitoring.prometheus import CONTENT_TYPE, render_metrics
from bot.monitoring.report import as_json

_WELL, _UNWELL = 200, 503
# What is told is of this moment, and for no page.
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def create_site(monitor: HealthMonitor, board: Starlette, more: Sequence[BaseRoute] = ()) -> Starlette:
    """Make the application that serves both, and more; what is nobody else's is the board's, with its headers."""
    watch = _Watch(monitor)
    app = Starlette(
        routes=[
            Route("/healthz", watch.healthz),
            Route("/readyz", watch.readyz),
            Route("/metrics", watch.metrics),
            *more,
            Mount("/", _CountedScreens(board, monitor)),
        ]
    )
    app.router.redirect_slashes = False  # A redirect would be made from the header Host.
    app.state.closers = board.state.closers
    return app


class _Watch:
    """The three addresses."""

    def __init__(self, monitor: HealthMonitor) -> None:
        self._monitor = monitor

    async def healthz(self, _request: Request) -> Response:
        """Return whether the bot moves on, be it slowly, and why not."""
        health = await self._monitor.health()
        return JSONResponse(as_json(health), _WELL if health.is_good else _UNWELL, _HEADERS)

    async def readyz(self, _request: Request) -> Response:
        """Say whether the bot has started: Telegram knows it, and its tables are up to date and can be read."""
        health = await self._monitor.health()
        is_ready = self._monitor.counters.is_open and health.backlog is not None
        return JSONResponse({"ready": is_ready}, _WELL if is_ready else _UNWELL, _HEADERS)

    async def metrics(self, _request: Request) -> Response:
        """Return the figures."""
        text = render_metrics(self._monitor.counters, await self._monitor.health(), leads=self._monitor.leads)
        return Response(text, headers={**_HEADERS, "Content-Type": CONTENT_TYPE})


class _CountedScreens:
    """ASGI middleware: counts the screens that watch boards; each keeps one stream of events open."""

    def __init__(self, app: ASGIApp, monitor: HealthMonitor) -> None:
        self._app = app
        self._screens = monitor.counters.screens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if not path.endswith("/events") or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        is_counted = False

        async def count(message: Message) -> None:
            nonlocal is_counted
            if message["type"] == "http.response.start" and message["status"] == _WELL:
                is_counted = True
                self._screens[path] += 1
            await send(message)

        try:
            await self._app(scope, receive, count)
        finally:
            if is_counted:
                self._screens[path] -= 1
                if not self._screens[path]:
                    del self._screens[path]
