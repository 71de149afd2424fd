"""The web application of the board. A board's secret address is the only permission to view it; it is read-only."""

import logging
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.app.board import is_key
from bot.board.board_poller import board_event
from bot.board.board_source import BoardSource
from bot.board.pages import board_page, not_found_page, too_many_viewers_page, unavailable_page
from bot.board.stream import MEDIA_TYPE, EventStream
from bot.board.viewers import Viewers
from bot.open_file_limit import max_streams

log = logging.getLogger(__name__)

_FOLDER = Path(__file__).parent / "static"
_NOT_FOUND, _SERVICE_UNAVAILABLE = 404, 503
# Seconds after which a refused client may retry.
_RETRY_SECONDS = "60"
_UNREADABLE = "unreadable"
_Shown = TypeVar("_Shown")
# No inline code and nothing from other origins (W3C, Content Security Policy 3).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A board's address is its secret, so it must not leak: no referrer, no cache, no search engine.
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def create_board_app(
    boards: BoardSource, *, poll_seconds: float = 0.5, on_refusal: Callable[[str], None] = lambda _kind: None
) -> Starlette:
    """Create the ASGI application that serves every board at ``/board/KEY``.

    The server must call ``app.state.closers`` before it stops, to end the streams.

    Args:
        boards: the source of the boards.
        poll_seconds: the interval at which the etag of a watched board is read.
        on_refusal: called with a kind of ``bot.serving.refusals`` when a client gets 503 or its stream is ended.
    """
    # The media type of scripts may be text/plain on Windows, and then browsers do not run them.
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.init()  # Reads the system's list now, while there are file descriptors left.
    site = _Site(boards, poll_seconds, on_refusal)
    app = Starlette(
        routes=[
            Mount("/board/static", StaticFiles(directory=_FOLDER)),
            Route("/board/{key}", site.board),
            Route("/board/{key}/events", site.events),
        ],
        middleware=[Middleware(_BoardHeaders)],
        exception_handlers={HTTPException: _error_response},
    )
    # Starlette builds this redirect from the header Host, so a client could make it lead anywhere.
    app.router.redirect_slashes = False
    app.state.closers = [site.close]
    return app


class _Site:
    """Handlers of the two addresses of a board."""

    def __init__(self, boards: BoardSource, poll_seconds: float, on_refusal: Callable[[str], None]) -> None:
        self._boards = boards
        self._on_refusal = on_refusal
        self._viewers = Viewers(boards, poll_seconds, max_streams(), on_refusal)
        self._is_failing = False

    async def board(self, request: Request) -> Response:
        """Respond with the page."""
        key = request.path_params["key"]
        etag = await self._etag(key)
        view = await self._read(self._boards.view(key))
        if view is None:
            raise HTTPException(_NOT_FOUND)
        if self._viewers.is_full(key):
            self._on_refusal("screens")
            raise HTTPException(_SERVICE_UNAVAILABLE)
        return HTMLResponse(board_page(key, view, board_event(etag, view)))

    async def events(self, request: Request) -> Response:
        """Respond with the event stream. An unknown board is refused before it takes a place among the viewers."""
        key = request.path_params["key"]
        if request.method == "HEAD":
            if not self._viewers.has_viewers(key):
                await self._etag(key)
            return Response(media_type=MEDIA_TYPE)
        viewer = await self._viewers.join(key) if is_key(key) else "gone"
        match viewer:
            case "gone":
                raise HTTPException(_NOT_FOUND)
            case "screens" | "unreadable":
                raise HTTPException(_SERVICE_UNAVAILABLE, viewer)
            case _:
                return EventStream(viewer, viewer.leave)

    def close(self) -> None:
        """End all streams."""
        self._viewers.close()

    async def _etag(self, key: str) -> str:
        """Return the etag of a board. Raises HTTPException (404) if there is no such board."""
        etag = await self._read(self._boards.etag(key)) if is_key(key) else None
        if etag is None:
            raise HTTPException(_NOT_FOUND)
        return etag

    async def _read(self, reading: Awaitable[_Shown]) -> _Shown:
        """Return the result of a read. Raises HTTPException (503) if it fails; only the first failure is logged."""
        try:
            shown = await reading
        except Exception as error:
            if not self._is_failing:
                log.exception("Reading a board failed; viewers get 503 and may retry.")
            self._is_failing = True
            self._on_refusal("unreadable")
            raise HTTPException(_SERVICE_UNAVAILABLE, _UNREADABLE) from error
        self._is_failing = False
        return shown


class _BoardHeaders:
    """ASGI middleware that adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _error_response(request: Request, error: Exception) -> Response:
    """Respond to an error with a page in the reader's language."""
    http_error = error if isinstance(error, HTTPException) else HTTPException(500)
    page, headers = not_found_page, dict(http_error.headers or {})
    if http_error.status_code == _SERVICE_UNAVAILABLE:
        page = unavailable_page if http_error.detail == _UNREADABLE else too_many_viewers_page
        headers["Retry-After"] = _RETRY_SECONDS
    body = page(request.headers.get("accept-language", ""))
    return HTMLResponse(body, http_error.status_code, headers)
