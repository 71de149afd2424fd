"""The bots that are measured: how each is started, and where its database keeps the answers."""

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_BASELINE = str(_HERE / "baseline.py")
_BASELINE_ANSWERS = "SELECT person, COUNT(*) FROM answers GROUP BY person"
_TOTAL = "SELECT COUNT(*) FROM answers"


@dataclass(frozen=True)
class Target:
    """One bot. All read the same settings: BOT_TOKEN, BOT_API_URL, BOT_DATABASE_URL.

    Attributes:
        name: what it is called in the tables.
        command: what to run, without the interpreter.
        answers: SQL that lists (the person's Telegram id, how many answers are counted) from its database.
        total: SQL that counts all its answers; asked often, so it should be cheap.
        environment: settings beside those.
        silent_command, silent_environment: what to add to make it store answers and send (next to) nothing.
    """

    name: str
    command: tuple[str, ...]
    answers: str
    total: str
    environment: tuple[tuple[str, str], ...] = ()
    silent_command: tuple[str, ...] = ()
    silent_environment: tuple[tuple[str, str], ...] = ()


OURS = Target(
    name="ours",
    command=("-m", "bot", "run"),
    answers="SELECT person_id, COUNT(*) FROM answers GROUP BY person_id",
    total=_TOTAL,
    environment=(
        ("BOT_BANK", str(_HERE.parent / "questions.yaml")),
        ("BOT_SENDS_PER_SECOND", "0"),
        ("BOT_ASKS_PER_PERSON", "0"),
        ("BOT_LOG_LEVEL", "WARNING"),
    ),
    silent_environment=(("BOT_SENDS_PER_SECOND", "1"),),
)

TARGETS = (
    OURS,
    Target(
        name="baseline",
        command=(_BASELINE,),
        answers=_BASELINE_ANSWERS,
        total=_TOTAL,
        silent_command=("--store-only",),
    ),
    Target(
        name="baseline-concurrent",
        command=(_BASELINE, "--concurrent", "256"),
        answers=_BASELINE_ANSWERS,
        total=_TOTAL,
        silent_command=("--store-only",),
    ),
)
"""Ratios are to `baseline`: python-telegram-bot as its examples run it."""
