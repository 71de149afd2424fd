"""HTTP transport: python-telegram-bot's request interface over aiohttp, which needs a fraction of the CPU time."""

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
# A proxy responds after it has reached the server itself.
PROXY_SECONDS = 15
# A batch of a hundred updates is far smaller; a longer response is not kept in memory.
MOST_BYTES = 32 * 1024 * 1024
_JSON = "application/json"

# Returns whether a request may still be sent, called right before its bytes are. Set around a call, because
# python-telegram-bot passes no arguments of ours to its transport.
MAY_LEAVE: ContextVar[Callable[[], bool]] = ContextVar("MAY_LEAVE", default=lambda: True)


class AiohttpRequest(BaseRequest):
    """Transport over one pool of connections that are kept open.

    Args:
        connections: maximum number of concurrent requests; further ones wait.
        read_timeout: seconds to wait for a response, unless a request sets its own limit.
        proxy: used for every request; if None, no proxy is used, not even one from the environment.
    """

    def __init__(self, connections: int = 256, read_timeout: float = 20.0, proxy: Proxy | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._connect_seconds = PROXY_SECONDS if proxy else CONNECT_SECONDS
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for a response."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            # Telegram sets no cookies, and looking for them takes a tenth of a request's time.
            self._session = aiohttp.ClientSession(
                connector=proxy_connector.create_connector(self._proxy, self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                # The only compression of the Bot API; the size limit holds for others too.
                headers={"Accept-Encoding": "gzip"},
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse a response. The NetworkError that it may raise quotes nothing: names and answers belong in no log."""
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
        """Send one request; return the status and the body. A redirect is not followed.

        The time-out covers the whole response, even if it arrives slowly.

        Raises:
            TimedOut: no response arrived in time; the request may have been executed all the same.
            NetworkError: the server or the proxy could not be reached or disconnected, the response is longer than
                MOST_BYTES, or the request must not be sent any more.
        """
        del write_timeout, connect_timeout, pool_timeout
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        try:
            timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=self._connect_seconds)
            asked = _body(request_data) | proxy_connector.forwarding(self._proxy, url)
            # Not followed: a responder must not decide where the token and the texts are sent.
            async with self._session.request(method, url, timeout=timeout, allow_redirects=False, **asked) as response:
                proxy_connector.check_status(response.status, self._proxy)
                return response.status, await _read(response)
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except aiohttp.ClientError as error:
            # The address contains the token, and some errors quote it: only the kind of error is reported.
            raise NetworkError(self._trouble(error) or type(error).__name__) from None
        except Exception as error:
            # Errors of a SOCKS proxy, and of TLS behind one, are not a ClientError.
            if self._proxy is None or isinstance(error, TelegramError):
                raise
            raise NetworkError(self._trouble(error) or type(error).__name__) from None

    def _trouble(self, error: Exception) -> str:
        """Return what is wrong with the proxy; empty if there is none, or if the error has another cause."""
        return proxy_connector.trouble(error, self._proxy) if self._proxy else ""


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Return the decompressed body of a response. Raises NetworkError as soon as it is too long.

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
    """The request must not be sent any more."""


class _Json(aiohttp.BytesPayload):
    """JSON body that checks, right before its bytes are sent, whether it may still be sent.

    Between the call and that moment the process may have been suspended. aiohttp reports an error that is raised here
    as a broken connection.
    """

    def __init__(self, value: bytes) -> None:
        super().__init__(value, content_type=_JSON)
        self._may_leave = MAY_LEAVE.get()

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write the body if it may still be sent."""
        if not self._may_leave():
            raise _HeldBackError
        await super().write_with_length(writer, content_length)


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """Return the body for aiohttp: JSON, which is faster to build, or a form if there are files.

    In JSON the Bot API accepts lists and objects as they are; in a form they must be texts.
    """
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": _Json(to_json(request_data.parameters))}
    # With quoting, a Cyrillic file name would arrive as %D0%95...
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (filename, content, mime_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return {"data": form}
