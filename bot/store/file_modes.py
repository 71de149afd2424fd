"""File modes of a SQLite database: it holds names and answers, so only its owner may read it.

SQLite gives its log, index and journal the mode of the database file (https://sqlite.org/src, ``findCreateFileMode``).
"""

import os
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL

OWNER_ONLY = 0o600
# What SQLite keeps beside a file: its log, the log's index, and what an unfinished change replaced.
BESIDE = ("-wal", "-shm", "-journal")
# The permissions of people who are neither the owner nor in the file's group.
_OTHERS = 0o007


def file_of(address: URL) -> Path | None:
    """Return the file that a SQLite address names; None for a database in memory."""
    name = address.database or ":memory:"
    if name.startswith("file:"):
        # SQLite, "URI filenames"; without this word the name is that of a plain file.
        if address.query.get("mode") == "memory" or not address.query.get("uri"):
            return None
        name = unquote(urlsplit(name).path)
    return None if name in ("", ":memory:") else Path(name)


def create_private(path: Path) -> None:
    """Create an empty file for SQLite that only its owner may read, whatever the umask; keep one that is there.

    What cannot be created is left to SQLite, which says why.
    """
    try:
        # A link to a file that is not there yet is followed, as SQLite follows it.
        opened = os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    except (OSError, ValueError):
        return
    try:
        if hasattr(os, "fchmod"):
            # The umask can have taken away permissions of the owner too.
            os.fchmod(opened, OWNER_ONLY)
    finally:
        os.close(opened)


def close_to_others(path: Path) -> bool:
    """Remove other users' permissions on a database and the files beside it; return whether there were any.

    Someone else's file stays as it is, and so does a device, and one that its owner opened to a group alone.
    """
    # All are closed, though the first may be enough for the answer.
    closed = [_close(path.with_name(path.name + ending)) for ending in ("", *BESIDE)]
    return any(closed)


def _close(path: Path) -> bool:
    try:
        state = path.stat()
        is_ours = stat.S_ISREG(state.st_mode) and hasattr(os, "geteuid") and state.st_uid == os.geteuid()
        if not (is_ours and state.st_mode & _OTHERS):
            return False
        path.chmod(OWNER_ONLY)
    except (OSError, ValueError):
        return False
    return True
