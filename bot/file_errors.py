"""Messages about a file or folder that cannot be used: its path, the system's reason, and a remedy."""

import errno
import os
from pathlib import Path

_REMEDIES = {
    errno.ENOENT: "Create it, or name another.",
    errno.EACCES: "The user of this command has no permission: change its permissions, or name another.",
    errno.EPERM: "The user of this command has no permission: change its permissions, or name another.",
    errno.EROFS: "Its disk is read-only: name a place on another.",
    errno.ENOSPC: "Its disk is full: free some space.",
    errno.EDQUOT: "This user's disk quota is used up: free some space.",
    errno.EISDIR: "It is a folder: name a file in it.",
    errno.ENOTDIR: "A folder in its path is a file: name another place.",
    errno.EEXIST: "Remove it, or name another.",
    errno.ENAMETOOLONG: "Name a shorter one.",
    errno.ELOOP: "A link there leads to itself: name another.",
}


def explain(error: OSError) -> str:
    """Return the message: which file or folder, what is wrong with it, and what to do."""
    why = error.strerror or str(error)
    if error.filename is None:
        return f"{why}." if error.strerror else why
    path = Path(os.fsdecode(error.filename))
    try:
        path = path.absolute()
    except FileNotFoundError:
        return "The current folder no longer exists. Change to another."
    if error.errno == errno.ENOENT and not path.parent.exists():
        return f"There is no folder {path.parent}. {_REMEDIES[errno.ENOENT]}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and not path.exists():
        path = path.parent
    return f"{path} cannot be used: {why}. {_REMEDIES.get(error.errno or 0, 'Name another.')}"
