"""The bots that are measured: how each is started, and the SQL that counts its answers."""

from dataclasses import dataclass, replace
from pathlib import Path

from databases import Engine

_HERE = Path(__file__).parent
_RIVALS = _HERE / "rivals"
_TOTAL = "SELECT COUNT(*) FROM answers"
MOST_PROCESSES = 4


@dataclass(frozen=True)
class Target:
    """One bot. All bots read the settings BOT_TOKEN, BOT_API_URL and BOT_DATABASE_URL.

    Attributes:
        name: its name in the tables and on the command line.
        command: the command that runs it, without the interpreter.
        answers: SQL for rows (Telegram id of the person, number of stored answers).
        package: the package that it is built on, whose version is printed.
        script: the script in whose environment it runs; None for the project's environment.
        engine: the engine of its database.
        processes: the number of its processes on one database.
        is_ours: whether it is our bot. Only ours supports groups.
        total: SQL that counts all its answers; it runs often, so it should be cheap.
        environment: further settings.
        silent_command, silent_environment: what to add so that it stores answers and sends (almost) nothing.
    """

    name: str
    command: tuple[str, ...]
    answers: str
    package: str
    script: Path | None = None
    engine: Engine = "sqlite"
    processes: int = 1
    is_ours: bool = False
    total: str = _TOTAL
    environment: tuple[tuple[str, str], ...] = ()
    silent_command: tuple[str, ...] = ()
    silent_environment: tuple[tuple[str, str], ...] = ()


OURS = Target(
    name="ours",
    command=("-m", "bot", "run"),
    answers="SELECT person_id, COUNT(*) FROM answers GROUP BY person_id",
    package="reading-quiz-bot",
    is_ours=True,
    environment=(
        ("BOT_BANK", str(_HERE.parent / "questions.yaml")),
        ("BOT_SENDS_PER_SECOND", "0"),
        ("BOT_ASKS_PER_PERSON", "0"),
        ("BOT_LOG_LEVEL", "WARNING"),
    ),
    silent_environment=(("BOT_SENDS_PER_SECOND", "1"),),
)
POSTGRES = tuple(
    replace(OURS, name=f"ours-postgresql-{count}", engine="postgresql", processes=count)
    for count in range(1, MOST_PROCESSES + 1)
)


def _rival(name: str, package: str, file: str, *options: str, own: bool = True) -> Target:
    script = _RIVALS / file
    return Target(
        name=name,
        command=(str(script), *options),
        answers="SELECT person, COUNT(*) FROM answers GROUP BY person",
        package=package,
        script=script if own else None,
        silent_command=("--store-only",),
    )


_PTB = ("python-telegram-bot", "telegram_bot.py")
_AIOGRAM = ("aiogram", "aiogram_bot.py")
_TELEBOT = ("pyTelegramBotAPI", "telebot_bot.py")
BASE = _rival("python-telegram-bot", *_PTB, own=False)
"""python-telegram-bot as in its examples."""
RIVALS = (
    BASE,
    _rival("python-telegram-bot-tuned", *_PTB, "--concurrent", "256", "--shared", own=False),
    _rival("aiogram", *_AIOGRAM),
    _rival("aiogram-tuned", *_AIOGRAM, "--concurrent", "256", "--shared"),
    _rival("pytelegrambotapi", *_TELEBOT),
    _rival("pytelegrambotapi-tuned", *_TELEBOT, "--shared"),
)
TARGETS = (OURS, *POSTGRES, *RIVALS)
