"""The limit on open files: raised at start, and divided between the bot itself and incoming connections.

A connection is an open file to the operating system (man getrlimit, RLIMIT_NOFILE).
"""

import sys

if sys.platform != "win32":
    import resource

# For the bot itself: 256 connections to Telegram (bot/tg/bot_api/transport.py), and 64 for database, logs and imports.
RESERVED_FILES = 256 + 64
# More than a school or a proxy ever opens; an idle connection takes about 10 kB of memory.
MAX_CONNECTIONS = 4000
_MIN_CONNECTIONS = 8
# Assumed if the limit cannot be read: Linux's default.
_DEFAULT_LIMIT = 1024


def raise_limit() -> None:
    """Raise the soft limit on open files to the hard limit, if the system has limits and allows it."""
    if sys.platform == "win32":
        return
    try:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != hard:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError):
        # A sandbox that forbids it, or a system whose true limit is lower: the limit stays as it is.
        return


def max_connections() -> int:
    """Return how many incoming connections fit under the current limit on open files."""
    limit = _limit()
    return max(_MIN_CONNECTIONS, min(MAX_CONNECTIONS, limit - min(RESERVED_FILES, limit // 2)))


def max_streams() -> int:
    """Return how many of them may be endless streams; the others are for pages, webhook requests and health checks."""
    return max_connections() * 3 // 4


def _limit() -> int:
    """Return the soft limit on open files, or a large number if there is none."""
    if sys.platform == "win32":
        return 2 * MAX_CONNECTIONS
    try:
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    except (OSError, ValueError):
        return _DEFAULT_LIMIT
    return 2 * MAX_CONNECTIONS if soft == resource.RLIM_INFINITY else soft
