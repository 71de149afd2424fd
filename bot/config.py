"""The settings, read from the environment and from ``.env``; ``.env.example`` shows them all."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

# BotFather's form: the bot's id, a colon, 35 letters. Self-made test servers give shorter ones.
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
# A token that was put into another setting, whole or not.
_LIKE_A_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{6,}")
# A name or an IPv4 address, and a port.
_LISTEN = re.compile(r"[A-Za-z0-9.-]+:([0-9]{1,5})")
_LAST_PORT = 65_535
_TELEGRAM = "https://api.telegram.org"
# Messages a second that Telegram takes.
_MOST_FREE, _MOST_PAID = 30, 1000
# Bot API, setWebhook, notes: the ports that Telegram posts to. A server of one's own posts anywhere, by http too.
_WEBHOOK_PORTS = (443, 80, 88, 8443)
_WEBHOOK_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+/?")
# What is served beside the webhook (bot/watch/site.py, bot/board/site.py).
_TAKEN_PATHS = ("healthz", "readyz", "metrics", "board")


class SettingsError(Exception):
    """Settings are at fault. ``faults`` says of each what is wrong and how to mend it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _shown(value: str) -> str:
    """Return "is VALUE, which is"; a value that may hold a password or a token is not repeated."""
    may_be_secret = "@" in value or _LIKE_A_TOKEN.search(value)
    return "is" if may_be_secret else f"is {value!r}, which is"


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("is not a bot token, which looks like 123456789:AAH8...; copy it whole from @BotFather")
    return value


def _origin(value: str, example: str = _TELEGRAM) -> str:
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


def _public_origin(value: str) -> str:
    return value and _origin(value, "https://board.example.org")


def _rate(value: float, info: ValidationInfo) -> float:
    """Refuse what Telegram itself refuses (Bots FAQ; Bot API, sendMessage, ``allow_paid_broadcast``)."""
    if info.data.get("api_url") != _TELEGRAM:
        return value
    if info.data.get("paid_broadcast"):
        if value > _MOST_PAID:
            raise ValueError(f"is {value:g}, and Telegram takes at most {_MOST_PAID}, paid for or not")
    elif value > _MOST_FREE:
        raise ValueError(
            f"is {value:g}, and Telegram takes {_MOST_FREE} for free; set BOT_PAID_BROADCAST=on to pay for more"
        )
    return value


def _webhook(value: str, known: ValidationInfo) -> str:
    """Check the webhook by itself, and beside those settings before it that are right."""
    if value and not _is_posted_to(value, known.data.get("api_url", _TELEGRAM) == _TELEGRAM):
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


def _listen(value: str) -> str:
    found = _LISTEN.fullmatch(value)
    if value and not (found and 0 < int(found[1]) <= _LAST_PORT):
        raise ValueError(f"{_shown(value)} no HOST:PORT; write one such as 0.0.0.0:8080")
    return value


def _address(listen: str) -> tuple[str, int] | None:
    host, _, port = listen.partition(":")
    return (host, int(port)) if host else None


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{_shown(value)} no time zone; write a name such as Asia/Almaty") from None
    return value


class Settings(BaseSettings):
    """The settings. Descriptions are those of ``.env.example``."""

    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", env_ignore_empty=True, extra="ignore")

    token: Annotated[SecretStr, AfterValidator(_token)] = Field(description="The bot's token, from @BotFather.")
    api_url: Annotated[str, AfterValidator(_origin)] = Field(
        _TELEGRAM, description="The origin of the Bot API; a self-hosted server works."
    )
    bank: Path = Field(Path("questions.yaml"), description="The question bank.")
    database_url: str = Field(
        "sqlite:///bot.sqlite3",
        repr=False,
        description="Where answers are kept: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    time_zone: Annotated[str, AfterValidator(_zone)] = Field(
        "Asia/Almaty", description="The time zone in which days of practice begin and end."
    )
    paid_broadcast: bool = Field(
        False,  # noqa: FBT003 - pydantic's own
        description="on for more than 30 messages a second; Telegram takes 0.1 Stars for each message beyond, once it "
        "is on in @BotFather.",
    )
    sends_per_second: Annotated[float, AfterValidator(_rate)] = Field(
        30.0,
        ge=0,
        allow_inf_nan=False,
        description="Messages a second in all, Telegram's limit being 30, or 1000 where they are paid for; 0 for a "
        "server without limits.",
    )
    asks_per_person: int = Field(
        20,
        ge=0,
        description="How much one person may ask within 10 seconds before the bot asks for a rest; answers do not "
        "count; 0 for no limit.",
    )
    listen: Annotated[str, AfterValidator(_listen)] = Field(
        "",
        description="HOST:PORT where boards and the bot's health are served, such as 0.0.0.0:8080; empty for neither.",
    )
    public_url: Annotated[str, AfterValidator(_public_origin)] = Field(
        "", description="The origin under which people reach the board; empty for http:// and BOT_LISTEN."
    )
    webhook_url: Annotated[str, AfterValidator(_webhook)] = Field(
        "",
        description="The address, with https and a path, to which Telegram posts updates and which a proxy passes on "
        "to BOT_LISTEN; empty to fetch them, which is faster for a class.",
    )
    refused_nicknames: str = Field(
        "",
        description="A file of words that no nickname in a class may hold, one a line; empty for the bot's own list.",
    )
    keep_updates_hours: int = Field(
        48,
        ge=24,
        le=24 * 365,
        description="Hours that handled updates are kept; at least 24, because Telegram may repeat one for so long.",
    )
    keep_set_aside_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="Days that updates which could not be handled, and messages that Telegram refused, are kept.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["people", "json"] = Field(
        "people", description="How it is logged: in lines for people, or a line of json for each entry."
    )

    @property
    def board_address(self) -> tuple[str, int] | None:
        """The host and the port where the board is served; None where it is not."""
        return _address(self.listen)

    @property
    def board_origin(self) -> str:
        """The origin under which people reach the board; empty where it is not served."""
        return (self.public_url or f"http://{self.listen}") if self.listen else ""


class _Storage(BaseSettings):
    """What a command beside the running bot needs: no token."""

    model_config = Settings.model_config

    database_url: str = Settings.model_fields["database_url"].default


class _Watched(BaseSettings):
    """What whoever looks how the bot is needs: no token."""

    model_config = Settings.model_config

    database_url: str = Settings.model_fields["database_url"].default
    listen: Annotated[str, AfterValidator(_listen)] = ""


_HOW_TO_GET_ONE = (
    "BOT_TOKEN is missing. Write to @BotFather in Telegram, send /newbot, and put the token it gives you into a file "
    "named .env as BOT_TOKEN=... (see .env.example). To try the bot without a token: bot play"
)


def read_settings(**given: object) -> Settings:
    """Read the settings; ``given`` ones come before the environment. Raises SettingsError with every fault."""
    with _faults_in_words():
        return Settings(**given)  # type: ignore[arg-type]


def read_database_url() -> str:
    """Read where answers are kept; of the other settings none is looked at. Raises SettingsError."""
    with _faults_in_words():
        return _Storage().database_url


def read_watched() -> tuple[str, tuple[str, int] | None]:
    """Read where answers are kept, and where the bot serves its health, if it does. Raises SettingsError."""
    with _faults_in_words():
        watched = _Watched()
    return watched.database_url, _address(watched.listen)


@contextmanager
def _faults_in_words() -> Iterator[None]:
    """Raise SettingsError for whatever is wrong with settings, or with the file that they are in."""
    try:
        yield
    except ValidationError as error:
        raise SettingsError(tuple(map(_in_words, error.errors()))) from None
    except UnicodeDecodeError:
        raise SettingsError((".env is no UTF-8 text: write it anew with an editor, as .env.example shows.",)) from None
    except OSError as error:
        why = error.strerror or "the system does not say why"
        raise SettingsError((f".env cannot be read: {why}. Let the user who runs the bot read it.",)) from None


def _in_words(fault: Mapping[str, Any]) -> str:
    name = f"BOT_{'_'.join(map(str, fault['loc'])).upper()}"
    if fault["type"] == "missing" and name == "BOT_TOKEN":
        return _HOW_TO_GET_ONE
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{name} {message}." if fault["type"] == "value_error" else f"{name}: {message}."
