"""Client of the Bot API: calls methods by name through python-telegram-bot's request interface, with its errors.

The library's own methods convert every parameter on the way out and every field on the way back; a bot that sends a
poll for each answer would spend half its time on that, for the one or two fields it reads.
"""

from typing import Any

from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.tg.bot_api.response import read_answer

Parameters = dict[str, Any]

# Methods that send a text. A preview would show a page that nobody chose, beside the answer.
_WITH_PREVIEW = frozenset({"sendMessage", "editMessageText"})
_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}


class ApiClient:
    """Bot API client of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(self, method: str, parameters: Parameters | None = None, read_timeout: float | None = None) -> Any:  # noqa: ANN401
        """Call a method; return its JSON result. Links in a message have no preview.

        Args:
            method: the name of a Bot API method.
            parameters: values that JSON can hold; bytes are a picture to upload.
            read_timeout: seconds within which the whole response must arrive; None for the limit of the transport.

        Raises:
            TelegramError: see ``read_answer``; NetworkError for every fault of the transport.
        """
        url = f"{self._bot.base_url}/{method}"
        timeout = {} if read_timeout is None else {"read_timeout": read_timeout}
        # Plain values need none of the conversions of RequestParameter.from_input.
        preview = _NO_PREVIEW if method in _WITH_PREVIEW else {}
        given = [_given(name, value) for name, value in (preview | (parameters or {})).items()]
        try:
            status, body = await self._bot.request.do_request(url, "POST", RequestData(given), **timeout)
        except TelegramError:
            raise
        except Exception as error:  # noqa: BLE001 - an error of one call must not end its caller
            # The text of the error may quote the address, which contains the token.
            raise NetworkError(f"the transport failed: {type(error).__name__}") from None
        return read_answer(method, status, body)


def _given(name: str, value: object) -> RequestParameter:
    if isinstance(value, bytes):
        return RequestParameter(name, None, [InputFile(value, filename=f"{name}.png")])
    return RequestParameter(name, value, None)
