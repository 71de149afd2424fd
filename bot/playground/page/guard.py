"""Protection of the page from other web sites: local Host only, same origin for POST, a strict content policy."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Against DNS rebinding: a foreign name that resolves to this computer is refused.
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_SAFE_METHODS = frozenset({"GET", "HEAD"})
# No inline scripts or styles, nothing from other origins (W3C, Content Security Policy 3).
POLICY = (
    "default-src 'self'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class PageGuard:
    """ASGI middleware: refuses foreign requests with status 403, and sets the security headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = _refusal(scope["method"], Headers(scope=scope))
        app = self._app if refusal is None else JSONResponse({"error": refusal}, status_code=403)
        await app(scope, receive, send_guarded)


def _is_local(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in _LOCAL_NAMES
    except ValueError:
        return False


def _refusal(method: str, headers: Mapping[str, str]) -> str | None:
    host = headers.get("host", "")
    if not _is_local(host):
        return "Open this page as http://127.0.0.1 or http://localhost: other names are refused."
    if method in _SAFE_METHODS:
        return None
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "Only the page itself may send this request."
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return "Only the page itself may send this request."
    return None
