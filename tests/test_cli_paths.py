"""Unusable files and folders: each command reports them in one line with the remedy, and leaves nothing behind."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from bot.cli import main
from bot.store.database import open_database

BANK = Path(__file__).parents[1] / "questions.yaml"


def answer(*words: str) -> tuple[int, list[str]]:
    """Run a command; return its exit code and all lines that it writes anywhere."""
    with redirect_stderr(StringIO()) as told, redirect_stdout(told):
        code = main(words)
    return code, told.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database, a folder, and other kinds of files, as the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    monkeypatch.setenv("BOT_DATABASE_URL", "sqlite:///bot.sqlite3")
    open_database("sqlite:///bot.sqlite3").close()
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("Dear teacher", encoding="utf-8")
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to("bot.sqlite3")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "hard").hardlink_to(tmp_path / "bot.sqlite3")
    return tmp_path


def names(folder: Path) -> set[str]:
    """Return the names in a folder."""
    return {path.name for path in folder.rglob("*")}


LONG = "a" * 300
BACKUPS = {
    "no/such/copy.sqlite3": "There is no folder {folder}/no/such. Create it, or name another.",
    "folder": "is there already, and is a folder: name a file in it.",
    "text": "is there already: name another file",
    "text/copy.sqlite3": "name another place",
    "bot.sqlite3": "is the database itself: name another file.",
    "bot.sqlite3-wal": "is the database itself: name another file.",
    "folder/../bot.sqlite3-shm": "bot.sqlite3-shm",
    "link": "is the database itself: name another file.",
    "hard": "is the database itself: name another file.",
    LONG: "Name a shorter one.",
}


@pytest.mark.parametrize("replace", [(), ("--replace",)], ids=["", "replacing"])
@pytest.mark.parametrize(("target", "mends"), BACKUPS.items())
def test_a_backup_to_an_unusable_target_is_refused(
    folder: Path, target: str, mends: str, replace: tuple[str, ...]
) -> None:
    """An unusable target is reported in one line, and neither it nor the database is changed."""
    if target == "text" and replace:
        pytest.skip("an older file may be replaced")
    if target.startswith("folder/.."):
        (folder / "bot.sqlite3-shm").touch()
    before = names(folder)
    digest = (folder / "bot.sqlite3").read_bytes()
    code, told = answer("backup", *replace, target)
    assert (code, len(told)) == (1, 1)
    assert mends.format(folder=folder) in told[0]
    assert "Errno" not in told[0]
    assert names(folder) == before
    assert (folder / "bot.sqlite3").read_bytes() == digest


SOURCES = ("missing", "no/such/file", "folder", "text", "empty", "text/file", "loop", LONG, "bin\x1b[2J\nfile")


@pytest.mark.parametrize("command", ["restore", "migrate", "check"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_file_that_is_not_ours_is_reported(
    folder: Path, command: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing file, a folder or another kind of file is reported by its name, which cannot break the line."""
    if command == "migrate":
        monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://ann@127.0.0.1:1/quiz")
    before = names(folder)
    code, told = answer(command, source)
    assert code == 1
    assert len(told) == (2 if command == "check" else 1)
    assert all(line.isprintable() for line in told)
    assert "Traceback" not in told[0]
    assert "Errno" not in told[0]
    assert names(folder) == before


def test_a_backup_that_does_not_fit_leaves_no_part(folder: Path) -> None:
    """If the disk gets full in the middle of a backup, that is one line, and no part of the copy is left."""

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

    before = names(folder)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "backup", "copy.sqlite3"],
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert str(folder) in line
    assert "is it full" in line
    assert names(folder) == before


@pytest.mark.parametrize("port", ["65536", "-1", "99999999999999999999", "٣", "1.5", ""])
def test_an_invalid_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A port is a number from 0 to 65535; any other word is refused with the usage."""
    with pytest.raises(SystemExit) as end:
        main(["play", "--no-open", f"--port={port}"])
    assert end.value.code == 2
    assert "is not a port, a number from 0 to 65535" in capsys.readouterr().err


def write_invalid_utf8(path: Path) -> None:
    """Write bytes that are not UTF-8."""
    path.write_bytes(b"BOT_TOKEN=1:test\n\xff\xfe")


@pytest.mark.parametrize("command", [("run",), ("status",), ("inbox",), ("backup", "copy.sqlite3")])
@pytest.mark.parametrize("spoil", [write_invalid_utf8])
def test_unreadable_settings_are_reported(folder: Path, spoil: Callable[[Path], None], command: str) -> None:
    """Every command that reads .env reports an unreadable one in one line."""
    spoil(folder / ".env")
    code, told = answer(*command)
    assert code == 1
    assert told == [".env is not UTF-8 text: rewrite it with a text editor, as .env.example shows."]


def test_a_setting_that_may_contain_a_secret_is_not_repeated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password in an address, or a token in the wrong setting, is not in the error about that setting."""
    assert folder
    monkeypatch.setenv("BOT_TOKEN", "Zq7:no-token")
    for name, value in (
        ("API_URL", "https://ann:Zq7@api.example.org"),
        ("PUBLIC_URL", "https://ann:Zq7@board.example.org"),
        ("WEBHOOK_URL", "https://ann:Zq7@bot.example.org/telegram"),
        ("LISTEN", "123456789:AAHZq7Zq7Zq7Zq7"),
        ("TIME_ZONE", "123456789:AAHZq7Zq7Zq7Zq7"),
        ("SENDS_PER_SECOND", "Zq7"),
        ("ASKS_PER_PERSON", "Zq7"),
        ("PAID_BROADCAST", "Zq7"),
        ("LOG_LEVEL", "Zq7"),
        ("LOG_FORMAT", "Zq7"),
        ("KEEP_UPDATES_HOURS", "Zq7"),
    ):
        monkeypatch.setenv(f"BOT_{name}", value)
    code, told = answer("run")
    assert code == 1
    assert len(told) == 12
    assert not any("Zq7" in line for line in told)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("replace", [(), ("--replace",)], ids=["", "replacing"])
@pytest.mark.parametrize("target", ["pipe", "/dev/full"])
def test_a_target_that_is_not_a_file_is_never_replaced(target: str, replace: tuple[str, ...]) -> None:
    """A pipe or a device is refused, and --replace, which would not help, is not suggested."""
    code, (line,) = answer("backup", *replace, target)
    assert code == 1
    assert line == f"{target} is there already, and is no file that can be replaced: name another."


@pytest.mark.parametrize("command", ["status", "inbox", "outbox"])
@pytest.mark.parametrize(
    ("name", "mends"),
    [
        ("none.sqlite3", "There is no database at {folder}/none.sqlite3: is this the folder in which the bot runs?"),
        ("no/such.sqlite3", "There is no database at {folder}/no/such.sqlite3"),
        ("pipe", "There is no database at {folder}/pipe"),
        ("folder", "{folder}/folder is a folder: name a file in it."),
        (":memory:", "BOT_DATABASE_URL names no file: write sqlite:///FILE."),
        ("", "BOT_DATABASE_URL names no file: write sqlite:///FILE."),
    ],
)
def test_a_missing_database_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str, mends: str
) -> None:
    """A command that reads a database reports that it is missing, does not wait, and creates none."""
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{name}")
    before = names(folder)
    code, lines = answer(command)
    assert code == 1
    assert len(lines) == 1
    assert mends.format(folder=folder) in lines[0]
    assert names(folder) == before


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
)
@pytest.mark.usefixtures("folder")
def test_the_bot_does_not_run_on_a_database_in_memory(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """``bot run`` refuses a database in memory, which would lose the answers at the end of the process."""
    monkeypatch.setenv("BOT_TOKEN", "1:test-token")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BOT_BANK", str(BANK))
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    assert answer("run") == (1, ["BOT_DATABASE_URL names no file: write sqlite:///FILE."])
