"""Addresses of proxies: valid ones, malformed ones that no message quotes, and the choice of the one that applies."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.proxies import Proxy, ProxyError, choose_proxy, read_proxy

TELEGRAM = "https://api.telegram.org"
SECRET = "s3cr3t"  # noqa: S105 - opens nothing


@pytest.mark.parametrize(
    ("written", "proxy"),
    [
        ("http://proxy.example.org:3128", Proxy("http", "proxy.example.org", 3128)),
        (" http://proxy.example.org:3128/ ", Proxy("http", "proxy.example.org", 3128)),
        ("HTTP://Proxy.Example.org:3128", Proxy("http", "proxy.example.org", 3128)),
        ("proxy.example.org:3128", Proxy("http", "proxy.example.org", 3128)),
        ("ann:secret@proxy:3128", Proxy("http", "proxy", 3128, "ann", "secret")),
        ("http://proxy", Proxy("http", "proxy", 80)),
        ("https://proxy", Proxy("https", "proxy", 443)),
        ("socks5://my_proxy", Proxy("socks5", "my_proxy", 1080)),
        ("socks5h://127.0.0.1:9050", Proxy("socks5", "127.0.0.1", 9050)),
        ("socks://127.0.0.1:9050/", Proxy("socks5", "127.0.0.1", 9050)),
        ("socks5://[::1]:9050", Proxy("socks5", "::1", 9050)),
        ("http://ann:p%40%2F%3A%23@proxy:1", Proxy("http", "proxy", 1, "ann", "p@/:#")),
        ("http://ann:p@ss@proxy:1", Proxy("http", "proxy", 1, "ann", "p@ss")),
        ("http://ann@proxy:1", Proxy("http", "proxy", 1, "ann")),
        ("http://прокси.example:1", Proxy("http", "прокси.example", 1)),
        ("off", None),
        ("OFF", None),
        ("", None),
        ("  ", None),
    ],
)
def test_valid_addresses_are_parsed(written: str, proxy: Proxy | None) -> None:
    """Schemes, ports, logins and hosts are read as other programs read them."""
    assert read_proxy(written) == proxy


@pytest.mark.parametrize("written", ["none", "None", "no", "false", "0", "direct", "-", "нет", " NONE "])
def test_other_words_for_off_are_refused_with_the_right_one(written: str) -> None:
    """A word that means “no proxy” is not taken for the name of a computer."""
    with pytest.raises(ProxyError, match="write off for none"):
        read_proxy(written)


@pytest.mark.parametrize(
    "written",
    [
        "http://",
        "://proxy:1",
        "http:///",
        "http://:3128",
        "http:proxy:3128",
        f"socks4://ann:{SECRET}@proxy:1",
        f"ftp://ann:{SECRET}@proxy:1",
        f"http://ann:{SECRET}@",
        f"http://ann:{SECRET}@:3128",
        f"http://ann:{SECRET}@proxy:0",
        f"http://ann:{SECRET}@proxy:65536",
        f"http://ann:{SECRET}@proxy:port",
        f"http://ann:{SECRET}@proxy:-1",
        f"http://ann:{SECRET}@proxy:3128/path",
        f"http://ann:{SECRET}@proxy:3128?x=1",
        f"http://ann:{SECRET}@proxy:3128#x",
        f"http://ann:{SECRET}/x@proxy:3128",
        f"http://ann:{SECRET}#x@proxy:3128",
        f"http://ann:{SECRET}?x@proxy:3128",
        f"http://ann:{SECRET}@[::1",
        f"http://ann:{SECRET}@[::zz]:1",
        f"http://ann:{SECRET}@256.1.1.1:1",
        f"http://ann:{SECRET}@1.2.3:1",
        f"http://ann:{SECRET}@pro xy:1",
        f"http://ann:{SECRET}@pro\nxy:1",
        f"http://ann:{SECRET}@proxy..org:1",
        f"http://ann:{SECRET}@proxy:1,http://other:1",
        f"http://a%3Ann:{SECRET}@proxy:1",
        f"http://ann:{SECRET}%FF@proxy:1",
        f"socks5://:{SECRET}@proxy:1",
        f"socks5://ann:{SECRET}ы@proxy:1",
        f"socks5://ann:{SECRET}{'x' * 256}@proxy:1",
        f'"http://ann:{SECRET}@proxy:1"',
        SECRET * 20 + "/" + SECRET,
    ],
)
def test_malformed_addresses_are_refused_and_not_quoted(written: str) -> None:
    """One sentence says what is wrong, without any part of the login."""
    with pytest.raises(ProxyError) as caught:
        read_proxy(written)
    told = f"{caught.value!s}{caught.value!r}"
    assert "\n" not in str(caught.value)
    assert SECRET not in told
    assert caught.value.__cause__ is None


def read(written: str) -> tuple[Proxy | None, str]:
    """Return the proxy, and the message if the address is malformed."""
    try:
        return read_proxy(written), ""
    except ProxyError as fault:
        return None, str(fault)


@given(
    st.sampled_from(["http", "https", "socks5"]),
    st.text(min_size=1, max_size=60).map(lambda text: f"<{text}>"),
    st.text(max_size=60).map(lambda text: f"<{text}>"),
)
def test_any_login_is_parsed_or_refused(scheme: str, name: str, password: str) -> None:
    """Any percent-encoded login is parsed unchanged or refused; the proxy as shown never contains it."""
    try:
        written = f"{scheme}://{quote(name, safe='')}:{quote(password, safe='')}@proxy:1"
    except UnicodeEncodeError:
        return  # Half a character, which no environment holds.
    proxy, told = read(written)
    assert password not in told
    if proxy is None:
        assert told
        return
    assert (proxy.name, proxy.password) == (name, password)
    assert f"{proxy}" == f"{scheme}://proxy:1 (with a login)"
    assert password not in repr(proxy)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """No text raises anything but ProxyError."""
    assert "\n" not in read(text)[1]


HTTP, SOCKS, OWN = "http://corporate:1", "socks5://everything:1", "http://own:1"


@pytest.mark.parametrize(
    ("own", "server", "environment", "chosen"),
    [
        ("", TELEGRAM, {}, ("", "")),
        ("", TELEGRAM, {"HTTPS_PROXY": HTTP, "ALL_PROXY": SOCKS}, ("HTTPS_PROXY", HTTP)),
        ("", TELEGRAM, {"https_proxy": HTTP, "HTTPS_PROXY": OWN}, ("https_proxy", HTTP)),
        ("", TELEGRAM, {"https_proxy": "", "HTTPS_PROXY": HTTP}, ("HTTPS_PROXY", HTTP)),
        ("", TELEGRAM, {"HTTPS_PROXY": " ", "ALL_PROXY": SOCKS}, ("ALL_PROXY", SOCKS)),
        ("", TELEGRAM, {"all_proxy": SOCKS}, ("all_proxy", SOCKS)),
        ("", TELEGRAM, {"HTTP_PROXY": HTTP, "http_proxy": HTTP}, ("", "")),
        ("", "http://server:8081", {"HTTPS_PROXY": HTTP}, ("", "")),
        ("", "http://server:8081", {"HTTPS_PROXY": HTTP, "ALL_PROXY": SOCKS}, ("ALL_PROXY", SOCKS)),
        (OWN, TELEGRAM, {"HTTPS_PROXY": HTTP, "NO_PROXY": "*"}, ("BOT_PROXY", OWN)),
        ("off", TELEGRAM, {"HTTPS_PROXY": HTTP}, ("BOT_PROXY", "off")),
        ("", "no origin at all [", {"HTTPS_PROXY": HTTP}, ("HTTPS_PROXY", HTTP)),
    ],
)
def test_one_proxy_applies(own: str, server: str, environment: dict[str, str], chosen: tuple[str, str]) -> None:
    """BOT_PROXY comes first, then HTTPS_PROXY if the server has https, then ALL_PROXY; lower case before upper case."""
    assert choose_proxy(own, server, environment) == chosen


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize(
    ("exceptions", "server", "is_excepted"),
    [
        ("*", TELEGRAM, True),
        ("api.telegram.org", TELEGRAM, True),
        ("API.Telegram.Org", TELEGRAM, True),
        ("telegram.org", TELEGRAM, True),
        (".telegram.org", TELEGRAM, True),
        ("*.telegram.org", TELEGRAM, True),
        ("localhost, telegram.org ,x", TELEGRAM, True),
        ("localhost telegram.org", TELEGRAM, True),
        ("api.telegram.org:443", TELEGRAM, True),
        ("api.telegram.org:80", TELEGRAM, False),
        ("gram.org", TELEGRAM, False),
        ("t.me", TELEGRAM, False),
        (",,", TELEGRAM, False),
        (".", TELEGRAM, False),
        ("[", TELEGRAM, False),
        ("127.0.0.1", "http://127.0.0.1:8081", True),
        ("127.0.0.0/8", "http://127.1.2.3:8081", True),
        ("10.0.0.0/8", "http://127.0.0.1:8081", False),
        ("127.0.0.1:8081", "http://127.0.0.1:8081", True),
        ("127.0.0.1:8082", "http://127.0.0.1:8081", False),
        ("::1", "http://[::1]:8081", True),
        ("[::1]", "http://[::1]:8081", True),
        ("[::1]:8081", "http://[::1]:8081", True),
        ("localhost", "http://localhost:8081", True),
    ],
)
def test_no_proxy_excludes_servers(name: str, exceptions: str, server: str, is_excepted: bool) -> None:  # noqa: FBT001
    """NO_PROXY lists hosts, domains, addresses and networks, each perhaps with a port, or all with an asterisk."""
    environment = {"ALL_PROXY": SOCKS, name: exceptions}
    assert choose_proxy("", server, environment) == (("", "") if is_excepted else ("ALL_PROXY", SOCKS))
