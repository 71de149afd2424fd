"""Health of a bot in another process, from its /healthz or from its database."""

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

# Shorter than the limit of the container's health check (10 s in compose.yaml).
PATIENCE_SECONDS = 5.0
_ANSWERS = (200, 503)
# More bytes than a report of the bot has.
_LONGEST = 100_000
# More seconds than any age.
_OLDEST = 1e10
_EVERYWHERE = ("0.0.0.0",)  # noqa: S104 - a bot may listen there, but nobody can connect to it


def read_status(url: str, address: tuple[str, int] | None, clock: Callable[[], datetime]) -> dict[str, Any]:
    """Return the health of the bot in the form of ``as_json``.

    The bot's own report is preferred, because its row in the database may be some seconds old.

    Args:
        url: the URL of the database.
        clock: returns the current time.
        address: host and port of the bot's health page; None if it serves none.
    """
    return (_asked(*address) if address else None) or _read(url, clock())


def _read(url: str, now: datetime) -> dict[str, Any]:
    try:
        backlog, kept = look(url, now, KEY)
    except StoreError as error:
        return as_json(unreadable(error, Pulse(), now))
    return as_json(judge(backlog, decode(Pulse, kept) if kept else Pulse(), now))


def _asked(host: str, port: int) -> dict[str, Any] | None:
    """Request the bot's report; return None if there is no answer, or another program's."""
    connection = HTTPConnection("127.0.0.1" if host in _EVERYWHERE else host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        report = json.loads(answer.read(_LONGEST)) if answer.status in _ANSWERS else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return report if _is_health(report) else None


def _is_health(report: object) -> bool:
    """Return whether JSON has the form of ``as_json``: another program may answer at that address."""
    if not isinstance(report, dict) or not isinstance(report.get("healthy"), bool):
        return False
    troubles, ages, counts = report.get("troubles"), report.get("ages"), report.get("counts")
    lists = (troubles, report.get("warnings", []))
    return (
        all(isinstance(one, list) and all(isinstance(each, dict) and "words" in each for each in one) for one in lists)
        and isinstance(ages, dict)
        and all(age is None or (isinstance(age, int | float) and 0 <= age <= _OLDEST) for age in ages.values())
        and isinstance(counts, dict)
        and {*ages, *counts} <= LINES.keys()
    )
