"""Tells how the bot is: as JSON for programs, and in lines for a person at the terminal."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.monitoring.health import Health, Trouble, in_words

# How each age and count is called.
LINES = {
    "last_poll": "Telegram's last word",
    "oldest_update": "oldest update waiting",
    "oldest_ready": "oldest update ready",
    "oldest_message": "oldest message unsent",
    "oldest_deadline": "oldest deadline overdue",
    "updates_waiting": "updates waiting",
    "messages_unsent": "messages unsent",
    "deadlines_overdue": "deadlines overdue",
    "classes_open": "live classes open",
    "connections_refused": "connections refused",
    "processes": "processes alive",
    "leaders": "processes leading",
}
_PROXY = "proxy"
_NONE = "none"


def as_json(health: Health) -> dict[str, Any]:
    """Return it for programs: ages in seconds, null where there is no such thing; nothing that is not known."""
    return {
        "healthy": health.is_good,
        "state": health.state,
        "troubles": _named(health.troubles),
        "warnings": _named(health.warnings),
        "ages": health.ages(),
        "counts": health.counts(),
        "refused": dict(health.refused),
    }


def _named(troubles: Iterable[Trouble]) -> list[dict[str, str]]:
    return [{"name": one.name, "words": one.words} for one in troubles]


def as_lines(told: dict[str, Any], proxy: str | None = None) -> list[str]:
    """Return for a person what ``as_json`` returned, and the proxy, if Telegram is reached through one."""
    # A bot of an older version that still runs has no warnings.
    lines = [one["words"] for one in (*told["troubles"], *told.get("warnings", ()))] or ["All is well."]
    ages = {
        name: _NONE if age is None else f"{in_words(timedelta(seconds=age))} ago" for name, age in told["ages"].items()
    }
    width = max(map(len, LINES.values())) + 2
    counters = [f"{LINES[name]:<{width}}{value}" for name, value in {**ages, **told["counts"]}.items()]
    return [*lines, *counters, *([f"{_PROXY:<{width}}{proxy}"] if proxy else [])]
