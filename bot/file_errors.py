"""What the system says about a file or a folder that cannot be used, with its place and what mends it."""

import errno
import os
from pathlib import Path

_MENDED = {
    errno.ENOENT: "Create it, or name another.",
    errno.EACCES: "Its rights do not allow it to the user of this command: change them, or name another.",
    errno.EPERM: "Its rights do not allow it to the user of this command: change them, or name another.",
    errno.EROFS: "Its disk can only be read: name a place on another.",
    errno.ENOSPC: "Its disk is full: make room.",
    errno.EDQUOT: "The disk space of this user is used up: make room.",
    errno.EISDIR: "It is a folder: name a file in it.",
    errno.ENOTDIR: "What stands there as a folder is a file: name another place.",
    errno.EEXIST: "Take it away, or name another.",
    errno.ENAMETOOLONG: "Name a shorter one.",
    errno.ELOOP: "A link there leads to itself: name another.",
}


def explain(error: OSError) -> str:
    """Return a sentence: which file or folder, what is wrong with it, and what to do."""
    why = error.strerror or str(error)
    if error.filename is None:
        return f"{why}." if error.strerror else why
    path = Path(os.fsdecode(error.filename))
    try:
        path = path.absolute()
    except FileNotFoundError:
        return "The folder in which this command was given is no longer there. Change to another."
    if error.errno == errno.ENOENT and not path.parent.exists():
        return f"There is no folder {path.parent}. {_MENDED[errno.ENOENT]}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and not path.exists():
        path = path.parent
    return f"{path} cannot be used: {why}. {_MENDED.get(error.errno or 0, 'Name another.')}"
