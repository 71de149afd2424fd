"""The commands for operators of a running bot: they need no token, and report what they did."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgresql import MakeUrl

from bot.cli import main
from bot.progress import ProgressLine
from bot.store.database import open_database
from bot.store.inbox import Received
from bot.store.outbox import NewMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """A folder with a database and without a token; runs commands and returns exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    monkeypatch.setenv("BOT_DATABASE_URL", "sqlite:///bot.sqlite3")
    database = open_database("sqlite:///bot.sqlite3")
    with database.transaction() as unit:
        unit.persons.add(7, "Ann", "en", NOW)
        unit.inbox.add([Received(number, "chat 7", '{"message": {}}') for number in (1, 2, 3)], NOW)
        for number in (1, 2, 3):
            unit.inbox.finish([number], NOW, "KeyError: 'Ann'")
        (message,) = unit.outbox.add([NewMessage(7, "Notice", "{}", "en", NOW)])
        unit.outbox.discard(message, "BadRequest: Message is too long")
    database.close()

    def run(*words: str) -> tuple[int, str]:
        code = main(words)
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def test_a_backup_and_its_restore(say: Say) -> None:
    """A backup and a restore report what they contain, and a restore also where the previous file is kept."""
    code, told = say("backup", "copy.sqlite3")
    assert (code, told.splitlines()) == (0, [told.strip()])
    assert told.startswith("copy.sqlite3 is a complete copy (migration ")
    assert "people: 1, answers: 0" in told
    with closing(sqlite3.connect("bot.sqlite3")) as opened, opened:
        opened.execute("UPDATE persons SET name = 'Ben'")
    code, told = say("restore", "copy.sqlite3")
    assert code == 0
    restored, kept = told.splitlines()
    assert restored.startswith("copy.sqlite3 is the database now (migration ")
    older = kept.removeprefix("The previous database is kept as ").removesuffix(".")
    for file, name in (("bot.sqlite3", "Ann"), (older, "Ben")):
        with closing(sqlite3.connect(file)) as opened:
            assert opened.execute("SELECT name FROM persons").fetchall() == [(name,)]


def test_a_refusal_is_one_sentence(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older copy, a missing backup, an unknown id and a server each give one sentence and exit code 1."""
    say("backup", "copy.sqlite3")
    assert say("backup", "copy.sqlite3") == (
        1,
        "copy.sqlite3 is there already: name another file, or say --replace for an older backup.\n",
    )
    assert say("backup", "--replace", "copy.sqlite3")[0] == 0
    assert say("restore", "missing.sqlite3")[0] == 1
    assert say("inbox", "drop", "9") == (1, "Not set aside: 9. Nothing was changed.\n")
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://ann:verysecret@localhost/quiz")
    for command, program in (("backup", "pg_dump "), ("restore", "pg_restore ")):
        code, told = say(command, "copy.sqlite3")
        assert code == 1
        assert program in told
        assert "verysecret" not in told


def test_a_database_is_moved_to_a_server(say: Say, monkeypatch: pytest.MonkeyPatch, make_postgresql: MakeUrl) -> None:
    """A migration reports progress, rows per table and the next step; if interrupted, how to continue."""
    assert say("migrate", "bot.sqlite3") == (
        1,
        "BOT_DATABASE_URL is to name the database to move into: write postgresql://USER:PASSWORD@HOST/NAME.\n",
    )
    monkeypatch.setenv("BOT_DATABASE_URL", make_postgresql(""))
    with monkeypatch.context() as patch:
        patch.setattr(ProgressLine, "show", interrupt)
        code, told = say("migrate", "bot.sqlite3")
    assert (code, told) == (
        130,
        "Stopped. Run the same command again: it continues where it stopped.\n",
    )
    code, told = say("migrate", "bot.sqlite3")
    assert code == 0
    assert re.search(r"^inbox +3$", told, re.MULTILINE)
    assert "moving persons" in told
    assert "All of bot.sqlite3 is in the database of BOT_DATABASE_URL: row counts and checksums agree." in told
    assert say("inbox", "drop", "1") == (0, "1 dropped.\n")


def interrupt(_line: ProgressLine, _stage: str, _done: int, _of: int) -> None:
    """Press Ctrl+C."""
    raise KeyboardInterrupt


def test_replaced_characters_are_reported(say: Say, monkeypatch: pytest.MonkeyPatch, make_postgresql: MakeUrl) -> None:
    """A row in which characters were replaced is named, without its content."""
    with closing(sqlite3.connect("bot.sqlite3")) as opened, opened:
        opened.execute("UPDATE persons SET name = 'An' || char(0)")
    monkeypatch.setenv("BOT_DATABASE_URL", make_postgresql(""))
    code, told = say("migrate", "bot.sqlite3")
    assert code == 0
    assert "persons, id 7: name contained characters that PostgreSQL cannot store; they are \ufffd now." in told


def test_an_unwritable_folder_is_reported(say: Say) -> None:
    """If a copy cannot be created, the error names the folder."""
    code, told = say("backup", "no/such/folder/copy.sqlite3")
    assert code == 1
    assert "no/such/folder" in told


def test_the_inbox_is_listed_retried_and_dropped(say: Say) -> None:
    """Dead letters are listed without their content; some are retried by id, and all others dropped."""
    code, told = say("inbox")
    assert (code, len(told.splitlines()), "Ann" in told) == (0, 5, False)
    assert say("inbox", "retry", "2", "1")[1].startswith("2 requeued.")
    assert say("inbox", "drop", "--all") == (0, "1 dropped.\n")
    assert say("inbox") == (0, "No update is set aside.\n")


def test_the_outbox_is_listed_and_dropped(say: Say) -> None:
    """Refused messages are listed with Telegram's reason, and dropped."""
    code, told = say("outbox")
    assert code == 0
    assert "Notice  BadRequest: Message is too long" in told
    assert say("outbox", "drop", "1") == (0, "1 dropped.\n")
    assert say("outbox") == (0, "No message was refused.\n")


@pytest.mark.parametrize(
    "words",
    [
        ["inbox", "retry"],
        ["inbox", "drop", "1", "--all"],
        ["inbox", "drop", "first"],
        ["outbox", "retry", "1"],
        ["backup"],
        ["restore"],
        ["migrate"],
    ],
)
def test_an_act_without_ids_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """``retry`` and ``drop`` need ids or ``--all``: leaving them out changes nothing."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert "usage: bot" in capsys.readouterr().err
