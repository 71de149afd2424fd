"""Where Telegram posts updates to in webhook mode. An update is answered with 200 once it is committed, never before.

Whoever does not know the secret learns nothing here and costs next to nothing: no body of theirs is read.
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
# The longest text with every letter escaped, its entities, and the message it answers are a few hundred thousand.
MOST_BYTES = 1_000_000
# More digits than any length of a body has; Python refuses to read some thousands.
_LONGEST_LENGTH = 20
_TAKEN, _FORBIDDEN, _TOO_LARGE, _LATER = 200, 403, 413, 503
# Telegram keeps to this wish (official server, WebhookActor.cpp); without it, pauses double up to two minutes.
_SOON = {"Retry-After": "1"}
# What was refused is not read to its end.
_HANG_UP = {"Connection": "close"}
_WARN_SECONDS = 60.0


class UpdateReceiver(Protocol):
    """What updates are given to."""

    async def store(self, updates: Sequence[dict[str, Any]]) -> None:
        """Return once they are committed; may be called side by side. Raises StoreError."""


class Endpoint:
    """The address of the webhook in this process.

    Args:
        url: what Telegram calls it; its path is where it is served.

    Attributes:
        kept: how many updates were kept since the start.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.kept = 0
        self._secret = b""
        self._receiver: UpdateReceiver | None = None
        self._on_fault: Callable[[], None] = lambda: None
        self._warned_at = -_WARN_SECONDS

    def open(self, secret: str, receiver: UpdateReceiver, on_fault: Callable[[], None]) -> None:
        """Take updates from now on.

        Args:
            secret: what Telegram says along with each.
            receiver: keeps them.
            on_fault: called whenever an update could not be kept, so that Telegram has it still.
        """
        self._secret, self._receiver, self._on_fault = secret.encode(), receiver, on_fault

    def close(self) -> None:
        """Take no more; Telegram repeats what comes."""
        self._receiver = None

    def route(self) -> Route:
        """Give the route of the address; other methods than POST are refused by it."""
        return Route(urlsplit(self.url).path, self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        """Take one update."""
        if self._receiver is None:
            return Response(status_code=_LATER, headers=_SOON)
        # The header's bytes, whatever they are: only text of ASCII can be compared otherwise.
        if not hmac.compare_digest(request.headers.get(_SECRET, "").encode("latin-1"), self._secret):
            self._warn("Somebody without the webhook's secret posts to its address, and is refused.")
            return Response(status_code=_FORBIDDEN, headers=_HANG_UP)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=_LATER, headers=_SOON)
        if body is None:
            self._warn(f"A post to the webhook is larger than {MOST_BYTES} bytes, and is refused.")
            return Response(status_code=_TOO_LARGE, headers=_HANG_UP)
        return await self._keep(self._receiver, _update(body))

    async def _keep(self, receiver: UpdateReceiver, update: dict[str, Any] | None) -> Response:
        """Keep an update; what is none is taken and forgotten, or it would be repeated before all that follows."""
        if update is None:
            log.warning("A post to the webhook is no update, and is left out.")
            return Response(status_code=_TAKEN)
        try:
            await receiver.store([update])
        except StoreError as error:
            if not isinstance(error, UnavailableError):
                self._warn(f"{error} What is posted to the webhook waits at Telegram.")
            self._on_fault()
            return Response(status_code=_LATER, headers=_SOON)
        except RuntimeError:
            # The bot ended meanwhile, and nothing more can be run.
            if self._receiver is not None:
                raise
            return Response(status_code=_LATER, headers=_SOON)
        self.kept += 1
        return Response(status_code=_TAKEN)

    def _warn(self, words: str) -> None:
        """Log what others can make happen, at most once a minute."""
        now = asyncio.get_running_loop().time()
        if now - self._warned_at >= _WARN_SECONDS:
            self._warned_at = now
            log.warning("%s", words)


async def _body(request: Request) -> bytes | None:
    """Read a body as it comes; None as soon as it is known to be too large. Raises ClientDisconnect."""
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
    """Read an update; None for what is none. Of what is in it, only the id is looked at."""
    try:
        read = read_json(body)
    except ValueError:
        return None
    return read if is_update(read) else None
