"""Connections through a proxy: the connector and headers for aiohttp, and messages for errors of the proxy.

No message quotes an error or an address: either may contain the login, or the token.
"""

from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError

from bot.proxies import Proxy

KEEPALIVE_SECONDS = 60
_UNREACHABLE = "the proxy cannot be reached"
_UNKNOWN = f"{_UNREACHABLE}: its name is not found"
_NO_TLS = "the proxy does not speak TLS: perhaps it is one of http, not of https"
_NOT_TRUSTED = "the certificate of the proxy is not trusted"
_LATE = "the proxy made no connection in time"
_LOGIN = "the proxy refuses the user name or password, or wants one"
_REFUSES = "the proxy makes no connection to this server"


def create_connector(proxy: Proxy | None, connections: int) -> aiohttp.TCPConnector:
    """Create the pool of connections: to the server, to an HTTP proxy, or to the server through a SOCKS proxy."""
    if proxy is None or proxy.scheme != "socks5":
        return aiohttp.TCPConnector(limit=connections, keepalive_timeout=KEEPALIVE_SECONDS)
    # Imported only if a SOCKS proxy is set; few people have one.
    from aiohttp_socks import ProxyConnector  # noqa: PLC0415

    # The proxy resolves host names (rdns): where Telegram is blocked, its names are too.
    return ProxyConnector(
        proxy.host,
        proxy.port,
        username=proxy.name or None,
        password=proxy.password if proxy.name else None,
        rdns=True,
        limit=connections,
        keepalive_timeout=KEEPALIVE_SECONDS,
    )


def forwarding(proxy: Proxy | None, url: str) -> dict[str, Any]:
    """Return the arguments by which a request uses an HTTP proxy; empty for other connections."""
    if proxy is None or proxy.scheme == "socks5":
        return {}
    if not (proxy.name or proxy.password):
        return {"proxy": proxy.url}
    login = {"Proxy-Authorization": aiohttp.encode_basic_auth(proxy.name, proxy.password)}
    # In a tunnel the login belongs to the CONNECT request; the server alone sees what passes through.
    return {"proxy": proxy.url, "proxy_headers" if url.startswith("https:") else "headers": login}


def check_status(status: int, proxy: Proxy | None) -> None:
    """Raise NetworkError if a proxy answered instead of the server, because it refuses the login."""
    if proxy and status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        raise NetworkError(_LOGIN)


def trouble(error: Exception, proxy: Proxy) -> str:
    """Return what is wrong with the proxy; empty if the error has another cause."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return (
                _LOGIN
                if error.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED
                else f"{_REFUSES} (status {error.status})"
            )
        case aiohttp.ClientProxyConnectionError():
            return _UNREACHABLE
        case aiohttp.ClientConnectorDNSError():
            # The only host name that is resolved here: the proxy resolves that of the server.
            return _UNKNOWN
        case aiohttp.ClientSSLError() if (error.host, error.port) == (proxy.host, proxy.port):
            return _NOT_TRUSTED if isinstance(error, aiohttp.ClientConnectorCertificateError) else _NO_TLS
        case aiohttp.ClientError():
            return ""
        case _:
            return _trouble_with_socks(error)


def _trouble_with_socks(error: Exception) -> str:
    from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError  # noqa: PLC0415 - as above

    match error:
        case ProxyConnectionError():
            return _UNREACHABLE
        case ProxyTimeoutError():
            return _LATE
        case ProxyError(error_code=int(code)):
            return f"{_REFUSES} (SOCKS reply {int(code)})"
        case ProxyError():
            return f"{_LOGIN}; or it is no SOCKS5 proxy"
        case _:
            return ""
