"""The command line: reads the words, calls what they name, and says in words what went wrong.

Each command imports only what it needs: a check needs no Telegram, and a server no playground.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bot.logs import set_up_logs

BANK = Path("questions.yaml")
# As many as bot/rehearsal/names.py has names for.
MOST_PUPILS = 1000


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit code."""
    arguments = parser().parse_args(words)
    try:
        return int(arguments.command(arguments))
    except Exception as error:
        from bot.wiring import sentences  # noqa: PLC0415

        told = sentences(error)
        if not told:
            raise
        logging.shutdown()
        print(*told, sep="\n", file=sys.stderr)  # noqa: T201 - the command's output
        return 1


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="bot", description="A quiz bot for Telegram that asks from a reading text.")
    top.add_argument("--version", action="version", version=version("reading-quiz-bot"))
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    play = commands.add_parser("play", help="try the bot here, with no token: opens a chat page")
    play.add_argument("--bank", type=Path, default=BANK, metavar="FILE", help="the question bank (%(default)s)")
    play.add_argument("--port", type=int, default=8042, help="the page's port (%(default)s; 0 for any free one)")
    play.add_argument(
        "--class",
        dest="pupils",
        type=_pupils,
        default=0,
        metavar="N",
        help=f"rehearse with a class of N simulated pupils, 1 to {MOST_PUPILS}, and with Telegram's limits",
    )
    play.add_argument("--no-open", action="store_true", help="do not open the browser")
    play.set_defaults(command=_play)

    run = commands.add_parser("run", help="run the bot in Telegram; settings come from the environment or .env")
    run.set_defaults(command=_run)

    check = commands.add_parser("check", help="check question banks: every fault with its line")
    check.add_argument("files", nargs="*", type=Path, default=[BANK], metavar="FILE", help="a bank (questions.yaml)")
    check.set_defaults(command=_check)
    return top


def _pupils(word: str) -> int:
    """Read a number of simulated pupils."""
    if not (word.isdecimal() and 1 <= int(word) <= MOST_PUPILS):
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 1 to {MOST_PUPILS}")
    return int(word)


def _play(arguments: argparse.Namespace) -> int:
    from bot.play import play  # noqa: PLC0415

    set_up_logs("WARNING", "")
    asyncio.run(play(arguments.bank, arguments.port, open_page=not arguments.no_open, pupils=arguments.pupils))
    return 0


def _run(_arguments: argparse.Namespace) -> int:
    from bot.config import read_settings  # noqa: PLC0415
    from bot.wiring import run  # noqa: PLC0415

    settings = read_settings()
    set_up_logs(settings.log_level, settings.token.get_secret_value())
    asyncio.run(run(settings))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from bot.bank.check import run_check  # noqa: PLC0415

    return run_check(arguments.files, sys.stdout)
