"""Tells how the bot is: as JSON for programs, and in lines for a person at the terminal."""

from datetime import timedelta
from typing import Any

from bot.watch.health import Health, in_words

_LINES = {
    "last_poll": "Telegram's last word",
    "oldest_update": "oldest update waiting",
    "oldest_message": "oldest message unsent",
    "oldest_deadline": "oldest deadline overdue",
    "updates_waiting": "updates waiting",
    "messages_unsent": "messages unsent",
    "deadlines_overdue": "deadlines overdue",
    "classes_open": "live classes open",
    "processes": "processes alive",
    "leaders": "processes leading",
}
_NONE = "none"


def as_json(health: Health) -> dict[str, Any]:
    """Tell it for programs: ages in seconds, null where there is no such thing; nothing that is not known."""
    return {
        "healthy": health.is_good,
        "troubles": [{"name": one.name, "words": one.words} for one in health.troubles],
        "ages": health.ages(),
        "counts": health.counts(),
    }


def as_lines(told: dict[str, Any]) -> list[str]:
    """Tell for a person what ``as_json`` gave."""
    lines = ["All is well."] if told["healthy"] else [one["words"] for one in told["troubles"]]
    ages = {
        name: _NONE if age is None else f"{in_words(timedelta(seconds=age))} ago" for name, age in told["ages"].items()
    }
    width = max(map(len, _LINES.values())) + 2
    return [*lines, *(f"{_LINES[name]:<{width}}{value}" for name, value in {**ages, **told["counts"]}.items())]
