"""Request class that connects python-telegram-bot to the playground in process, without a socket.

The only file of the playground that imports ``telegram``.
"""

import re
from urllib.parse import unquote

from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.playground.bot_api import BotApi
from bot.playground.parameters import Upload, attach_uploads

_METHOD = re.compile(r".*/bot(?P<token>[^/]+)/(?P<method>\w+)")
_FILE = re.compile(r".*/file/bot(?P<token>[^/]+)/(?P<path>.+)")


class PlaygroundRequest(BaseRequest):
    """A request object that calls a BotApi directly. A Bot needs two; they may share one BotApi."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        """None: there is no timeout, an answer arrives unless a fault was injected."""
        return None

    async def initialize(self) -> None:
        """Do nothing: there is no connection to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection to close."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,  # noqa: ARG002 - the URL shows whether it is a file
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,  # noqa: ARG002
        write_timeout: ODVInput[float] = DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Answer one request. Raises NetworkError or TimedOut where a fault was injected."""
        if fetched := _FILE.fullmatch(unquote(url)):
            file = self._api.file(fetched["token"], fetched["path"])
            return file.status, file.body
        called = _METHOD.fullmatch(url)
        if called is None:
            raise NetworkError(f"not a URL of the Bot API: {url.rpartition('/')[2]}")
        reply = await self._api.call(called["token"], called["method"], _read_parameters(request_data))
        if reply.delivery == "reset":
            raise NetworkError("connection reset (injected)")
        if reply.delivery == "lost":
            raise TimedOut("answer lost (injected)")
        return reply.status, reply.body


def _read_parameters(data: RequestData | None) -> dict[str, object]:
    if data is None:
        return {}
    uploads = {
        name: Upload(file_name, content if isinstance(content, bytes) else content.read(), mime_type)
        for name, (file_name, content, mime_type) in data.multipart_data.items()
    }
    return attach_uploads(data.json_parameters, uploads)
