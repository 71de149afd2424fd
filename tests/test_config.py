"""The settings: all errors at once with their remedies, and every setting in .env.example."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from bot.config import Settings, SettingsError, read_settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
TOKEN = "123456789:AAH-very-secret_token"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working directory, without settings in the environment."""
    for name in list(os.environ):
        if name.upper().startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def faults(**given: object) -> tuple[str, ...]:
    """Return the errors in these settings."""
    with pytest.raises(SettingsError) as told:
        read_settings(**given)
    assert str(told.value) == "\n".join(told.value.faults)
    return told.value.faults


def test_a_missing_token_is_reported_with_how_to_get_one() -> None:
    """The error about a missing token says how to get one, where to put it, and that trying the bot needs none."""
    (fault,) = faults()
    for words in ("BOT_TOKEN is missing", "@BotFather", "/newbot", ".env", "bot init", "bot play"):
        assert words in fault


def test_only_the_token_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a token in the environment every other setting has a usable default."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = read_settings()
    assert settings.token == SecretStr(TOKEN)
    assert settings.api_url == "https://api.telegram.org"
    assert settings.bank == Path("questions.yaml")
    assert settings.database_url == "sqlite:///bot.sqlite3"


def test_all_errors_are_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All wrong settings are reported together, each by its name, with the remedy."""
    wrong = {
        "BOT_TOKEN": "my token",
        "BOT_API_URL": "api.telegram.org",
        "BOT_TIME_ZONE": "Almaty",
        "BOT_SENDS_PER_SECOND": "-1",
        "BOT_LOG_LEVEL": "LOUD",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    told = faults()
    assert {fault.split(" ")[0].rstrip(":") for fault in told} == set(wrong)
    mends = ("@BotFather", "https://api.telegram.org", "Asia/Almaty", "greater than or equal to 0", "'DEBUG'")
    assert all(any(mend in fault for fault in told) for mend in mends)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("token", "123456789"),
        ("token", f"{TOKEN} "),
        ("token", f"bot{TOKEN}"),
        ("api_url", "https://api.telegram.org/bot"),
        ("api_url", "https://api.telegram.org?x=1"),
        ("api_url", "https://ann:secret@api.telegram.org"),
        ("api_url", "ftp://api.telegram.org"),
        ("api_url", "http://"),
        ("api_url", "http://host:port"),
        ("api_url", "http://[::1"),
        ("time_zone", ""),
        ("time_zone", "../etc/passwd"),
        ("sends_per_second", "many"),
        ("sends_per_second", "nan"),
        ("sends_per_second", "inf"),
        ("listen", "8080"),
        ("listen", ":8080"),
        ("listen", "0.0.0.0:0"),
        ("listen", "0.0.0.0:65536"),
        ("listen", "http://0.0.0.0:8080"),
        ("listen", "[::]:8080"),
        ("public_url", "board.example.org"),
        ("public_url", "https://board.example.org/board"),
        ("webhook_url", "bot.example.org/telegram"),
        ("webhook_url", "https://bot.example.org"),
        ("webhook_url", "https://bot.example.org/"),
        ("webhook_url", "https://bot.example.org/{telegram}"),
        ("webhook_url", "https://bot.example.org/telegram?x=1"),
        ("webhook_url", "https://ann:secret@bot.example.org/telegram"),
        ("webhook_url", "https://bot.example.org:8080/telegram"),
        ("webhook_url", "https://bot.example.org:port/telegram"),
        ("webhook_url", "http://bot.example.org/telegram"),
        ("webhook_url", "https://bot.example.org/healthz"),
        ("webhook_url", "https://bot.example.org/board/telegram"),
        ("keep_updates_hours", "23"),
        ("keep_set_aside_days", "0"),
        ("log_level", "debug"),
    ],
)
def test_a_wrong_value_is_reported_by_its_name(name: str, value: str) -> None:
    """An unusable value is one error that begins with the name of its setting."""
    (fault,) = faults(**{"token": TOKEN, "listen": "localhost:80", name: value})
    assert fault.startswith(f"BOT_{name.upper()}")
    assert fault.endswith((".", "@BotFather"))


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        ({"sends_per_second": "31"}, "set BOT_PAID_BROADCAST=on to pay for more"),
        ({"sends_per_second": "31", "paid_broadcast": "off"}, "accepts 30 for free"),
        ({"sends_per_second": "1001", "paid_broadcast": "on"}, "at most 1000"),
    ],
)
def test_a_rate_above_telegrams_limit_is_refused(given: dict[str, str], mend: str) -> None:
    """Telegram's own server cannot be sent to faster than its limit, free or paid."""
    (fault,) = faults(token=TOKEN, **given)
    assert fault.startswith("BOT_SENDS_PER_SECOND is ")
    assert mend in fault


@pytest.mark.parametrize(
    "given",
    [
        {"sends_per_second": "30"},
        {"sends_per_second": "1000", "paid_broadcast": "on"},
        {"sends_per_second": "5000", "api_url": "http://localhost:8081"},
    ],
)
def test_a_rate_within_the_limit_is_accepted(given: dict[str, str]) -> None:
    """Rates up to Telegram's limit are accepted, and any rate for a self-hosted server."""
    assert read_settings(token=TOKEN, **given).sends_per_second == float(given["sends_per_second"])


@pytest.mark.parametrize("value", ["http://localhost:8081", "https://api.telegram.org/", "http://[::1]:8081"])
def test_a_self_hosted_server_is_accepted(value: str) -> None:
    """Any origin is accepted, with or without a slash at its end."""
    assert read_settings(token=TOKEN, api_url=value).api_url == value.rstrip("/")


@pytest.mark.parametrize(
    ("listen", "public_url", "address", "origin"),
    [
        ("", "", None, ""),
        ("", "https://board.example.org", None, ""),
        ("0.0.0.0:8080", "", ("0.0.0.0", 8080), "http://0.0.0.0:8080"),  # noqa: S104 - nothing listens there
        ("localhost:80", "https://board.example.org/", ("localhost", 80), "https://board.example.org"),
    ],
)
def test_the_board_is_served_where_the_settings_say(
    listen: str, public_url: str, address: tuple[str, int] | None, origin: str
) -> None:
    """Without an address there is no board; people reach it at its public origin, or else where it listens."""
    settings = read_settings(token=TOKEN, listen=listen, public_url=public_url)
    assert (settings.listen_address, settings.board_origin) == (address, origin)


def test_a_webhook_needs_an_address_to_listen_on() -> None:
    """Without BOT_LISTEN nothing receives the webhook's requests; a wrong webhook is reported alone."""
    (fault,) = faults(token=TOKEN, webhook_url="https://bot.example.org/telegram")
    assert fault.startswith("BOT_WEBHOOK_URL needs BOT_LISTEN")
    (fault,) = faults(token=TOKEN, webhook_url="https://bot.example.org/telegram", listen="8080")
    assert fault.startswith("BOT_LISTEN")


@pytest.mark.parametrize(
    ("api_url", "webhook_url"),
    [
        ("https://api.telegram.org", "https://bot.example.org/telegram"),
        ("https://api.telegram.org", "https://bot.example.org:8443/a/b-c"),
        ("http://localhost:8081", "http://10.0.0.5:3000/telegram"),
        ("https://api.telegram.org", ""),
    ],
)
def test_a_webhook_address_that_the_server_accepts(api_url: str, webhook_url: str) -> None:
    """Telegram accepts https at four ports; a self-hosted server accepts plain http too, and any port."""
    settings = read_settings(token=TOKEN, api_url=api_url, listen="localhost:8080", webhook_url=webhook_url)
    assert settings.webhook_url == webhook_url


def test_a_wrong_token_is_not_repeated() -> None:
    """The error about a wrong token does not contain it: it may be the right one with a typing mistake."""
    assert "very-secret" not in "".join(faults(token=f"{TOKEN}!"))


def test_printed_settings_do_not_show_the_token() -> None:
    """The token is missing from the settings when they are printed or written as JSON."""
    settings = read_settings(token=TOKEN)
    assert "very-secret" not in f"{settings!r} {settings!s} {settings.model_dump_json()} {settings.model_dump()}"
    assert settings.token.get_secret_value() == TOKEN


def test_the_environment_overrides_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings come from .env unless the environment or the caller sets them; an empty one counts as not set."""
    lines = [f"BOT_TOKEN={TOKEN}", "BOT_TIME_ZONE=Asia/Aqtau", "BOT_BANK=file.yaml", "BOT_LOG_LEVEL=", "OTHER=1"]
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("BOT_TIME_ZONE", "Asia/Oral")
    monkeypatch.setenv("BOT_API_URL", "")
    settings = read_settings(bank="caller.yaml")
    assert (settings.time_zone, settings.bank, settings.log_level) == ("Asia/Oral", Path("caller.yaml"), "INFO")
    assert settings.api_url == "https://api.telegram.org"


def example() -> dict[str, tuple[str, str]]:
    """Return the settings of .env.example in their order: by name the description and the value."""
    found: dict[str, tuple[str, str]] = {}
    description: list[str] = []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if line.startswith("#"):
            description.append(line.removeprefix("# "))
        elif equals:
            found[name] = (" ".join(description), value)
        if not line.startswith("#"):
            description = []
    return found


def test_the_example_has_exactly_the_settings() -> None:
    """.env.example has every setting, in order, with its description and its default, and no other."""
    expected = {}
    for name, field in Settings.model_fields.items():
        usual = "" if field.default is PydanticUndefined else f"{field.default}"
        usual = {"False": "off"}.get(usual, usual.removesuffix(".0"))
        expected[f"BOT_{name.upper()}"] = (field.description, usual)
    assert list(example().items()) == list(expected.items())


def test_the_example_with_a_token_equals_the_defaults(folder: Path) -> None:
    """A copy of .env.example with a token gives settings equal to the defaults."""
    filled = EXAMPLE.read_text(encoding="utf-8").replace("BOT_TOKEN=\n", f"BOT_TOKEN={TOKEN}\n")
    (folder / ".env").write_text(filled, encoding="utf-8")
    copied = read_settings()
    (folder / ".env").unlink()
    assert copied == read_settings(token=TOKEN)
