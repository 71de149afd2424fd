"""Reads how the bot is from beside it: from its database, and from the bot itself where it serves its health."""

import json
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import Any

from bot.monitoring.health import judge, unreadable
from bot.monitoring.pulse import KEY, Pulse
from bot.monitoring.report import LINES, as_json
from bot.store.base import decode
from bot.store.database import StoreError
from bot.store.inspection import look

# A health check must not wait longer than whoever asks for it (30 s in a container).
PATIENCE_SECONDS = 5.0
_ANSWERS = (200, 503)
# Longer than what the bot tells.
_LONGEST = 100_000
# No age of anything is so many seconds.
_OLDEST = 1e10
_EVERYWHERE = ("0.0.0.0",)  # noqa: S104 - where it may listen, and where nobody can be asked


def read_status(url: str, address: tuple[str, int] | None, clock: Callable[[], datetime]) -> dict[str, Any]:
    """Give how the bot is, as ``as_json`` tells it.

    What the bot says itself comes first: it knows the moment better than the row that it writes now and then.

    Args:
        url: of the database.
        clock: gives the moment.
        address: where the bot serves its health; None where it does not.
    """
    return (_asked(*address) if address else None) or _read(url, clock())


def _read(url: str, now: datetime) -> dict[str, Any]:
    try:
        backlog, kept = look(url, now, KEY)
    except StoreError as error:
        return as_json(unreadable(error, Pulse(), now))
    return as_json(judge(backlog, decode(Pulse, kept) if kept else Pulse(), now))


def _asked(host: str, port: int) -> dict[str, Any] | None:
    """Ask the bot; give None where nobody answers, or somebody else does."""
    connection = HTTPConnection("127.0.0.1" if host in _EVERYWHERE else host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        told = json.loads(answer.read(_LONGEST)) if answer.status in _ANSWERS else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return told if _is_health(told) else None


def _is_health(told: object) -> bool:
    """Check whether JSON is what ``as_json`` returns: another program may answer at that address too."""
    if not isinstance(told, dict) or not isinstance(told.get("healthy"), bool):
        return False
    troubles, ages, counts = told.get("troubles"), told.get("ages"), told.get("counts")
    lists = (troubles, told.get("warnings", []))
    return (
        all(isinstance(one, list) and all(isinstance(each, dict) and "words" in each for each in one) for one in lists)
        and isinstance(ages, dict)
        and all(age is None or (isinstance(age, int | float) and 0 <= age <= _OLDEST) for age in ages.values())
        and isinstance(counts, dict)
        and {*ages, *counts} <= LINES.keys()
    )
