"""python-telegram-bot's request seam over aiohttp, which costs a fraction of the time of its own transport."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from pydantic_core import to_json
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.proxies import Proxy
from bot.tg.bot_api import proxy_connector
from bot.tg.bot_api.json_codec import read_json

CONNECT_SECONDS = 5
# A proxy answers when it has itself reached the server.
PROXY_SECONDS = 15
# A helping of a hundred updates is far below this; what is longer is no answer to keep in memory.
MOST_BYTES = 32 * 1024 * 1024
_JSON = "application/json"

# Says whether a request may still leave, asked in the moment in which its bytes would. To be set around a call:
# python-telegram-bot hands nothing of ours down to its transport.
MAY_LEAVE: ContextVar[Callable[[], bool]] = ContextVar("MAY_LEAVE", default=lambda: True)


class AiohttpRequest(BaseRequest):
    """Carries requests over one pool of connections that are kept open.

    Args:
        connections: how many requests may be under way at once; more wait.
        read_timeout: seconds to wait for an answer where a request does not say otherwise.
        proxy: carries every request; without one none is carried by a proxy, whatever the environment names.
    """

    def __init__(self, connections: int = 256, read_timeout: float = 20.0, proxy: Proxy | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._connect_seconds = PROXY_SECONDS if proxy else CONNECT_SECONDS
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            # Telegram sets no cookies, and looking for some takes a tenth of a request.
            self._session = aiohttp.ClientSession(
                connector=proxy_connector.create_connector(self._proxy, self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                # The one compression that the Bot API knows; the size of what comes is limited for every other too.
                headers={"Accept-Encoding": "gzip"},
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Raises NetworkError without what stands there: names and answers belong in no log."""
        try:
            read = read_json(payload)
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise NetworkError("the answer is not whole")
        return read

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Carry one request; return the status and the body. A redirect is an answer like any other.

        The time-out is that of the whole answer, however slowly it drips.

        Raises:
            TimedOut: no answer came in time; the request may have been carried out all the same.
            NetworkError: the server or the proxy could not be reached or broke off, the answer is longer than
                MOST_BYTES, or the request might not leave any more.
        """
        del write_timeout, connect_timeout, pool_timeout
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        try:
            timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=self._connect_seconds)
            asked = _body(request_data) | proxy_connector.forwarding(self._proxy, url)
            # Not followed: whoever answers must not decide where the token and what is said goes.
            async with self._session.request(method, url, timeout=timeout, allow_redirects=False, **asked) as response:
                proxy_connector.check_status(response.status, self._proxy)
                return response.status, await _read(response)
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except aiohttp.ClientError as error:
            # The address holds the token, and some errors quote it: only the kind of error is told.
            raise NetworkError(self._trouble(error) or type(error).__name__) from None
        except Exception as error:
            # The errors of a SOCKS proxy, and those of TLS behind one, are no ClientError.
            if self._proxy is None or isinstance(error, TelegramError):
                raise
            raise NetworkError(self._trouble(error) or type(error).__name__) from None

    def _trouble(self, error: Exception) -> str:
        """Return what is wrong with the proxy; empty where there is none, or where the error is not about it."""
        return proxy_connector.trouble(error, self._proxy) if self._proxy else ""


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Return the body of an answer, decompressed. Raises NetworkError as soon as it is too long.

    aiohttp decompresses a piece at a time, and no more while a piece waits to be read.
    """
    pieces, size = [], 0
    if (response.content_length or 0) <= MOST_BYTES:
        async for piece in response.content.iter_any():
            pieces.append(piece)
            if (size := size + len(piece)) > MOST_BYTES:
                break
        else:
            return b"".join(pieces)
    response.close()
    raise NetworkError(f"the answer is longer than {MOST_BYTES // 2**20} MB")


class _HeldBackError(Exception):
    """The request may not leave any more."""


class _Json(aiohttp.BytesPayload):
    """JSON on its way. Between a call and its bytes lie a connection and a turn of the event loop: time to stand still.

    aiohttp tells of an error raised here as of a connection that broke.
    """

    def __init__(self, value: bytes) -> None:
        super().__init__(value, content_type=_JSON)
        self._may_leave = MAY_LEAVE.get()

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write it, if it may still leave."""
        if not self._may_leave():
            raise _HeldBackError
        await super().write_with_length(writer, content_length)


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """Give what aiohttp is to send: JSON, which is made faster than a form, or a form where there are files.

    In JSON the Bot API takes lists and objects as they are; only in a form they must be texts.
    """
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": _Json(to_json(request_data.parameters))}
    # Quoted, a file name in Cyrillic would arrive as %D0%95...
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (filename, content, mime_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return {"data": form}
