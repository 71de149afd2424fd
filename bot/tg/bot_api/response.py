"""Parsing of Bot API responses. Nothing in them is trusted: any content becomes a result or a known error.

python-telegram-bot does not check the fields of an error: a wait that is a list would raise an unexpected error.
"""

import logging
import math
import re
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.tg.bot_api.json_codec import read_json

log = logging.getLogger(__name__)

# The longest wait, even if Telegram asks for more: a wrong number must not silence the bot for years.
LONGEST_WAIT_SECONDS = 3600
# Longer than any description of the official server.
LONGEST_DESCRIPTION = 300
# The method whose response contains texts of people; the iterative reader takes a minute for megabytes of brackets.
FETCHING = "getUpdates"
GARBLED = "what came is no answer of the Bot API"
_REDIRECTED = (
    "it redirects to another address ({}), which is not followed: write the address of the Bot API itself into "
    "BOT_API_URL"
)
# The largest whole number of a database; Telegram's ids never reach it.
HIGHEST_ID = 2**63 - 1
# Ids that are texts (polls, presses) are numbers of 64 bits in Telegram. PostgreSQL keeps no key above 2,704 bytes.
LONGEST_ID = 64
# A duration written as a text is shorter than this.
_LONGEST_NUMBER = 20
_TOKEN = re.compile(r"\d{5,}:[\w-]+")
# Ids of people, chats and messages; what remains are statuses, offsets and seconds.
_ID = re.compile(r"-?\d{6,}")
_ERRORS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,  # the method exists, so the token does not
    409: Conflict,
}


def read_answer(method: str, status: int, body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Return the result in the response to a method.

    Raises:
        TelegramError: of the kinds of python-telegram-bot. RetryAfter asks for 1 to 3,600 whole seconds, and the id in
            ChatMigrated is that of a group. Anything that is no response of the Bot API, such as the page of a proxy
            on the way, is a NetworkError: its status says nothing about the call. A refusal has ``"ok": false``,
            with any status.
    """
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise NetworkError(_REDIRECTED.format(status))
    # Updates must be stored even if malformed; of other responses a few fields are read.
    read = _read_object(body, patient=method == FETCHING)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        if read.get("ok") is False:
            raise _error(method, _error_code(read), read)
        if "result" not in read:
            raise NetworkError(GARBLED)
        return read["result"]
    raise _error(method, status, read)


def _error_code(read: dict[str, Any]) -> int:
    """Return the code of a refusal that came with a status of success; 0 for none (Bot API, "Making requests")."""
    code = read.get("error_code")
    return code if isinstance(code, int) and not isinstance(code, bool) else 0


def _read_object(body: bytes, *, patient: bool = False) -> dict[str, Any]:
    """Return the object in a response. Raises NetworkError if it is none."""
    try:
        read = read_json(body, patient=patient)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise NetworkError(GARBLED)
    return read


def _error(method: str, status: int, read: dict[str, Any]) -> TelegramError:
    """Return the error that a response describes."""
    is_refusal = read.get("ok") is False
    if is_refusal and (group := _migrated_to(_parameters(read))) and status == HTTPStatus.BAD_REQUEST:
        return ChatMigrated(group)
    if wait := wait_in(read):
        if wait > LONGEST_WAIT_SECONDS:
            log.warning(
                "Telegram asks to wait longer than an hour before %s: the bot waits %d s, and then asks again.",
                method,
                LONGEST_WAIT_SECONDS,
            )
        return RetryAfter(min(wait, LONGEST_WAIT_SECONDS))
    description = one_line(read.get("description"))
    if not (is_refusal and description):
        return NetworkError(GARBLED)
    return _ERRORS.get(status, NetworkError)(description)


def wait_in(read: object) -> int:
    """Return how many whole seconds Telegram asks to wait (Bot API, ResponseParameters.retry_after).

    0 if it does not ask, or if the value is no duration. If it is longer than the bot waits, the result is
    LONGEST_WAIT_SECONDS + 1, so that it can be logged.
    """
    asked = _parameters(read).get("retry_after")
    if isinstance(asked, bool) or not isinstance(asked, int | float | str):
        return 0
    if isinstance(asked, str) and len(asked) > _LONGEST_NUMBER:
        return 0
    try:
        seconds = float(asked)
    except OverflowError:
        seconds = math.inf if isinstance(asked, int) and asked > 0 else 0.0
    except ValueError:
        return 0
    # NaN compares as neither above nor below.
    return math.ceil(min(seconds, LONGEST_WAIT_SECONDS + 1)) if seconds > 0 else 0


def wait_in_body(body: bytes) -> int:
    """Return how many seconds a response asks to wait, at most LONGEST_WAIT_SECONDS; 0 for none."""
    try:
        return min(wait_in(_read_object(body)), LONGEST_WAIT_SECONDS)
    except NetworkError:
        return 0


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait, in seconds."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def one_line(text: object, most: int = LONGEST_DESCRIPTION) -> str:
    """Return a text made safe for a log: one line, not too long, without ids and tokens; empty for no text."""
    if not isinstance(text, str):
        return ""
    # Cut before it is parsed, and once more at the end.
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * most])
    masked = _ID.sub("[id]", _TOKEN.sub("[token]", " ".join(visible.split())))
    return masked if len(masked) <= most else f"{masked[: most - 1]}…"


def _parameters(read: object) -> dict[str, Any]:
    parameters = read.get("parameters") if isinstance(read, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _migrated_to(parameters: dict[str, Any]) -> int | None:
    """Return the supergroup that a chat has become, or None (Bot API: its id is negative)."""
    group = parameters.get("migrate_to_chat_id")
    if isinstance(group, bool) or not isinstance(group, int) or not -HIGHEST_ID <= group < 0:
        return None
    return group
