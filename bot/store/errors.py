"""Errors of the database, each with what happened, where, and how to fix it."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from psycopg.errors import IdleInTransactionSessionTimeout
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from bot.store.file_modes import file_of

NO_FILE = "BOT_DATABASE_URL names no file: write sqlite:///FILE."

# Remedies by words in the engine's error text; the first match counts. ``{place}`` stands for the database.
_REMEDIES = (
    (("not a database",), "The file holds something else: name another in BOT_DATABASE_URL."),
    (("malformed",), "The file is damaged: stop the bot and put a backup in its place, with bot restore."),
    (("locked",), "Another program holds it: is a second bot running on the same file?"),
    (("read-only transaction",), "The server takes no writes: name the one that does in BOT_DATABASE_URL."),
    (("readonly", "read-only"), "Make the file and its folder writable."),
    (("full", "no space"), "The disk is full: make room where {place} is."),
    (("disk i/o error",), "The disk does not take or give what stands there: is it full, or broken?"),
    (
        ("too many clients", "too many connections", "connection slots"),
        "Raise max_connections of the server: each process of the bot needs five.",
    ),
    (("out of shared memory",), "Raise max_locks_per_transaction of the server."),
    (("statement timeout",), "The server is very slow, or another program holds what the bot needs."),
    (("in-transaction timeout",), "What was under way stood still for too long, and is undone."),
    (
        ("password authentication failed", "no password supplied", "authentication failed"),
        "Check USER and PASSWORD in BOT_DATABASE_URL; in a password write % as %25, @ as %40, / as %2F and : as %3A.",
    ),
    (("no pg_hba.conf entry",), "Let this user in from this computer, in the server's pg_hba.conf."),
    (("permission denied",), "Let this user create tables there: GRANT ALL ON SCHEMA public TO USER."),
    (
        ("resolve host", "translate host", "name or service not known"),
        "Check HOST in BOT_DATABASE_URL, and this computer's network.",
    ),
    (("connection option", "invalid sslmode", "bad value for"), "Check what stands behind the ? in BOT_DATABASE_URL."),
)
_NO_ROLE = re.compile(r'role ".*" does not exist')
_NO_DATABASE = re.compile(r'database ".*" does not exist')
_OTHERWISE = 'Check BOT_DATABASE_URL and that the server is running: pg_isready --dbname="$BOT_DATABASE_URL"'
# What is raised where the database cannot be used, in whatever words.
_UNUSABLE = (OperationalError, InternalError, InterfaceError)
# What the engines say where only writing fails.
_ONLY_WRITING = ("full", "no space", "readonly", "read-only")
# What PostgreSQL says where another process was in the way ("Error Codes"): no serialization, a deadlock, a lock that
# was waited for too long, a key that was taken at the same moment.
_CONFLICTS = ("40001", "40P01", "55P03", "23505")
# And where a value is too large, for an index say ("Error Codes", class 54): a retry would not help.
_LIMIT_EXCEEDED = "54"
# What PostgreSQL and SQLite say where a table is not there.
_NO_TABLE = ("42P01", "no such table")


class StoreError(Exception):
    """The database cannot be used. The text says what is wrong and how to mend it."""


class ConflictError(StoreError):
    """The transaction met a conflict with another process; the caller may retry at once."""


class TransactionTimedOutError(StoreError):
    """The server ended a transaction that was idle for too long: the code inside it hangs."""


class UnavailableError(StoreError):
    """The database is unavailable. ``outage.py`` logs the outage once, so a caller that catches this need not.

    Attributes:
        remedy: how to fix it; one cause has one remedy, however the engine words the error.
        reads_work: whether only writing fails, so that a successful read does not end the outage.
    """

    def __init__(self, what: str, remedy: str, *, reads_work: bool) -> None:
        super().__init__(f"{what} {remedy}")
        self.remedy = remedy
        self.reads_work = reads_work


def place_of(address: URL) -> str:
    """Return where a database is; never with the password."""
    if address.get_backend_name() == "sqlite":
        file = file_of(address)
        return str(file.absolute()) if file else "memory"
    # What stands behind the ? may hold a password too.
    return address.set(query={}).render_as_string(hide_password=True)


def existing_file(address: URL) -> Path:
    """Return the file that an address names. Raises StoreError where it names none, or there is none."""
    file = file_of(address)
    if file is None:
        raise StoreError(NO_FILE)
    if is_there(file, Path.is_dir):
        raise StoreError(f"{file.absolute()} is a folder: name a file in it.")
    if not is_there(file, Path.is_file):
        raise StoreError(f"There is no database at {file.absolute()}: is this the folder in which the bot runs?")
    return file


def is_there(path: Path, what: Callable[[Path], bool]) -> bool:
    """Return whether a path is something; a name that no file can have, or a folder that is shut, has nothing."""
    try:
        return what(path)
    except (OSError, ValueError):
        return False


def words_of(error: DBAPIError) -> str:
    """Return the first line of the engine's error text; the other lines may quote rows."""
    return str(error.orig).strip().partition("\n")[0].rstrip(" .")


def remedy_of(error: DBAPIError, address: URL) -> str:
    """Return how to fix the error."""
    said = words_of(error)
    if address.get_backend_name() == "sqlite":
        file = file_of(address)
        if file is None or "unable to open" in said or is_there(file, Path.is_dir):
            return remedy_of_file(file)
    if _NO_ROLE.search(said):
        return "Create that user on the server (createuser), or name another in BOT_DATABASE_URL."
    if _NO_DATABASE.search(said):
        return "Create it on the server (createdb), or name another in BOT_DATABASE_URL."
    return _known_remedy(said, place_of(address)) or _OTHERWISE


def remedy_of_copy(error: sqlite3.Error, source: Path, folder: Path) -> str:
    """Return what mends a copy of a file that was broken off."""
    said = str(error)
    if "unable to open" in said:
        return remedy_of_file(source)
    if "not a database" in said:
        return f"{source.absolute()} holds something else: name a database of this program."
    return _known_remedy(said, str(folder.absolute())) or "Try it again, or name another place."


def _known_remedy(said: str, place: str) -> str:
    """Return what mends what an engine says; empty where it is not known."""
    found = (remedy for words, remedy in _REMEDIES if any(word in said.lower() for word in words))
    return next(found, "").replace("{place}", place)


def remedy_of_file(file: Path | None) -> str:
    """Return why SQLite cannot open a file, and what to do."""
    if file is None:
        return "Write sqlite:///FILE."
    path, folder = file.absolute(), file.absolute().parent
    if is_there(path, Path.is_dir):
        return f"{path} is a folder: name a file in it."
    if not is_there(folder, Path.exists):
        return f"Check that its folder exists and may be written: there is no {folder}."
    if not is_there(folder, Path.is_dir):
        return f"{folder} is no folder: name another file in BOT_DATABASE_URL."
    mended = "Check that its folder exists and may be written"
    return f"{mended}, by the user who runs the bot: {path if is_there(path, Path.exists) else folder} may not."


def told(error: DBAPIError, address: URL) -> StoreError:
    """Return what to raise where a unit of work fails."""
    if is_conflict(error):
        return ConflictError(f"Other processes were in the way: {words_of(error)}.")
    what, remedy = f"The database cannot be used now: {words_of(error)}.", remedy_of(error, address)
    if isinstance(error.orig, IdleInTransactionSessionTimeout):
        return TransactionTimedOutError(f"{what} {remedy}")
    return UnavailableError(what, remedy, reads_work=any(word in words_of(error).lower() for word in _ONLY_WRITING))


def unreadable(error: DBAPIError, address: URL, bot: str = "the bot of this version") -> StoreError:
    """Return what to raise where a command beside the bot cannot look into its database."""
    is_missing = _NO_TABLE[0] == getattr(error.orig, "sqlstate", None) or _NO_TABLE[1] in str(error.orig)
    mends = f"Has {bot} ever run on it?" if is_missing else remedy_of(error, address)
    return StoreError(f"The database cannot be read: {words_of(error)}. {mends}")


def is_conflict(error: DBAPIError) -> bool:
    """Return whether another process was in the way. SQLite has but one, and its errors have no such code."""
    return getattr(error.orig, "sqlstate", None) in _CONFLICTS


def is_unusable(error: DBAPIError) -> bool:
    """Return whether the database is at fault, and not what was asked of it. A damaged file has the plainest error."""
    if str(getattr(error.orig, "sqlstate", None)).startswith(_LIMIT_EXCEEDED):
        return False
    return isinstance(error, _UNUSABLE) or type(error.orig) is sqlite3.DatabaseError
