"""Limit on open files: raised at start, and shared out between the bot's own needs and connections from outside.

A connection is an open file to the operating system (man getrlimit, RLIMIT_NOFILE).
"""

import sys

if sys.platform != "win32":
    import resource

# The bot's own: 256 connections to Telegram (bot/tg/bot_api/transport.py); the rest: database, logs and imports.
RESERVED = 256 + 64
# An idle connection takes some 10 kB of memory: more than a school or a proxy ever opens, and still no burden.
MOST_CONNECTIONS = 4000
_FEWEST_CONNECTIONS = 8
# What is assumed where the limit cannot be read; Linux's usual one.
_USUAL_LIMIT = 1024


def raise_limit() -> None:
    """Raise the soft limit on open files to the hard one, where the system has limits and allows it."""
    if sys.platform == "win32":
        return
    try:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != hard:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError):
        # A sandbox that forbids it, or a system whose true limit is lower: the limit stays as it is.
        return


def most_connections() -> int:
    """Return how many connections from outside fit under the present limit on open files."""
    limit = _limit()
    return max(_FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, limit - min(RESERVED, limit // 2)))


def most_streams() -> int:
    """Return how many of them may be streams that never end; the others are for pages, posts and health checks."""
    return most_connections() * 3 // 4


def _limit() -> int:
    """Return the soft limit on open files; a large number where there is none."""
    if sys.platform == "win32":
        return 2 * MOST_CONNECTIONS
    try:
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    except (OSError, ValueError):
        return _USUAL_LIMIT
    return 2 * MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else soft
