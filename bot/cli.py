"""The command line: parses the arguments, calls the command, and prints errors with their remedy.

Each command imports only what it needs: a check needs no Telegram, and a server no playground.
"""

import argparse
import asyncio
import logging
import re
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.logs import on_one_line, set_up_logs

BANK = Path("questions.yaml")
# The number of names in bot/rehearsal/names.py.
MAX_PUPILS = 1000
_MAX_PORT = 65_535
# The name of the package: uvx reading-quiz-bot runs it without installing it.
_PACKAGE_NAME = "reading-quiz-bot"
# A command of the bot in a text.
_COMMAND_IN_TEXT = re.compile(
    r"(?<![\w-])(?<!the )bot(?= (?:backup|check|inbox|init|migrate|outbox|play|restore|run|status)\b)"
)
# The exit code of a program that Ctrl+C ended, as in shells: 128 plus the number of the signal.
_INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    arguments = create_parser().parse_args(words)
    try:
        return int(arguments.command(arguments))
    except Exception as error:
        from bot.wiring import error_lines  # noqa: PLC0415

        lines = error_lines(error)
        if not lines:
            raise
        logging.shutdown()
        print(*map(with_program_name, map(on_one_line, lines)), sep="\n", file=sys.stderr)  # noqa: T201 - the command's output
        return 1


def program_name() -> str:
    """Return the name under which the program was called: it has two."""
    name = Path(sys.argv[0]).stem
    return name if name == _PACKAGE_NAME else "bot"


def with_program_name(line: str) -> str:
    """Return a line in which the bot's commands begin with the name under which the program was called."""
    return _COMMAND_IN_TEXT.sub(program_name(), line)


def create_parser() -> argparse.ArgumentParser:
    """Create the parser of the command line."""
    top = argparse.ArgumentParser(
        prog=program_name(), description="A quiz bot for Telegram that asks from a reading text."
    )
    top.add_argument("--version", action="version", version=version(_PACKAGE_NAME))
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    play = commands.add_parser("play", help="try the bot in a chat page in the browser; no token needed")
    play.add_argument(
        "--bank", type=Path, metavar="FILE", help=f"the question bank ({BANK}; if there is none, a sample)"
    )
    play.add_argument("--port", type=_port, default=8042, help="the page's port (%(default)s; 0 for any free one)")
    play.add_argument(
        "--class",
        dest="pupils",
        type=_pupils,
        default=0,
        metavar="N",
        help=f"rehearse with a class of N simulated pupils, 1 to {MAX_PUPILS}, and with Telegram's limits",
    )
    play.add_argument("--no-open", action="store_true", help="do not open the browser")
    play.set_defaults(command=_play)

    init = commands.add_parser("init", help="write a sample bank, questions.yaml, and a file of settings, .env")
    init.set_defaults(command=_init)

    run = commands.add_parser("run", help="run the bot in Telegram; settings come from the environment or .env")
    run.set_defaults(command=_run)

    check = commands.add_parser("check", help="check question banks; report every error with its line")
    check.add_argument("files", nargs="*", type=Path, default=[BANK], metavar="FILE", help="a bank (questions.yaml)")
    check.set_defaults(command=_check)

    _add_operators_commands(commands)
    return top


def _add_operators_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for operators of a running bot."""
    status = commands.add_parser("status", help="show the running bot's health; exit code 0 if healthy, else 1")
    status.set_defaults(command=_status)

    backup = commands.add_parser("backup", help="copy the SQLite database to a file, also while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy")
    backup.add_argument("--replace", action="store_true", help="overwrite an older copy")
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", help="replace the SQLite database with a backup; stop the bot first")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.set_defaults(command=_restore)

    migrate = commands.add_parser(
        "migrate", help="move an SQLite database into the PostgreSQL of BOT_DATABASE_URL; stop the bot first"
    )
    migrate.add_argument("file", type=Path, metavar="FILE", help="the SQLite database; it stays as it is")
    migrate.set_defaults(command=_migrate)

    _add_dead_letters(
        commands.add_parser("inbox", help="list updates that could not be handled; retry or drop them"),
        "retry",
        "drop",
    )
    _add_dead_letters(commands.add_parser("outbox", help="list messages that Telegram refused; drop them"), "drop")


_ACTIONS = {"retry": "queue them again", "drop": "delete them"}


def _add_dead_letters(command: argparse.ArgumentParser, *acts: str) -> None:
    """Add a command that lists dead letters, or applies one of these actions to some of them."""
    command.set_defaults(command=_dead_letters, about=command.prog.split()[-1], act="list", ids=())
    choices = command.add_subparsers(metavar="ACT")
    for act in acts:
        parser = choices.add_parser(act, help=_ACTIONS[act])
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("ids", nargs="*", type=int, default=[], metavar="ID", help="which")
        chosen.add_argument("--all", action="store_true", help="all of them")
        parser.set_defaults(act=act)


def _pupils(word: str) -> int:
    """Parse a number of simulated pupils."""
    if not (word.isdecimal() and 1 <= int(word) <= MAX_PUPILS):
        raise argparse.ArgumentTypeError(f"{word!r} is not a number from 1 to {MAX_PUPILS}")
    return int(word)


def _port(word: str) -> int:
    """Parse the number of a port, 0 for any free one."""
    if not (word.isascii() and word.isdecimal() and int(word[:6]) <= _MAX_PORT):
        raise argparse.ArgumentTypeError(f"{word!r} is not a port, a number from 0 to {_MAX_PORT}")
    return int(word)


def _play(arguments: argparse.Namespace) -> int:
    from bot.first_run import choose_bank  # noqa: PLC0415
    from bot.play import play  # noqa: PLC0415

    set_up_logs("WARNING", "")
    bank, is_sample = choose_bank(arguments.bank)
    notice = [f"There is no {BANK} here, so the bot uses the bundled sample. To write your own: {program_name()} init"]
    asyncio.run(
        play(
            bank,
            arguments.port,
            open_page=not arguments.no_open,
            pupils=arguments.pupils,
            first=notice if is_sample else [],
        )
    )
    return 0


def _init(_arguments: argparse.Namespace) -> int:
    from bot.first_run import write_files  # noqa: PLC0415

    hints = {BANK: "a sample to try and change", Path(".env"): "put the token from @BotFather there as BOT_TOKEN"}
    for path, is_new in write_files().items():
        _print_lines(f"{path} was written: {hints[path]}." if is_new else f"{path} exists already and was left alone.")
    return _print_lines(
        f"Try the bot here, without a token: {program_name()} play", f"Run it in Telegram: {program_name()} run"
    )


def _run_fast(work: Coroutine[Any, Any, None]) -> None:
    """Run the bot on uvloop, which saves a tenth of the CPU time, or on asyncio's own loop where there is no uvloop."""
    make_loop: Callable[[], asyncio.AbstractEventLoop] | None = None
    with suppress(ImportError):
        from uvloop import new_event_loop as make_loop  # noqa: PLC0415
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(work)


def _run(_arguments: argparse.Namespace) -> int:
    from bot.config import read_settings  # noqa: PLC0415
    from bot.wiring import error_lines, run  # noqa: PLC0415

    settings = read_settings()
    set_up_logs(settings.log_level, settings.token.get_secret_value(), settings.log_format)
    try:
        _run_fast(run(settings))
    except Exception as error:
        if error_lines(error):
            raise
        # Python would print the text of the exception, which may quote people.
        logging.getLogger(__name__).critical("The bot ended because of a bug: please report it.", exc_info=error)
        return 1
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from bot.bank.check import run_check  # noqa: PLC0415

    return run_check(arguments.files, sys.stdout, with_program_name)


def _status(_arguments: argparse.Namespace) -> int:
    from bot.config import read_status_settings  # noqa: PLC0415
    from bot.monitoring.report import as_lines  # noqa: PLC0415
    from bot.monitoring.status import read_status  # noqa: PLC0415
    from bot.wiring import clock  # noqa: PLC0415

    settings = read_status_settings()
    status = read_status(settings.database_url, settings.address, clock)
    _print_lines(*as_lines(status, settings.proxy))
    return 0 if status["healthy"] else 1


def _backup(arguments: argparse.Namespace) -> int:
    from bot.config import read_database_url  # noqa: PLC0415
    from bot.store.backup import back_up  # noqa: PLC0415

    contents = back_up(read_database_url(), arguments.file, replace=arguments.replace)
    return _print_lines(f"{arguments.file} is a complete copy ({contents}).")


def _restore(arguments: argparse.Namespace) -> int:
    from bot.config import read_database_url  # noqa: PLC0415
    from bot.store.backup import restore  # noqa: PLC0415
    from bot.wiring import clock  # noqa: PLC0415

    contents, kept = restore(read_database_url(), arguments.file, clock())
    before = (f"The previous database is kept as {kept}.",) if kept else ()
    return _print_lines(f"{arguments.file} is the database now ({contents}).", *before)


def _migrate(arguments: argparse.Namespace) -> int:
    from bot.config import read_database_url  # noqa: PLC0415
    from bot.progress import ProgressLine  # noqa: PLC0415
    from bot.store.moving.move import move  # noqa: PLC0415

    try:
        with ProgressLine(sys.stderr, time.monotonic) as line:
            moved = move(arguments.file, read_database_url(), line.show)
    except KeyboardInterrupt:
        _print_lines("Stopped. Run the same command again: it continues where it stopped.")
        return _INTERRUPTED
    replaced = [
        f"{place} contained characters that PostgreSQL cannot store; they are \N{REPLACEMENT CHARACTER} now."
        for place in moved.mended
    ]
    return _print_lines(
        *(f"{table:20}{rows:>15,}" for table, rows in moved.rows.items()),
        *replaced,
        f"All of {arguments.file} is in the database of BOT_DATABASE_URL: row counts and checksums agree.",
        "Start the bot on that database. Keep the file until all is well; later answers are not in it.",
    )


def _dead_letters(arguments: argparse.Namespace) -> int:
    from bot.app import operator  # noqa: PLC0415
    from bot.config import read_database_url  # noqa: PLC0415
    from bot.store.attach import attach_database  # noqa: PLC0415

    database = attach_database(read_database_url())
    try:
        return _print_lines(*operator.ACTIONS[arguments.about, arguments.act](database, arguments.ids))
    finally:
        database.close()


def _print_lines(*lines: str) -> int:
    print(*map(with_program_name, map(on_one_line, lines)), sep="\n")  # noqa: T201 - the command's output
    return 0
