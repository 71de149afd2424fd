"""Checks of single settings. Messages do not repeat a value that may contain a password or a token."""

import os
import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.proxies import ProxyError, choose_proxy, read_proxy

# BotFather's format: the bot's id, a colon, 35 characters. Test servers issue shorter tokens.
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
# A token, or a part of one, that was put into another setting.
_LIKE_A_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{6,}")
# A name or an IPv4 address, and a port.
_LISTEN = re.compile(r"[A-Za-z0-9.-]+:([0-9]{1,5})")
_MAX_PORT = 65_535
TELEGRAM = "https://api.telegram.org"
# Messages a second that Telegram accepts.
_MAX_FREE, _MAX_PAID = 30, 1000
# Bot API, setWebhook, notes: the ports that Telegram accepts. A self-hosted server accepts any port, and plain http.
_WEBHOOK_PORTS = (443, 80, 88, 8443)
_WEBHOOK_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+/?")
# What is served beside the webhook (bot/monitoring/site.py, bot/board/site.py).
_TAKEN_PATHS = ("healthz", "readyz", "metrics", "board")
# The type of an error whose message is a complete sentence, because it may be about a variable that is not ours.
SENTENCE = "sentence"


def _is_value(value: str) -> str:
    """Return "is VALUE, which is", or only "is" if the value may contain a password or a token."""
    may_be_secret = "@" in value or _LIKE_A_TOKEN.search(value)
    return "is" if may_be_secret else f"is {value!r}, which is"


def check_token(value: SecretStr) -> SecretStr:
    """Raise ValueError if it is not a bot token."""
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("is not a bot token, which looks like 123456789:AAH8...; copy all of it from @BotFather")
    return value


def check_origin(value: str, example: str = TELEGRAM) -> str:
    """Return an origin without a slash at its end. Raises ValueError if it is not an origin."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
        usable = usable and not (parts.query or parts.fragment or parts.username)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"{_is_value(value)} not an origin; write one such as {example}")
    return value.rstrip("/")


def check_public_origin(value: str) -> str:
    """Return an origin without a slash at its end, or an empty text. Raises ValueError if it is neither."""
    return value and check_origin(value, "https://board.example.org")


def check_rate(value: float, info: ValidationInfo) -> float:
    """Raise ValueError for a rate above Telegram's limit (Bots FAQ; Bot API, sendMessage, ``allow_paid_broadcast``)."""
    if info.data.get("api_url") != TELEGRAM:
        return value
    if info.data.get("paid_broadcast"):
        if value > _MAX_PAID:
            raise ValueError(f"is {value:g}, but Telegram accepts at most {_MAX_PAID}, even if they are paid for")
    elif value > _MAX_FREE:
        raise ValueError(
            f"is {value:g}, but Telegram accepts {_MAX_FREE} for free; set BOT_PAID_BROADCAST=on to pay for more"
        )
    return value


def check_webhook(value: str, known: ValidationInfo) -> str:
    """Check the webhook alone, and together with the valid settings before it."""
    if value and not _is_valid_webhook(value, known.data.get("api_url", TELEGRAM) == TELEGRAM):
        raise ValueError(
            "is not an address that Telegram accepts: write one with https, a port of 443, 80, 88 or 8443, and a path, "
            "such as https://bot.example.org/telegram"
        )
    if value and urlsplit(value).path.split("/")[1] in _TAKEN_PATHS:
        raise ValueError("has a path that the bot uses for another page; choose another, such as /telegram")
    if value and known.data.get("listen") == "":
        raise ValueError("needs BOT_LISTEN, the address at which the bot receives the requests, such as 127.0.0.1:8080")
    return value


def _is_valid_webhook(url: str, is_telegram: bool) -> bool:  # noqa: FBT001 - which server it is
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if is_telegram and (parts.scheme != "https" or (port or 443) not in _WEBHOOK_PORTS):
        return False
    is_whole = parts.scheme in ("http", "https") and parts.hostname and _WEBHOOK_PATH.fullmatch(parts.path)
    return bool(is_whole) and not (parts.query or parts.fragment or parts.username)


def check_listen(value: str) -> str:
    """Raise ValueError if it is neither HOST:PORT nor empty."""
    found = _LISTEN.fullmatch(value)
    if value and not (found and 0 < int(found[1]) <= _MAX_PORT):
        raise ValueError(f"{_is_value(value)} not HOST:PORT; write one such as 0.0.0.0:8080")
    return value


def check_proxy(value: str, known: ValidationInfo) -> str:
    """Return the address of the proxy that applies, BOT_PROXY or one of the environment; empty for none."""
    name, written = choose_proxy(value, str(known.data.get("api_url", TELEGRAM)), os.environ)
    try:
        return written if read_proxy(written) else ""
    except ProxyError as fault:
        sentence = f"{name} {fault}."
        raise PydanticCustomError(SENTENCE, "{sentence}", {"sentence": sentence}) from None


def check_zone(value: str) -> str:
    """Raise ValueError if it is not the name of a time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{_is_value(value)} not a time zone; write a name such as Asia/Almaty") from None
    return value
