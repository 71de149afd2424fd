"""Webhook endpoint: receives the updates that Telegram posts. An update is answered with 200 only once it is committed.

A request without the secret learns nothing and costs almost nothing: its body is not read.
"""

import asyncio
import hmac
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app.dispatch.service import StoreError, UnavailableError
from bot.tg.bot_api.json_codec import read_json
from bot.tg.inbound.receiver import is_update

log = logging.getLogger(__name__)

# Bot API, setWebhook, secret_token.
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
# The longest text with every letter escaped, its entities, and the message it answers: a few hundred thousand bytes.
MOST_BYTES = 1_000_000
# More digits than any body length has; Python refuses to parse thousands.
_LONGEST_LENGTH = 20
_TAKEN, _FORBIDDEN, _TOO_LARGE, _LATER = 200, 403, 413, 503
# Telegram respects this (official server, WebhookActor.cpp); without it, pauses double up to two minutes.
_SOON = {"Retry-After": "1"}
# A refused body is not read to its end.
_HANG_UP = {"Connection": "close"}
_WARN_SECONDS = 60.0


class UpdateReceiver(Protocol):
    """Receiver of updates."""

    async def store(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store updates; return once they are committed. May be called concurrently. Raises StoreError."""


class Endpoint:
    """Endpoint of the webhook in this process.

    Args:
        url: the public address; its path is served here.

    Attributes:
        kept: how many updates were stored since the start.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.kept = 0
        self._secret = b""
        self._receiver: UpdateReceiver | None = None
        self._on_fault: Callable[[], None] = lambda: None
        self._warned_at = -_WARN_SECONDS

    def open(self, secret: str, receiver: UpdateReceiver, on_fault: Callable[[], None]) -> None:
        """Accept updates from now on.

        Args:
            secret: sent by Telegram with each request.
            receiver: stores them.
            on_fault: called when an update could not be stored, so that Telegram still has it.
        """
        self._secret, self._receiver, self._on_fault = secret.encode(), receiver, on_fault

    def close(self) -> None:
        """Refuse updates; Telegram will repeat them."""
        self._receiver = None

    def route(self) -> Route:
        """Return the route of the endpoint; it refuses methods other than POST."""
        return Route(urlsplit(self.url).path, self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        """Handle one request with an update."""
        if self._receiver is None:
            return Response(status_code=_LATER, headers=_SOON)
        # Compared as bytes: as text, only ASCII can be compared.
        if not hmac.compare_digest(request.headers.get(_SECRET, "").encode("latin-1"), self._secret):
            self._warn("Rejected a webhook request with a wrong secret.")
            return Response(status_code=_FORBIDDEN, headers=_HANG_UP)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=_LATER, headers=_SOON)
        if body is None:
            self._warn(f"Rejected a webhook request larger than {MOST_BYTES} bytes.")
            return Response(status_code=_TOO_LARGE, headers=_HANG_UP)
        return await self._keep(self._receiver, _update(body))

    async def _keep(self, receiver: UpdateReceiver, update: dict[str, Any] | None) -> Response:
        """Store an update; accept and ignore anything else, or Telegram would repeat it before all that follows."""
        if update is None:
            log.warning("Ignored a webhook request that is not an update.")
            return Response(status_code=_TAKEN)
        try:
            await receiver.store([update])
        except StoreError as error:
            if not isinstance(error, UnavailableError):
                self._warn(f"{error} Webhook requests are answered with 503; Telegram will repeat them.")
            self._on_fault()
            return Response(status_code=_LATER, headers=_SOON)
        except RuntimeError:
            # The bot stopped meanwhile, and nothing more can be run.
            if self._receiver is not None:
                raise
            return Response(status_code=_LATER, headers=_SOON)
        self.kept += 1
        return Response(status_code=_TAKEN)

    def _warn(self, words: str) -> None:
        """Log a message that strangers can cause, at most once a minute."""
        now = asyncio.get_running_loop().time()
        if now - self._warned_at >= _WARN_SECONDS:
            self._warned_at = now
            log.warning("%s", words)


async def _body(request: Request) -> bytes | None:
    """Read a body; return None as soon as it is too large. Raises ClientDisconnect."""
    told = request.headers.get("Content-Length", "0")
    if not (told.isascii() and told.isdecimal()) or len(told) > _LONGEST_LENGTH or int(told) > MOST_BYTES:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    """Parse an update; None if it is none. Only its id is checked."""
    try:
        read = read_json(body)
    except ValueError:
        return None
    return read if is_update(read) else None
