"""The transport through real proxies on this computer, to a playground, by name and by address."""

import asyncio
import ssl
import traceback
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

import pytest
from proxies import HERE, HttpProxy, SmallProxy, SocksProxy, running
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.playground.server import create_app
from bot.playground.world import World
from bot.proxies import read_proxy
from bot.serving import serve
from bot.tg.bot_api.client import ApiClient
from bot.tg.bot_api.transport import AiohttpRequest

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "123456:very-secret-token"  # noqa: S105 - opens nothing
# A name that nobody but the proxy can look up.
NAME = "telegram.invalid"
SELF_SIGNED = Path(__file__).parents[1] / "self_signed.pem"
KINDS = {"http": HttpProxy, "socks5": SocksProxy, "socks5h": SocksProxy}
LOGINS = ["", "ann:secret", "ann:p/@ :#?%&+", "ann:" + "x" * 255]

every_kind = pytest.mark.parametrize("scheme", KINDS)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Serve a playground; the port is where."""
    served = await serve(create_app(World(lambda: NOW, Random(1), first_update_id=1), TOKEN))  # noqa: S311 - no secrets
    yield urlsplit(served.origin).port or 0
    await served.stop()


async def ask(address: str, origin: str) -> dict[str, object]:
    """Ask a Bot API who the bot is, through a proxy."""
    async with AiohttpRequest(read_timeout=30, proxy=read_proxy(address)) as request:
        bot = Bot(TOKEN, base_url=f"{origin}/bot", request=request, get_updates_request=request)
        me: dict[str, object] = await ApiClient(bot).call("getMe")
        return me


def written(scheme: str, login: str, proxy: SmallProxy) -> str:
    """Write a proxy's address as an operator does."""
    encoded = ":".join(quote(part, safe="") for part in login.split(":", 1))
    return f"{scheme}://{encoded}@{HERE}:{proxy.port}" if login else f"{scheme}://{HERE}:{proxy.port}"


@every_kind
@pytest.mark.parametrize("login", LOGINS)
async def test_requests_go_through_the_proxy(scheme: str, login: str, port: int) -> None:
    """The proxy is asked for the server's name, which it looks up itself, is told the login, and carries the answer."""
    async with running(KINDS[scheme](login, {NAME: (HERE, port)})) as proxy:
        me = await ask(written(scheme, login, proxy), f"http://{NAME}:{port}")
        assert me["is_bot"] is True
        assert proxy.asked == [(NAME, port)]


async def test_an_http_proxy_is_told_a_login_in_any_script(port: int) -> None:
    """Name and password arrive in UTF-8, as browsers send them."""
    login = "Анна:құпия"
    async with running(HttpProxy(login)) as proxy:
        await ask(written("http", login, proxy), f"http://{HERE}:{port}")
        assert proxy.asked == [(HERE, port)]


@every_kind
async def test_a_server_on_this_computer_goes_through_a_proxy_that_was_named_for_it(scheme: str, port: int) -> None:
    """Even a server at an address of this computer is asked through the proxy that the transport was given."""
    async with running(KINDS[scheme]()) as proxy:
        await ask(written(scheme, "", proxy), f"http://{HERE}:{port}")
        assert proxy.asked == [(HERE, port)]


async def test_without_a_proxy_the_environment_means_nothing(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The transport takes the proxy that it is given, and none from the environment."""
    async with running(HttpProxy()) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{HERE}:{proxy.port}")
        await ask("off", f"http://{HERE}:{port}")
        assert proxy.asked == []


def told(error: NetworkError) -> str:
    """Return all that a log would show of an error."""
    return f"{error!s} {error!r} {''.join(traceback.format_exception(error))}"


@every_kind
@pytest.mark.parametrize("login", ["", "ann:wrong-pass"])
async def test_a_refused_login_is_told_without_it(scheme: str, login: str, port: int) -> None:
    """A proxy that wants another login, or any, is a fault in words that name neither the login nor the token."""
    async with running(KINDS[scheme]("ann:secret")) as proxy:
        with pytest.raises(NetworkError, match="the proxy refuses the user name or password") as caught:
            await ask(written(scheme, login, proxy), f"http://{HERE}:{port}")
        assert not isinstance(caught.value, TimedOut)
        assert proxy.asked == []
    assert "wrong-pass" not in told(caught.value)
    assert TOKEN not in told(caught.value)


@every_kind
async def test_a_proxy_that_is_not_there_is_told(scheme: str, port: int) -> None:
    """Where no proxy listens, the fault says that it is the proxy that cannot be reached."""
    async with running(SocksProxy()) as gone:
        address = written(scheme, "ann:secret", gone)
    with pytest.raises(NetworkError, match="the proxy cannot be reached") as caught:
        await ask(address, f"http://{HERE}:{port}")
    assert "secret@" not in told(caught.value)


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
@pytest.mark.parametrize("origin", [f"http://{HERE}:1", "https://telegram.invalid"])
async def test_a_proxy_whose_name_nobody_knows_is_told(scheme: str, origin: str) -> None:
    """Where the proxy's name cannot be looked up, the fault is the proxy's and not Telegram's."""
    address = f"{scheme}://{LOGINS[1]}@proxy.invalid:3128"
    with pytest.raises(NetworkError, match="the proxy cannot be reached") as caught:
        await ask(address, origin)
    assert LOGINS[1] not in told(caught.value)


async def test_a_proxy_that_speaks_no_tls_is_told() -> None:
    """An HTTP proxy that was written with https is told by what it lacks."""

    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(refuse, HERE, 0) as plain:
        address = f"https://{LOGINS[1]}@{HERE}:{plain.sockets[0].getsockname()[1]}"
        with pytest.raises(NetworkError, match="the proxy does not speak TLS") as caught:
            await ask(address, "https://telegram.invalid")
    assert LOGINS[1] not in told(caught.value)


async def test_a_proxy_with_a_certificate_of_its_own_is_told(port: int) -> None:
    """A proxy whose certificate nobody vouches for is not taken for a fault of Telegram."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(SELF_SIGNED)
    async with running(HttpProxy(), tls) as proxy:
        with pytest.raises(NetworkError, match="the certificate of the proxy is not trusted"):
            await ask(written("https", "", proxy), f"http://{HERE}:{port}")


@pytest.mark.parametrize(("scheme", "other"), [("socks5", HttpProxy), ("http", SocksProxy)])
async def test_a_proxy_of_another_kind_is_a_fault_of_the_network(
    scheme: str, other: type[SmallProxy], port: int
) -> None:
    """A proxy that speaks something else is a NetworkError like any, after which the bot tries again."""
    async with running(other()) as proxy:
        with pytest.raises(NetworkError):
            await ask(written(scheme, "", proxy), f"http://{HERE}:{port}")


async def test_a_server_that_a_socks_proxy_cannot_reach_is_told() -> None:
    """The number of the proxy's refusal is told."""
    async with running(SocksProxy(names={NAME: (HERE, 1)})) as proxy:
        with pytest.raises(NetworkError, match=r"makes no connection to this server \(SOCKS reply 5\)"):
            await ask(written("socks5", "", proxy), f"http://{NAME}:80")
