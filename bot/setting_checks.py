"""Checks of single settings. A value that may hold a password or a token is not repeated in what is said of it."""

import os
import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.proxies import ProxyError, choose_proxy, read_proxy

# BotFather's form: the bot's id, a colon, 35 letters. Self-made test servers give shorter ones.
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
# A token that was put into another setting, whole or not.
_LIKE_A_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{6,}")
# A name or an IPv4 address, and a port.
_LISTEN = re.compile(r"[A-Za-z0-9.-]+:([0-9]{1,5})")
_LAST_PORT = 65_535
TELEGRAM = "https://api.telegram.org"
# Messages a second that Telegram takes.
_MOST_FREE, _MOST_PAID = 30, 1000
# Bot API, setWebhook, notes: the ports that Telegram posts to. A server of one's own posts anywhere, by http too.
_WEBHOOK_PORTS = (443, 80, 88, 8443)
_WEBHOOK_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+/?")
# What is served beside the webhook (bot/monitoring/site.py, bot/board/site.py).
_TAKEN_PATHS = ("healthz", "readyz", "metrics", "board")
# The kind of a fault whose message is a whole sentence: what it is about need not be a setting of ours.
SENTENCE = "sentence"


def _shown(value: str) -> str:
    """Return "is VALUE, which is"; a value that may hold a password or a token is not repeated."""
    may_be_secret = "@" in value or _LIKE_A_TOKEN.search(value)
    return "is" if may_be_secret else f"is {value!r}, which is"


def check_token(value: SecretStr) -> SecretStr:
    """Raise ValueError where it is no token of a bot."""
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("is not a bot token, which looks like 123456789:AAH8...; copy it whole from @BotFather")
    return value


def check_origin(value: str, example: str = TELEGRAM) -> str:
    """Return an origin without a slash at its end. Raises ValueError where it is none."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
        usable = usable and not (parts.query or parts.fragment or parts.username)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"{_shown(value)} no origin; write one such as {example}")
    return value.rstrip("/")


def check_public_origin(value: str) -> str:
    """Return an origin, or nothing, without a slash at its end. Raises ValueError where it is none."""
    return value and check_origin(value, "https://board.example.org")


def check_rate(value: float, info: ValidationInfo) -> float:
    """Refuse what Telegram itself refuses (Bots FAQ; Bot API, sendMessage, ``allow_paid_broadcast``)."""
    if info.data.get("api_url") != TELEGRAM:
        return value
    if info.data.get("paid_broadcast"):
        if value > _MOST_PAID:
            raise ValueError(f"is {value:g}, and Telegram takes at most {_MOST_PAID}, paid for or not")
    elif value > _MOST_FREE:
        raise ValueError(
            f"is {value:g}, and Telegram takes {_MOST_FREE} for free; set BOT_PAID_BROADCAST=on to pay for more"
        )
    return value


def check_webhook(value: str, known: ValidationInfo) -> str:
    """Check the webhook by itself, and beside those settings before it that are right."""
    if value and not _is_posted_to(value, known.data.get("api_url", TELEGRAM) == TELEGRAM):
        raise ValueError(
            "is no address that Telegram posts to: write one with https, a port of 443, 80, 88 or 8443, and a path, "
            "such as https://bot.example.org/telegram"
        )
    if value and urlsplit(value).path.split("/")[1] in _TAKEN_PATHS:
        raise ValueError("has the path of something else that the bot serves; take another, such as /telegram")
    if value and known.data.get("listen") == "":
        raise ValueError("needs BOT_LISTEN, which says where what comes to it is received, such as 127.0.0.1:8080")
    return value


def _is_posted_to(url: str, is_telegram: bool) -> bool:  # noqa: FBT001 - which server it is
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
    """Raise ValueError where it is neither HOST:PORT nor nothing."""
    found = _LISTEN.fullmatch(value)
    if value and not (found and 0 < int(found[1]) <= _LAST_PORT):
        raise ValueError(f"{_shown(value)} no HOST:PORT; write one such as 0.0.0.0:8080")
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
    """Raise ValueError where it is no name of a time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{_shown(value)} no time zone; write a name such as Asia/Almaty") from None
    return value
