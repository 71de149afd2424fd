"""The board's addresses. Whoever knows a board's address may look at it; nothing here can be changed."""

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
from bot.board.boards import Boards
from bot.board.pages import board_page, full_page, gone_page, unreadable_page
from bot.board.stream import MEDIA_TYPE, PictureStream
from bot.board.watch import frame_of
from bot.board.watches import Watches
from bot.files import most_streams

log = logging.getLogger(__name__)

_FOLDER = Path(__file__).parent / "static"
_NO_SUCH_BOARD, _LATER = 404, 503
# Seconds after which to come again.
_RETRY = "60"
_UNREADABLE = "unreadable"
_Shown = TypeVar("_Shown")
# Nothing inline, nothing from elsewhere (W3C, Content Security Policy 3).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A board's address is its only key, so it must not travel on: no referrer, no cache, no search engine.
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def create_board_app(
    boards: Boards, *, poll_seconds: float = 0.5, on_refusal: Callable[[str], None] = lambda _kind: None
) -> Starlette:
    """Create the application that serves every board at ``/board/KEY``.

    ``app.state.closers`` are called before the server stops, to end the streams.

    Args:
        boards: what is shown.
        poll_seconds: how often a watched board's stamp is read.
        on_refusal: called with a kind of ``bot.serving.refusals`` whenever somebody is answered with 503, or cut off.
    """
    # Windows may call scripts text/plain, and then no browser runs them.
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.init()  # Reads the system's list now, while files can be opened.
    site = _Site(boards, poll_seconds, on_refusal)
    app = Starlette(
        routes=[
            Mount("/board/static", StaticFiles(directory=_FOLDER)),
            Route("/board/{key}", site.board),
            Route("/board/{key}/events", site.events),
        ],
        middleware=[Middleware(_BoardHeaders)],
        exception_handlers={HTTPException: _refused},
    )
    # A redirect would be made from the header Host, and lead wherever a stranger likes.
    app.router.redirect_slashes = False
    app.state.closers = [site.close]
    return app


class _Site:
    """The two addresses of a board."""

    def __init__(self, boards: Boards, poll_seconds: float, on_refusal: Callable[[str], None]) -> None:
        self._boards = boards
        self._on_refusal = on_refusal
        self._watches = Watches(boards, poll_seconds, most_streams(), on_refusal)
        self._is_failing = False

    async def board(self, request: Request) -> Response:
        """Serve the page."""
        key = request.path_params["key"]
        stamp = await self._stamp(key)
        view = await self._read(self._boards.view(key))
        if view is None:
            raise HTTPException(_NO_SUCH_BOARD)
        if self._watches.is_full(key):
            self._on_refusal("screens")
            raise HTTPException(_LATER)
        return HTMLResponse(board_page(key, view, frame_of(stamp, view)))

    async def events(self, request: Request) -> Response:
        """Stream pictures; a board that does not exist is refused before it takes part in anything."""
        key = request.path_params["key"]
        if request.method == "HEAD":
            if not self._watches.is_watched(key):
                await self._stamp(key)
            return Response(media_type=MEDIA_TYPE)
        watcher = await self._watches.join(key) if is_key(key) else "gone"
        match watcher:
            case "gone":
                raise HTTPException(_NO_SUCH_BOARD)
            case "screens" | "unreadable":
                raise HTTPException(_LATER, watcher)
            case _:
                return PictureStream(watcher, watcher.leave)

    def close(self) -> None:
        """End the streams."""
        self._watches.close()

    async def _stamp(self, key: str) -> str:
        """Return the stamp of a board that exists; raise the refusal where it does not."""
        stamp = await self._read(self._boards.stamp(key)) if is_key(key) else None
        if stamp is None:
            raise HTTPException(_NO_SUCH_BOARD)
        return stamp

    async def _read(self, reading: Awaitable[_Shown]) -> _Shown:
        """Return what was read; what fails is logged once, and refused until it works again."""
        try:
            shown = await reading
        except Exception as error:
            if not self._is_failing:
                log.exception("A board cannot be read; its readers are asked to come again.")
            self._is_failing = True
            self._on_refusal("unreadable")
            raise HTTPException(_LATER, _UNREADABLE) from error
        self._is_failing = False
        return shown


class _BoardHeaders:
    """ASGI middleware: puts the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_guarded)


async def _refused(request: Request, error: Exception) -> Response:
    """Answer a refusal in the reader's words."""
    refusal = error if isinstance(error, HTTPException) else HTTPException(500)
    page, headers = gone_page, dict(refusal.headers or {})
    if refusal.status_code == _LATER:
        page = unreadable_page if refusal.detail == _UNREADABLE else full_page
        headers["Retry-After"] = _RETRY
    body = page(request.headers.get("accept-language", ""))
    return HTMLResponse(body, refusal.status_code, headers)
