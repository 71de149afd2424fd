"""Health reports: JSON for programs, and lines of text for `bot status`."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.monitoring.health import Health, Trouble, format_span

# The texts for the names of ages and counts.
LINES = {
    "last_poll": "Telegram's last answer",
    "oldest_update": "oldest waiting update",
    "oldest_ready": "oldest ready update",
    "oldest_message": "oldest unsent message",
    "oldest_deadline": "oldest overdue deadline",
    "updates_waiting": "waiting updates",
    "messages_unsent": "unsent messages",
    "deadlines_overdue": "overdue deadlines",
    "classes_open": "open live classes",
    "connections_refused": "refused connections",
    "processes": "live processes",
    "leaders": "leaders",
}
_PROXY = "proxy"
_NONE = "none"


def as_json(health: Health) -> dict[str, Any]:
    """Return the health for programs: ages are in seconds, null if there is no such entry, absent if unknown."""
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


def as_lines(report: dict[str, Any], proxy: str | None = None) -> list[str]:
    """Return the result of ``as_json`` as lines of text, with the proxy if there is one."""
    # A running bot of an older version sends no warnings.
    lines = [one["words"] for one in (*report["troubles"], *report.get("warnings", ()))] or ["All is well."]
    ages = {
        name: _NONE if age is None else f"{format_span(timedelta(seconds=age))} ago"
        for name, age in report["ages"].items()
    }
    width = max(map(len, LINES.values())) + 2
    counters = [f"{LINES[name]:<{width}}{value}" for name, value in {**ages, **report["counts"]}.items()]
    return [*lines, *counters, *([f"{_PROXY:<{width}}{proxy}"] if proxy else [])]
