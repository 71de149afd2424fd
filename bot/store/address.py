"""Parser of BOT_DATABASE_URL. Its errors quote nothing of it: any part may belong to a password.

A password with a raw ``@`` or ``/`` would be taken for a host or a database's name, and both are told where they are
not found. So such an address is refused.
"""

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StoreError

# Schemes of an address, and the driver of each.
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

_FORMS = "Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
_ESCAPES = "In a password write % as %25, @ as %40, / as %2F, : as %3A, ? as %3F and # as %23."
NOT_AN_ADDRESS = f"BOT_DATABASE_URL is not the address of a database that the bot knows. {_FORMS}"

# Escaped or not: C ends a text at a NUL.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]|%00")
_LIKE_A_PASSWORD = re.compile(r":.*@", re.DOTALL)
_USER = re.compile(r"[^:/?#\s]+(:[^\s]*)?")
_SERVER = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[\w.%,-]*)(:(?P<port>[^/?]*))?(/(?P<name>[^?/:\s]*))?(\?(?P<query>[^\s]*))?"
)
_LAST_PORT = 65_535
# SQLite's and SQLAlchemy's words behind the ? of an address that names a file by "file:".
_YES = ("true", "1", "yes", "on", "t", "y")
_OF_A_FILE = frozenset({"uri", "mode", "cache", "immutable", "vfs", "nolock", "psow"})


def read_address(url: str) -> URL:
    """Return the parts of an address. Raises StoreError, which says what is wrong with it."""
    url = url.strip()
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in DRIVERS or _UNSEEN.search(url):
        raise StoreError(NOT_AN_ADDRESS)
    if scheme == "sqlite":
        _check_file(rest)
    else:
        _check_server(rest)
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(NOT_AN_ADDRESS) from None
    if address.drivername != scheme:
        raise StoreError(NOT_AN_ADDRESS)
    is_plain = not address.query
    is_uri = not address.query.keys() - _OF_A_FILE and address.query.get("uri") in _YES
    if scheme == "sqlite" and not (is_plain or is_uri):
        raise StoreError(f"BOT_DATABASE_URL says behind its ? what SQLite does not know. {_FORMS}")
    return address


def _check_file(rest: str) -> None:
    if rest and not rest.startswith("/"):
        raise StoreError(f"BOT_DATABASE_URL has too few slashes for a file. {_FORMS}")
    if _LIKE_A_PASSWORD.search(rest):
        raise StoreError(f"BOT_DATABASE_URL names a file as if it were a server. {_FORMS}")


def _check_server(rest: str) -> None:
    """Raise StoreError unless it is clear which part is which."""
    user, at, server = rest.rpartition("@")
    if at and ("@" in user or not _USER.fullmatch(user)):
        raise StoreError(f"BOT_DATABASE_URL has a letter in USER or PASSWORD that must be escaped. {_ESCAPES}")
    found = _SERVER.fullmatch(server)
    if not found:
        raise StoreError(f"BOT_DATABASE_URL names no HOST and NAME that can be. {_FORMS} {_ESCAPES}")
    port = found["port"]
    if port is not None and not (port.isascii() and port.isdecimal() and 0 < int(port[:6]) <= _LAST_PORT):
        raise StoreError(f"The port in BOT_DATABASE_URL is no number from 1 to {_LAST_PORT}. {_FORMS} {_ESCAPES}")
    if port is not None and not at and found["name"] is None:
        # A user with a password of digits looks just the same.
        raise StoreError(f"BOT_DATABASE_URL names no database behind the port. {_FORMS}")
