"""The board's addresses. Whoever knows a board's address may look at it; nothing here can be changed."""

import mimetypes
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.board.boards import Boards
from bot.board.pages import board_page, full_page, gone_page
from bot.board.stream import PictureStream
from bot.board.watch import Watches, frame_of

_FOLDER = Path(__file__).parent / "static"
_NO_SUCH_BOARD, _TOO_MANY = 404, 503
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


def create_board_app(boards: Boards, *, poll_seconds: float = 0.5) -> Starlette:
    """Make the application that serves every board at ``/board/KEY``.

    ``poll_seconds`` is how often a watched board's stamp is looked at. ``app.state.closers`` are called before the
    server stops, to end the streams.
    """
    # Windows may call scripts text/plain, and then no browser runs them.
    mimetypes.add_type("text/javascript", ".js")
    site = _Site(boards, poll_seconds)
    app = Starlette(
        routes=[
            Mount("/board/static", StaticFiles(directory=_FOLDER)),
            Route("/board/{key}", site.board),
            Route("/board/{key}/events", site.events),
        ],
        middleware=[Middleware(_BoardHeaders)],
        exception_handlers={HTTPException: _refused},
    )
    app.state.closers = [site.close]
    return app


class _Site:
    """The two addresses of a board."""

    def __init__(self, boards: Boards, poll_seconds: float) -> None:
        self._boards = boards
        self._watches = Watches(boards, poll_seconds)

    async def board(self, request: Request) -> Response:
        """Serve the page."""
        key = request.path_params["key"]
        stamp = await self._boards.stamp(key)
        view = await self._boards.view(key) if stamp is not None else None
        if stamp is None or view is None:
            raise HTTPException(_NO_SUCH_BOARD)
        if self._watches.is_full(key):
            raise HTTPException(_TOO_MANY)
        return HTMLResponse(board_page(key, view, frame_of(stamp, view)))

    async def events(self, request: Request) -> Response:
        """Stream pictures; a board that does not exist is told before the stream begins."""
        key = request.path_params["key"]
        if self._watches.is_full(key):
            raise HTTPException(_TOO_MANY)
        watch, leave = self._watches.join(key)
        try:
            first = await watch.frame_after(None)
        except BaseException:
            leave()
            raise
        if first is None:
            leave()
            raise HTTPException(_NO_SUCH_BOARD if watch.is_gone else _TOO_MANY)
        return PictureStream(watch, leave)

    def close(self) -> None:
        """End the streams."""
        self._watches.close()


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
    status = error.status_code if isinstance(error, HTTPException) else 500
    page = full_page if status == _TOO_MANY else gone_page
    body = page(request.headers.get("accept-language", ""))
    headers = {"Retry-After": "60"} if status == _TOO_MANY else {}
    return HTMLResponse(body, status, headers)
