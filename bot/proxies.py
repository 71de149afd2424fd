"""Proxies for requests to Telegram: parsing of addresses, and the choice of the one that applies to a server.

No message quotes an address as it was written, because any part of a malformed one may be a password.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

Scheme = Literal["http", "https", "socks5"]
# Schemes as people and desktops write them. socks5h means that the proxy resolves names; here it always does.
_SCHEMES: Mapping[str, Scheme] = {
    "http": "http",
    "https": "https",
    "socks": "socks5",
    "socks5": "socks5",
    "socks5h": "socks5",
}
# RFC 9110, 4.2; RFC 1928, 3.
_PORTS: Mapping[Scheme, int] = {"http": 80, "https": 443, "socks5": 1080}
# RFC 1929, 2: a name and a password have a byte for their length.
_MAX_LOGIN_BYTES = 255
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*\.?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_OFF = "off"
# Other words that people write for “off”. None of them is a plausible host name.
_SYNONYMS_OF_OFF = frozenset(
    {"none", "no", "false", "0", "direct", "disabled", "null", "nil", "-", "n/a", "нет", "жоқ"}
)
_EXAMPLES = "write one such as http://proxy.example.org:3128 or socks5://NAME:PASSWORD@proxy.example.org:1080"
_NOT_AN_ADDRESS = f"is not the address of a proxy; {_EXAMPLES}"


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy. ``str`` shows it without its login."""

    scheme: Scheme
    host: str
    port: int
    name: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """The address without the login."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.url} (with a login)" if self.name or self.password else self.url


class ProxyError(ValueError):
    """The address of a proxy is malformed. The message follows the name of the setting and does not quote it."""


def read_proxy(written: str) -> Proxy | None:
    """Parse the address of a proxy; None for an empty text or ``off``. Raises ProxyError."""
    stripped = written.strip()
    if stripped.lower() in ("", _OFF):
        return None
    if stripped.lower() in _SYNONYMS_OF_OFF:
        raise ProxyError(f"names no proxy: write {_OFF} for none")
    # As curl has it, an address without a scheme is that of an HTTP proxy.
    address = stripped if _SCHEME.match(stripped) else f"http://{stripped}"
    if any(not sign.isprintable() or sign.isspace() for sign in address):
        raise ProxyError(_NOT_AN_ADDRESS)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ProxyError(f"has an invalid host or port; {_examples_and_encoding()}") from None
    if parts.scheme not in _SCHEMES:
        raise ProxyError(
            f"names a kind of proxy that the bot does not support; it supports http, https and socks5; {_EXAMPLES}"
        )
    scheme = _SCHEMES[parts.scheme]
    if parts.path not in ("", "/") or parts.query or parts.fragment or "?" in address or "#" in address or port == 0:
        raise ProxyError(f"has more than a host, a port and a login; {_examples_and_encoding()}")
    name, password = _login(scheme, parts)
    return Proxy(scheme, _host(parts), port or _PORTS[scheme], name, password)


def choose_proxy(own: str, server: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Return the name of the setting or variable whose proxy applies to a server, and its value.

    Both are empty if none applies.

    Args:
        own: BOT_PROXY, which overrides the environment, and to which NO_PROXY does not apply.
        server: the origin of the Bot API.
        environment: its HTTPS_PROXY applies to a server with https, else ALL_PROXY; lower case comes first.
    """
    if own.strip():
        return "BOT_PROXY", own
    parts = _split(server)
    names = ("ALL_PROXY",) if parts and parts.scheme == "http" else ("HTTPS_PROXY", "ALL_PROXY")
    found = next(filter(None, (_variable(name, environment) for name in names)), None)
    if found is None or _is_excepted(parts, _variable("NO_PROXY", environment)):
        return "", ""
    return found


def _variable(name: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return a variable of the environment as (its name, its value); an empty one counts as not set."""
    for spelled in (name.lower(), name):
        if value := environment.get(spelled, "").strip():
            return spelled, value
    return None


def _split(server: str) -> SplitResult | None:
    try:
        parts = urlsplit(server)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_excepted(parts: SplitResult | None, exceptions: tuple[str, str] | None) -> bool:
    """Check whether NO_PROXY names a server: by its name, that of its domain, its address or network, or with ``*``."""
    if exceptions is None or parts is None or not parts.hostname:
        return False
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.rstrip(".")
    return any(_matches(entry, host, port) for entry in re.split(r"[\s,]+", exceptions[1].lower()) if entry)


def _matches(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass
    # A name or an address, perhaps with a port.
    split = _split(f"//{entry.removeprefix('*')}")
    if split is None or not split.hostname or (split.port or port) != port:
        return False
    named = split.hostname.strip(".")
    return bool(named) and (host == named or host.endswith(f".{named}"))


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    # Only digits and dots: a mistyped IP address.
    if not _NAME.fullmatch(host) or re.fullmatch(r"[\d.]+", host):
        raise ProxyError(f"has an invalid host or port; {_examples_and_encoding()}")
    return host


def _login(scheme: Scheme, parts: SplitResult) -> tuple[str, str]:
    """Return the user name and the password, decoded. Raises ProxyError if the protocol cannot carry them."""
    try:
        name, password = (unquote(part or "", errors="strict") for part in (parts.username, parts.password))
    except UnicodeDecodeError:
        raise ProxyError(f"has a login that is not UTF-8 text; {_examples_and_encoding()}") from None
    if scheme != "socks5" and ":" in name:
        # RFC 7617, 2.
        raise ProxyError("has a user name with a colon, which HTTP proxies do not allow")
    if max(len(name.encode()), len(password.encode())) > _MAX_LOGIN_BYTES:
        raise ProxyError(f"has a login of more than {_MAX_LOGIN_BYTES} bytes, which proxies do not allow")
    if scheme == "socks5" and not (name + password).isascii():
        # What the library writes (python-socks, _protocols/socks5.py); RFC 1929 names no encoding.
        raise ProxyError("has a login with characters outside ASCII, which SOCKS proxies do not allow")
    if scheme == "socks5" and password and not name:
        raise ProxyError("has a password without a user name")
    return name, password


def _examples_and_encoding() -> str:
    """Return examples of an address, and how to write a password."""
    return f"{_EXAMPLES}, and in a password %40 for @, %2F for /, %3A for :, %23 for # and %3F for ?"
