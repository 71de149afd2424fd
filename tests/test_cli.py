"""The command line: exit codes, and a plain sentence for every error that a person at the terminal can fix."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import MAX_PUPILS, create_parser, main
from bot.rehearsal.names import MAX_NAMES

BANK = Path(__file__).parents[1] / "questions.yaml"
BROKEN = "title: A bank\nquestoins: []\n"
PATIENCE = 60
TOKEN = "1:test"  # noqa: S105 - opens nothing


def run(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m bot`` in this folder with only these settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**clean, **settings},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_bank_without_errors_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """The bundled bank has no error: exit code 0, and one line of summary."""
    assert main(["check", str(BANK)]) == 0
    told = capsys.readouterr()
    assert "questions (" in told.out.splitlines()[-1]
    assert told.err == ""


def test_every_bank_with_errors_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If one of several banks has errors: exit code 1, every error with its place, and the others are checked too."""
    broken = tmp_path / "broken.yaml"
    broken.write_text(BROKEN, encoding="utf-8")
    assert main(["check", str(broken), str(BANK), str(tmp_path / "missing.yaml")]) == 1
    told = capsys.readouterr().out
    assert f"{broken}:2:1" in told
    assert "questions (" in told
    assert "missing.yaml" in told


def test_a_check_without_a_name_reads_the_default_bank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name, questions.yaml in the folder is checked."""
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert "questions.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["--help"], ["play", "--help"], ["run", "--help"], ["check", "--help"], ["--version"]]
)
def test_help_and_version_are_printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` and ``--version`` print what they should, with exit code 0."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["dance"],
        ["run", "--port", "1"],
        ["play", "--port", "many"],
        ["play", "--class", "0"],
        ["play", "--class", "1001"],
        ["play", "--class", "9A"],
    ],
)
def test_wrong_arguments_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """No command, an unknown one or a wrong option: exit code 2, and the usage."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert "usage: bot" in capsys.readouterr().err


def test_the_largest_class_has_names() -> None:
    """The command line offers as many simulated pupils as there are names for."""
    assert MAX_PUPILS == MAX_NAMES
    assert create_parser().parse_args(["play", "--class", str(MAX_NAMES)]).pupils == MAX_NAMES


def test_a_start_without_a_token_says_how_to_get_one(tmp_path: Path) -> None:
    """In an empty folder without settings, ``bot run`` ends and says how to get a token, and creates no file."""
    ended = run(tmp_path, "run")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("BOT_TOKEN is missing. Write to @BotFather")
    assert len(ended.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_start_with_a_bank_with_errors_is_refused(tmp_path: Path) -> None:
    """``bot run`` reports the errors of a bank with their places, and creates no database."""
    (tmp_path / "questions.yaml").write_text(BROKEN, encoding="utf-8")
    ended = run(tmp_path, "run", BOT_TOKEN=TOKEN)
    assert ended.returncode == 1
    assert "questions.yaml:2:1" in ended.stderr
    assert "questions" in ended.stderr
    assert "until these errors are fixed" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["questions.yaml"]


def test_a_start_with_an_unusable_database_is_refused(tmp_path: Path) -> None:
    """A database that cannot be opened ends the start with one sentence."""
    ended = run(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_BANK=str(BANK), BOT_DATABASE_URL="sqlite:///no/such/folder/x")
    assert ended.returncode == 1
    assert "Check that its folder exists" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_reported(tmp_path: Path) -> None:
    """If another program uses the page's port, ``bot play`` ends with a sentence that says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = run(tmp_path, "play", "--no-open", "--port", str(port), "--bank", str(BANK))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} cannot be used")
    assert "bot play --port 0" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_missing_bank_is_reported(tmp_path: Path) -> None:
    """If there is no bank, ``bot play`` ends with a sentence that names the file."""
    ended = run(tmp_path, "play", "--no-open", "--port", "0", "--bank", "questions.yaml")
    assert ended.returncode == 1
    assert "questions.yaml" in ended.stderr
    assert "Traceback" not in ended.stderr
