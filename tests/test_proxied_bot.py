"""A bot that reaches its Telegram only through a proxy, and what commands print about proxies."""

import asyncio
import os
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from proxies import HERE, Gateway, HttpProxy, SmallProxy, SocksProxy, running

from bot.cli import main
from bot.playground.server import create_app
from bot.playground.world import World
from bot.serving import serve

HERE_IS = Path(__file__).parent
BANK = HERE_IS.parent / "questions.yaml"
# A key used nowhere else, and its certificate for NAME and this computer.
CERTIFICATE = HERE_IS / "self_signed.pem"
NAME = "telegram.invalid"
TOKEN = "1:proxied"  # noqa: S105 - opens nothing
PATIENCE = 60
LOGIN = "ann:s3cr3t"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a bot: without that of the tests, and with the certificate among the trusted ones."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    clean = {name: value for name, value in clean.items() if not name.upper().endswith("_PROXY")}
    own = {"BOT_TOKEN": TOKEN, "BOT_BANK": str(BANK), "BOT_DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3"}
    return {**clean, **own, "SSL_CERT_FILE": str(CERTIFICATE), "BOT_API_URL": f"https://{NAME}", **settings}


@asynccontextmanager
async def bot_running(folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a bot until the block ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment(folder, **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def read_until(process: asyncio.subprocess.Process, words: str) -> str:
    """Return the bot's output up to a line with these words; fail if it ends before."""
    assert process.stdout is not None
    told = ""
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stdout.readline()).decode():
            told += line
            if words in line:
                return told
    raise AssertionError(told)


def tls(purpose: ssl.Purpose) -> ssl.SSLContext:
    """Return a TLS context with the certificate."""
    context = ssl.create_default_context(purpose)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.mark.parametrize(
    ("setting", "scheme", "kind"),
    [
        ("HTTPS_PROXY", "http", HttpProxy),
        ("BOT_PROXY", "https", HttpProxy),
        ("all_proxy", "socks5", SocksProxy),
    ],
)
async def test_a_bot_behind_a_proxy_answers(setting: str, scheme: str, kind: type[SmallProxy], tmp_path: Path) -> None:
    """All calls go through a tunnel of the proxy, a person is answered, and the log shows the proxy without the login.

    The bot runs on uvloop where there is one, and a proxy with https means TLS within TLS.
    """
    world = World(lambda: datetime.now(UTC), Random(1), first_update_id=1)  # noqa: S311 - no secrets
    person = world.add_person("Ann").id
    served = await serve(create_app(world, TOKEN))
    serving = tls(ssl.Purpose.CLIENT_AUTH)
    try:
        async with (
            running(Gateway((HERE, urlsplit(served.origin).port or 0)), serving) as telegram,
            running(kind(LOGIN, {NAME: (HERE, telegram.port)}), serving if scheme == "https" else None) as proxy,
            bot_running(tmp_path, **{setting: f"{scheme}://{LOGIN}@{HERE}:{proxy.port}"}) as process,
        ):
            told = await read_until(process, "Running as @")
            assert f"through the proxy {scheme}://{HERE}:{proxy.port} (with a login)." in told
            world.send_text(person, person, "/help")
            is_answered = asyncio.Event()
            world.subscribe(lambda change: is_answered.set() if change.kind == "sent" else None)
            await asyncio.wait_for(is_answered.wait(), PATIENCE)
            process.terminate()
            told += await read_until(process, "Stopped. No data was lost.")
            assert set(proxy.asked) == {(NAME, 443)}
            assert "s3cr3t" not in told
            assert "WARNING" not in told
    finally:
        await served.stop()


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that enters a folder with a bot's environment."""

    def set_all(**settings: str) -> None:
        monkeypatch.chdir(tmp_path)
        for name in [name for name in os.environ if name.upper().endswith("_PROXY") or name.startswith("BOT_")]:
            monkeypatch.delenv(name)
        for name, value in environment(tmp_path, **settings).items():
            monkeypatch.setenv(name, value)

    return set_all


@pytest.mark.parametrize("setting", ["BOT_PROXY", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("command", ["run", "status"])
def test_a_malformed_proxy_is_reported_in_one_line(
    setting: str, command: str, stand: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the setting or variable, without any part of its value; the exit code is 1."""
    stand(**{setting: f"socks5://{LOGIN}/x@proxy:1080"})
    assert main([command]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert line.startswith(f"{setting} has ")
    assert "s3cr3t" not in line


def test_a_malformed_proxy_is_reported_with_all_other_errors(
    stand: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """A malformed proxy of the environment is reported together with all other errors in the settings."""
    stand(BOT_TOKEN="", BOT_LOG_LEVEL="LOUD", HTTPS_PROXY="ftp://proxy")
    assert main(["run"]) == 1
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()] == [
        "BOT_TOKEN",
        "HTTPS_PROXY",
        "BOT_LOG_LEVEL:",
    ]


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"BOT_PROXY": f"socks5://{LOGIN}@proxy:1080"}, "socks5://proxy:1080 (with a login)"),
        ({"HTTPS_PROXY": "proxy:3128"}, "http://proxy:3128"),
        ({"HTTPS_PROXY": "proxy:3128", "NO_PROXY": NAME}, None),
        ({"HTTPS_PROXY": "proxy:3128", "BOT_PROXY": "off"}, None),
    ],
)
def test_the_status_shows_the_proxy(
    settings: dict[str, str], shown: str | None, stand: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line of ``bot status`` has the proxy, without the login; without a proxy there is no such line."""
    stand(**settings)
    main(["status"])
    told = capsys.readouterr().out
    assert (told.splitlines()[-1].split(maxsplit=1) == ["proxy", shown]) is (shown is not None)
    assert "s3cr3t" not in told
