"""Calls methods of the Bot API by name, over python-telegram-bot's request seam and with its errors.

The library's own methods convert every parameter on the way out and every field on the way back; a bot that sends a
poll an answer would spend half its time on that, for the one or two fields it reads.
"""

from typing import Any

from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

Parameters = dict[str, Any]

_GARBLED = "what came is no answer of the Bot API"


class Api:
    """The Bot API as one bot sees it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(self, method: str, parameters: Parameters | None = None, read_timeout: float | None = None) -> Any:  # noqa: ANN401
        """Call a method; give its result as JSON has it.

        Args:
            method: as the Bot API spells it.
            parameters: values that JSON can hold; bytes are a picture to upload.
            read_timeout: seconds to wait for the answer; None for as long as the transport waits.

        Raises:
            TelegramError: the kinds of python-telegram-bot. Whatever is no answer of the Bot API, such as a page of a
                machine on the way, is a NetworkError: its status says nothing about the call.
        """
        url = f"{self._bot.base_url}/{method}"
        timeout = {} if read_timeout is None else {"read_timeout": read_timeout}
        # Plain values need none of the conversions of RequestParameter.from_input.
        given = [_given(name, value) for name, value in (parameters or {}).items()]
        try:
            return await self._bot.request.post(url, RequestData(given), **timeout)
        except TelegramError as error:
            # The library names its failure to read the body as the cause.
            if isinstance(error.__cause__, TelegramError):
                raise NetworkError(_GARBLED) from None
            raise
        except (AttributeError, LookupError, RecursionError, TypeError):
            # JSON, but none with a result or a description: the library does not look.
            raise NetworkError(_GARBLED) from None


def _given(name: str, value: object) -> RequestParameter:
    if isinstance(value, bytes):
        return RequestParameter(name, None, [InputFile(value, filename=f"{name}.png")])
    return RequestParameter(name, value, None)
