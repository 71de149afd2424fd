"""The settings: every fault told at once with its mend, and all of them in .env.example."""

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
    """Stand in an empty folder with no settings in the environment."""
    for name in list(os.environ):
        if name.upper().startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def faults(**given: object) -> tuple[str, ...]:
    """Give what is told of these settings."""
    with pytest.raises(SettingsError) as told:
        read_settings(**given)
    assert str(told.value) == "\n".join(told.value.faults)
    return told.value.faults


def test_a_missing_token_is_told_with_the_way_to_get_one() -> None:
    """Who has no token is told how to get one, where to put it, and that trying the bot needs none."""
    (fault,) = faults()
    for words in ("BOT_TOKEN is missing", "@BotFather", "/newbot", ".env", "bot init", "bot play"):
        assert words in fault


def test_the_usual_settings_need_the_token_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a token in the environment everything else has a usable value."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = read_settings()
    assert settings.token == SecretStr(TOKEN)
    assert settings.api_url == "https://api.telegram.org"
    assert settings.bank == Path("questions.yaml")
    assert settings.database_url == "sqlite:///bot.sqlite3"


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All settings at fault are told together, each by its name, with the mend."""
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
def test_a_wrong_value_is_told_by_its_name(name: str, value: str) -> None:
    """A value that cannot be used is one fault that begins with the name of its setting."""
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
def test_more_than_telegram_takes_is_refused(given: dict[str, str], mend: str) -> None:
    """Telegram's own server is sent to no faster than it takes, for free or paid for."""
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
def test_as_much_as_the_server_takes_may_be_sent(given: dict[str, str]) -> None:
    """What Telegram takes is allowed, and a server of one's own takes what it takes."""
    assert read_settings(token=TOKEN, **given).sends_per_second == float(given["sends_per_second"])


@pytest.mark.parametrize("value", ["http://localhost:8081", "https://api.telegram.org/", "http://[::1]:8081"])
def test_a_server_of_ones_own_may_be_named(value: str) -> None:
    """Any origin will do, with or without a slash at its end."""
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
    """Without an address there is no board; people reach it under its public origin, or where it listens."""
    settings = read_settings(token=TOKEN, listen=listen, public_url=public_url)
    assert (settings.board_address, settings.board_origin) == (address, origin)


def test_a_webhook_needs_a_place_where_it_is_served() -> None:
    """Without BOT_LISTEN nobody would hear what Telegram posts; a wrong one is told by itself."""
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
def test_a_webhook_is_where_the_server_posts_to(api_url: str, webhook_url: str) -> None:
    """Telegram posts by https to four ports; a server of one's own by http too, and to any port."""
    settings = read_settings(token=TOKEN, api_url=api_url, listen="localhost:8080", webhook_url=webhook_url)
    assert settings.webhook_url == webhook_url


def test_a_wrong_token_is_not_repeated() -> None:
    """What is told of a wrong token does not hold it: it may be the right one with a slip."""
    assert "very-secret" not in "".join(faults(token=f"{TOKEN}!"))


def test_the_token_is_not_in_the_settings_as_they_are_shown() -> None:
    """Whoever prints the settings, or writes them as JSON, does not see the token."""
    settings = read_settings(token=TOKEN)
    assert "very-secret" not in f"{settings!r} {settings!s} {settings.model_dump_json()} {settings.model_dump()}"
    assert settings.token.get_secret_value() == TOKEN


def test_the_environment_comes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings come from .env, unless the environment or the caller says otherwise; empty ones count as not there."""
    lines = [f"BOT_TOKEN={TOKEN}", "BOT_TIME_ZONE=Asia/Aqtau", "BOT_BANK=file.yaml", "BOT_LOG_LEVEL=", "OTHER=1"]
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("BOT_TIME_ZONE", "Asia/Oral")
    monkeypatch.setenv("BOT_API_URL", "")
    settings = read_settings(bank="caller.yaml")
    assert (settings.time_zone, settings.bank, settings.log_level) == ("Asia/Oral", Path("caller.yaml"), "INFO")
    assert settings.api_url == "https://api.telegram.org"


def example() -> dict[str, tuple[str, str]]:
    """Give the settings of .env.example in their order: by name the description and the value."""
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


def test_the_example_names_exactly_the_settings() -> None:
    """.env.example has every setting, in order, with its description and its usual value, and no other."""
    expected = {}
    for name, field in Settings.model_fields.items():
        usual = "" if field.default is PydanticUndefined else f"{field.default}"
        usual = {"False": "off"}.get(usual, usual.removesuffix(".0"))
        expected[f"BOT_{name.upper()}"] = (field.description, usual)
    assert list(example().items()) == list(expected.items())


def test_the_example_with_a_token_can_be_used(folder: Path) -> None:
    """Who copies .env.example and fills in the token has settings equal to the usual ones."""
    filled = EXAMPLE.read_text(encoding="utf-8").replace("BOT_TOKEN=\n", f"BOT_TOKEN={TOKEN}\n")
    (folder / ".env").write_text(filled, encoding="utf-8")
    copied = read_settings()
    (folder / ".env").unlink()
    assert copied == read_settings(token=TOKEN)
