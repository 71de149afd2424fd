"""The settings, read from the environment and from ``.env``; ``.env.example`` shows them all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.proxies import Proxy, read_proxy
from bot.setting_checks import (
    SENTENCE,
    TELEGRAM,
    check_listen,
    check_origin,
    check_proxy,
    check_public_origin,
    check_rate,
    check_token,
    check_webhook,
    check_zone,
)


class SettingsError(Exception):
    """Raised for invalid settings. ``faults`` says for each setting what is wrong and how to fix it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _address(listen: str) -> tuple[str, int] | None:
    host, _, port = listen.partition(":")
    return (host, int(port)) if host else None


ProxyAddress = Annotated[str, AfterValidator(check_proxy), Field(validate_default=True)]
"""The address of the proxy on the way to the Bot API; to be declared after ``api_url``."""


class Settings(BaseSettings):
    """The settings. Descriptions are those of ``.env.example``."""

    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", env_ignore_empty=True, extra="ignore")

    token: Annotated[SecretStr, AfterValidator(check_token)] = Field(description="The bot's token, from @BotFather.")
    api_url: Annotated[str, AfterValidator(check_origin)] = Field(
        TELEGRAM, description="The origin of the Bot API; your own server works too."
    )
    proxy: ProxyAddress = Field(
        "",
        repr=False,
        description="The proxy for requests to Telegram, such as http://HOST:PORT or "
        "socks5://NAME:PASSWORD@HOST:PORT; off for none; empty for HTTPS_PROXY or ALL_PROXY of the "
        "environment, if set.",
    )
    bank: Path = Field(Path("questions.yaml"), description="The question bank.")
    database_url: str = Field(
        "sqlite:///bot.sqlite3",
        repr=False,
        description="The database: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    time_zone: Annotated[str, AfterValidator(check_zone)] = Field(
        "Asia/Almaty", description="The time zone in which a day of practice begins and ends."
    )
    paid_broadcast: bool = Field(
        False,  # noqa: FBT003 - pydantic's own
        description="on to send more than 30 messages a second, for 0.1 Telegram Stars for each message above 30; "
        "turn it on in @BotFather first.",
    )
    sends_per_second: Annotated[float, AfterValidator(check_rate)] = Field(
        30.0,
        ge=0,
        allow_inf_nan=False,
        description="Messages a second to all chats together; Telegram's limit is 30, or 1000 if they are paid for; "
        "0 for a server without limits.",
    )
    asks_per_person: int = Field(
        20,
        ge=0,
        description="Requests that one person may make within 10 seconds before the bot asks them to slow down; "
        "answers do not count; 0 for no limit.",
    )
    listen: Annotated[str, AfterValidator(check_listen)] = Field(
        "",
        description="HOST:PORT at which the bot serves boards and its health, such as 0.0.0.0:8080; empty for neither.",
    )
    public_url: Annotated[str, AfterValidator(check_public_origin)] = Field(
        "", description="The origin at which people reach the board; empty for http:// and BOT_LISTEN."
    )
    webhook_url: Annotated[str, AfterValidator(check_webhook)] = Field(
        "",
        description="The webhook: an address, with https and a path, that a proxy passes on to BOT_LISTEN; empty for "
        "long polling, which is faster for a class.",
    )
    refused_nicknames: str = Field(
        "",
        description="A file of words that no nickname in a class may contain, one per line; empty for the bot's own "
        "list.",
    )
    keep_updates_hours: int = Field(
        48,
        ge=24,
        le=24 * 365,
        description="Hours for which handled updates are kept; at least 24, because Telegram may repeat an update "
        "for that long.",
    )
    keep_set_aside_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="Days for which updates that could not be handled and messages that Telegram refused are kept.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The log level: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["people", "json"] = Field(
        "people", description="The log format: people for readable lines, json for one JSON object per line."
    )

    @property
    def applied_proxy(self) -> Proxy | None:
        """The proxy through which Telegram is reached; None where it is reached directly."""
        return read_proxy(self.proxy)

    @property
    def listen_address(self) -> tuple[str, int] | None:
        """The host and the port where the board is served; None where it is not."""
        return _address(self.listen)

    @property
    def board_origin(self) -> str:
        """The origin under which people reach the board; empty where it is not served."""
        return (self.public_url or f"http://{self.listen}") if self.listen else ""


class _DatabaseSettings(BaseSettings):
    """Settings of commands that only use the database; the token is not needed."""

    model_config = Settings.model_config

    database_url: str = Settings.model_fields["database_url"].default


class _StatusSettings(BaseSettings):
    """Settings of ``bot status``; the token is not needed."""

    model_config = Settings.model_config

    api_url: str = TELEGRAM
    proxy: ProxyAddress = ""
    database_url: str = Settings.model_fields["database_url"].default
    listen: Annotated[str, AfterValidator(check_listen)] = ""


_HOW_TO_GET_A_BOT = (
    "BOT_TOKEN is missing. Write to @BotFather in Telegram, send /newbot, and put the token it gives you into a file "
    "named .env as BOT_TOKEN=... (bot init writes such a file). To try the bot without a token: bot play"
)


def read_settings(**given: object) -> Settings:
    """Read the settings; ``given`` ones come before the environment. Raises SettingsError with every fault."""
    with _raising_settings_error():
        return Settings(**given)  # type: ignore[arg-type]


def read_database_url() -> str:
    """Return BOT_DATABASE_URL, without reading the other settings. Raises SettingsError."""
    with _raising_settings_error():
        return _DatabaseSettings().database_url


@dataclass(frozen=True, slots=True)
class StatusSettings:
    """Settings of ``bot status``, parsed.

    Attributes:
        database_url: the address of the database.
        address: where the bot serves its health; None where it does not.
        proxy: through which Telegram is reached, without its login; None where there is none.
    """

    database_url: str
    address: tuple[str, int] | None
    proxy: str | None


def read_status_settings() -> StatusSettings:
    """Read what ``bot status`` needs. Raises SettingsError."""
    with _raising_settings_error():
        watched = _StatusSettings()
    proxy = read_proxy(watched.proxy)
    return StatusSettings(watched.database_url, _address(watched.listen), str(proxy) if proxy else None)


@contextmanager
def _raising_settings_error() -> Iterator[None]:
    """Raise SettingsError for all errors in the settings, or in the file that contains them."""
    try:
        yield
    except ValidationError as error:
        raise SettingsError(tuple(map(_describe, error.errors()))) from None
    except UnicodeDecodeError:
        raise SettingsError(
            (".env is not UTF-8 text: rewrite it with a text editor, as .env.example shows.",)
        ) from None
    except OSError as error:
        why = error.strerror or "for an unknown reason"
        raise SettingsError((f".env cannot be read: {why}. Let the user who runs the bot read it.",)) from None


def _describe(fault: Mapping[str, Any]) -> str:
    name = f"BOT_{'_'.join(map(str, fault['loc'])).upper()}"
    if fault["type"] == "missing" and name == "BOT_TOKEN":
        return _HOW_TO_GET_A_BOT
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == SENTENCE:
        return message
    return f"{name} {message}." if fault["type"] == "value_error" else f"{name}: {message}."
