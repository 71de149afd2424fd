"""Backup of a SQLite database while the bot runs, and restore while it does not.

PostgreSQL has programs of its own for both; errors name them.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from bot.store.address import read_address
from bot.store.copying import Contents, copy_database
from bot.store.errors import NO_FILE, StoreError, existing_file, is_there
from bot.store.file_modes import BESIDE, close_to_others, file_of


def back_up(url: str, target: Path, *, replace: bool) -> Contents:
    """Copy the database at this address to a file, even while the bot runs.

    Raises:
        StoreError: there is no such file, the target exists (without ``replace``) or is the database itself, or the
            copy is damaged. The target is unchanged.
    """
    path = existing_file(_address_of(url, 'pg_dump --format=custom --file=FILE "$BOT_DATABASE_URL"'))
    _check_target(target, path, replace=replace)
    part = _beside(target, ".part")
    part.unlink(missing_ok=True)
    contents = copy_database(path, part, in_use=True)
    part.replace(target)
    _sync(target.parent)
    return contents


def restore(url: str, source: Path, now: datetime) -> tuple[Contents, Path | None]:
    """Replace the database by a backup; return its contents, and the path of the file that was replaced, if any.

    Raises:
        StoreError: the backup is damaged, or a program has the database open. The database is unchanged.
    """
    address = _address_of(url, 'pg_restore --clean --if-exists --single-transaction --dbname="$BOT_DATABASE_URL" FILE')
    path = file_of(address)
    if path is None:
        raise StoreError(NO_FILE)
    if is_there(path, Path.is_dir):
        raise StoreError(f"{path.absolute()} is a folder: name a file in it in BOT_DATABASE_URL.")
    if is_there(source, Path.is_dir):
        raise StoreError(f"{source.absolute()} is a folder: name a backup in it.")
    if not is_there(source, Path.is_file):
        raise StoreError(f"There is no backup at {source.absolute()}: name a file that bot backup made.")
    if path.exists() and source.samefile(path):
        raise StoreError(f"{source} is the database itself: name a backup.")
    part = _beside(path, ".part")
    part.unlink(missing_ok=True)
    with _alone(path):
        contents = copy_database(source, part, in_use=False)
        try:
            kept = _set_aside(path, part, now)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    _sync(path.parent)
    return contents, kept


def _address_of(url: str, instead: str) -> URL:
    """Return the address of a file. Raises StoreError; for a server it names what to run instead."""
    address = read_address(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError(f"The answers are kept in PostgreSQL, which has a program of its own for this: {instead}")
    return address


def _check_target(target: Path, database: Path, *, replace: bool) -> None:
    """Raise StoreError unless a copy may be written there."""
    if is_there(target, Path.is_dir):
        raise StoreError(f"{target} is there already, and is a folder: name a file in it.")
    files = [_beside(database, ending) for ending in ("", *BESIDE)]
    if target.absolute() in [one.absolute() for one in files] or _is_one_of(target, files):
        raise StoreError(f"{target} is there already, and is the database itself: name another file.")
    if not is_there(target, Path.exists):
        return
    if not is_there(target, Path.is_file):
        raise StoreError(f"{target} is there already, and is no file that can be replaced: name another.")
    if not replace:
        raise StoreError(f"{target} is there already: name another file, or say --replace for an older backup.")


def _is_one_of(target: Path, files: Iterable[Path]) -> bool:
    """Return whether a path leads to one of these files, by whatever name."""
    return is_there(target, lambda path: any(path.samefile(one) for one in files if one.exists()))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Lock a database exclusively if it can be opened, and merge its write-ahead log into it.

    A program that has a file with a log open holds a lock on it, even while idle, and leaving the log mode needs all
    locks (https://sqlite.org/pragma.html#pragma_journal_mode). So this detects a running bot.
    """
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as opened:
        try:
            opened.execute("PRAGMA journal_mode=DELETE")
            opened.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError("The database is in use: stop the bot first.") from error
            raise StoreError(f"{path} cannot be set aside: {error}.") from error
        except sqlite3.DatabaseError:
            pass  # It is damaged, which may be why a backup is wanted; no bot runs on such a file.
        yield


def _set_aside(path: Path, successor: Path, now: datetime) -> Path | None:
    """Keep the old file, with its log files, under a dated name too; the new file gets its owner and its permissions.

    The file keeps its own name until the new one takes it: a bot that starts in between must not find it missing. A log
    that stayed would be merged into the new file and corrupt it.
    """
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    kept = _beside(path, f".before-{stamp}")
    if path.exists():
        close_to_others(path)
        was = path.stat()
        successor.chmod(was.st_mode)
        if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(successor, was.st_uid, was.st_gid)
        kept.hardlink_to(path)
    for ending in BESIDE:
        if (left := _beside(path, ending)).exists():
            left.rename(_beside(kept, ending))
    return kept if kept.exists() else None


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _sync(folder: Path) -> None:
    """Sync a new name to the disk, so that it survives a power cut; some folders cannot be read."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
