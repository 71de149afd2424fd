"""The pages for monitoring, /healthz, /readyz and /metrics, in one application with the board."""

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
# The responses are valid only now, and are not for browsers.
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def create_site(monitor: HealthMonitor, board: Starlette, more: Sequence[BaseRoute] = ()) -> Starlette:
    """Create the application with the monitoring pages and further routes; the board serves all other paths."""
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
    app.router.redirect_slashes = False  # A redirect would contain the client's Host header.
    app.state.closers = board.state.closers
    return app


class _Watch:
    """Handlers of the three pages."""

    def __init__(self, monitor: HealthMonitor) -> None:
        self._monitor = monitor

    async def healthz(self, _request: Request) -> Response:
        """Respond with the health report; the status is 200 if the bot is healthy, else 503."""
        health = await self._monitor.health()
        return JSONResponse(as_json(health), _WELL if health.is_good else _UNWELL, _HEADERS)

    async def readyz(self, _request: Request) -> Response:
        """Respond whether the bot has started: it is connected to Telegram, and its database can be read."""
        health = await self._monitor.health()
        is_ready = self._monitor.counters.is_open and health.backlog is not None
        return JSONResponse({"ready": is_ready}, _WELL if is_ready else _UNWELL, _HEADERS)

    async def metrics(self, _request: Request) -> Response:
        """Respond with the metrics."""
        text = render_metrics(self._monitor.counters, await self._monitor.health(), leads=self._monitor.leads)
        return Response(text, headers={**_HEADERS, "Content-Type": CONTENT_TYPE})


class _CountedScreens:
    """ASGI middleware that counts the viewers of boards; each has one open stream of events."""

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
