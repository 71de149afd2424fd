"""Reads answers of the Bot API, and trusts nothing in them: whatever stands there becomes a result or a known error.

python-telegram-bot takes an error's fields as they come; a wait that is a list, say, would raise what nobody expects.
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

# No wait is longer than this, whatever Telegram asks: a wrong number must not silence the bot for years.
LONGEST_WAIT_SECONDS = 3600
# Longer than any description of the official server.
LONGEST_DESCRIPTION = 300
# The method whose answer people fill; a patient reading of some megabytes of brackets takes a minute.
FETCHING = "getUpdates"
GARBLED = "what came is no answer of the Bot API"
_REDIRECTED = (
    "it redirects to another address ({}), which is not followed: write the address of the Bot API itself into "
    "BOT_API_URL"
)
# What a database keeps as a whole number, and Telegram's ids never reach.
HIGHEST_ID = 2**63 - 1
# Ids that are texts (polls, presses) are numbers of 64 bits in Telegram. PostgreSQL keeps no key above 2,704 bytes.
LONGEST_ID = 64
# A length of time that is written as a text has fewer signs.
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
    """Return the result in the answer to a method.

    Raises:
        TelegramError: of the kinds of python-telegram-bot. RetryAfter asks for 1 to 3,600 whole seconds, and the id in
            ChatMigrated is that of a group. Whatever is no answer of the Bot API, such as a page of a machine on the
            way, is a NetworkError: its status says nothing about the call. A refusal says ``"ok": false``, whatever its
            status.
    """
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise NetworkError(_REDIRECTED.format(status))
    # What people did must be stored, however odd; of all else a few fields are read.
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
    """Return the object that an answer consists of. Raises NetworkError where it is none."""
    try:
        read = read_json(body, patient=patient)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise NetworkError(GARBLED)
    return read


def _error(method: str, status: int, read: dict[str, Any]) -> TelegramError:
    """Return the error that an answer tells of."""
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

    0 where it does not ask, or where what stands there is no length of time. It may be more than the bot waits; then
    the result is LONGEST_WAIT_SECONDS + 1, so that it can be told.
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
    # Not even compared, NaN is neither above nor below.
    return math.ceil(min(seconds, LONGEST_WAIT_SECONDS + 1)) if seconds > 0 else 0


def wait_in_body(body: bytes) -> int:
    """Return how many seconds an answer asks to wait, at most LONGEST_WAIT_SECONDS; 0 for none."""
    try:
        return min(wait_in(_read_object(body)), LONGEST_WAIT_SECONDS)
    except NetworkError:
        return 0


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait, in seconds."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def one_line(text: object, most: int = LONGEST_DESCRIPTION) -> str:
    """Return a text as it may stand in a log: one line, not too long, without ids and tokens; empty for no text."""
    if not isinstance(text, str):
        return ""
    # Cut before anything looks at it, and once more when it is whole.
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * most])
    masked = _ID.sub("[id]", _TOKEN.sub("[token]", " ".join(visible.split())))
    return masked if len(masked) <= most else f"{masked[: most - 1]}…"


def _parameters(read: object) -> dict[str, Any]:
    parameters = read.get("parameters") if isinstance(read, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _migrated_to(parameters: dict[str, Any]) -> int | None:
    """Return the group that a chat has become; None where there is none (Bot API: a supergroup's id is negative)."""
    group = parameters.get("migrate_to_chat_id")
    if isinstance(group, bool) or not isinstance(group, int) or not -HIGHEST_ID <= group < 0:
        return None
    return group
