"""The first run: ``bot init``, the sample bank, and the errors before anything is served."""

import os
import resource
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli, first_run
from bot.bank import load
from bot.cli import main
from bot.config import Settings, read_settings

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "questions.yaml"
BROKEN = "title: A bank\nquestoins: []\n"
TOKEN = "123456789:AAH-very-secret_token"  # noqa: S105 - opens nothing
PATIENCE = 60
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """An empty folder without settings; runs commands and returns exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_an_empty_folder_gets_a_bank_and_settings(say: Say) -> None:
    """Both files are written and named, with the next steps; only the owner can read the settings."""
    code, told, errors = say("init")
    assert (code, errors) == (0, "")
    assert Path("questions.yaml").read_bytes() == SAMPLE.read_bytes()
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    for words in ("questions.yaml was written", ".env was written", "BOT_TOKEN", "bot play", "bot run"):
        assert words in told
    assert sorted(path.name for path in Path().iterdir()) == [".env", "questions.yaml"]


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_other_users_cannot_read_the_settings(say: Say, umask: int) -> None:
    """With any umask, other users can neither read nor write the settings."""
    before = os.umask(umask)
    try:
        say("init")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(".env").stat().st_mode) & 0o077 == 0


def test_the_written_settings_are_the_defaults(say: Say) -> None:
    """The written file equals no file at all; with a token filled in, the bot has it."""
    say("init")
    code, _, errors = say("run")
    assert code == 1
    assert errors.startswith("BOT_TOKEN is missing.")
    written = Path(".env").read_text(encoding="utf-8")
    assert written.count("BOT_TOKEN=\n") == 1
    Path(".env").write_text(written.replace("BOT_TOKEN=", f"BOT_TOKEN={TOKEN}"), encoding="utf-8")
    with_file = read_settings()
    Path(".env").unlink()
    assert with_file == read_settings(token=TOKEN)


def test_every_written_setting_can_be_uncommented(say: Say) -> None:
    """Each commented line has a setting and its default: uncommenting it changes nothing."""
    say("init")
    lines = Path(".env").read_text(encoding="utf-8").replace("\n#BOT_", "\nBOT_")
    assert [line.partition("=")[0] for line in lines.splitlines() if line.startswith("BOT_")] == [
        f"BOT_{name.upper()}" for name in Settings.model_fields
    ]
    Path(".env").write_text(lines.replace("BOT_TOKEN=", f"BOT_TOKEN={TOKEN}"), encoding="utf-8")
    with_file = read_settings()
    Path(".env").unlink()
    assert with_file == read_settings(token=TOKEN)


@pytest.mark.parametrize("there", [{"questions.yaml"}, {".env"}, {"questions.yaml", ".env"}])
def test_existing_files_are_left_alone(say: Say, there: set[str]) -> None:
    """An existing file keeps its content, also at the second time; a missing one is written."""
    for name in there:
        Path(name).write_text("mine", encoding="utf-8")
    for _ in range(2):
        code, told, _ = say("init")
        assert code == 0
        assert all(f"{name} exists already" in told for name in there)
        assert all(Path(name).read_text(encoding="utf-8") == "mine" for name in there)
        assert all(Path(name).stat().st_size > 100 for name in {"questions.yaml", ".env"} - there)


def make_folder(path: Path) -> None:
    """Create a folder."""
    path.mkdir()


def make_dead_link(path: Path) -> None:
    """Create a link to nothing."""
    path.symlink_to("elsewhere.yaml")


def make_circle(path: Path) -> None:
    """Create a link to itself."""
    path.symlink_to(path.name)


@pytest.mark.parametrize("name", ["questions.yaml", ".env"])
@pytest.mark.parametrize("make", [make_folder, make_dead_link, make_circle, os.mkfifo])
def test_something_that_is_not_a_file_is_reported(say: Say, name: str, make: Callable[[Path], None]) -> None:
    """A folder, a dead link or a pipe with the name of a file is reported in one line, and nothing is written."""
    make(Path(name))
    code, told, errors = say("init")
    assert (code, told) == (1, "")
    (line,) = errors.splitlines()
    assert line.startswith(f"{name} is ")
    assert "nothing was written" in line
    assert [path.name for path in Path().iterdir()] == [name]


def test_a_link_to_a_file_is_left_alone(say: Say) -> None:
    """A link to a bank elsewhere counts as a bank."""
    Path("mine.yaml").write_text("mine", encoding="utf-8")
    Path("questions.yaml").symlink_to("mine.yaml")
    assert say("init")[0] == 0
    assert Path("mine.yaml").read_text(encoding="utf-8") == "mine"


def started(folder: Path, *words: str, prepare: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**clean, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize(("room", "left"), [(1000, []), (0, [])])
def test_a_file_that_does_not_fit_leaves_no_part(tmp_path: Path, room: int, left: list[str]) -> None:
    """A full disk is reported in one line with the file's name, and a half-written bank is deleted."""
    ended = started(tmp_path, "init", prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"{tmp_path}/questions.yaml cannot be used: ")
    assert [path.name for path in tmp_path.iterdir()] == left


def test_a_deleted_working_directory_is_reported(tmp_path: Path) -> None:
    """In a folder that was deleted meanwhile, the error is one line."""
    gone = tmp_path / "gone"
    gone.mkdir()
    ended = started(gone, "init", prepare=gone.rmdir)
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "Traceback" not in ended.stderr


def test_the_sample_is_used_without_a_bank(say: Say) -> None:
    """The sample is used if no bank is named and the folder has none, not even one with errors; it has no errors."""
    assert first_run.choose_bank(None) == (first_run.sample_bank(), True)
    assert load(first_run.sample_bank()).questions
    named = Path("mine.yaml")
    assert first_run.choose_bank(named) == (named, False)
    for make in (make_dead_link, make_folder):
        make(first_run.BANK)
        assert first_run.choose_bank(None) == (first_run.BANK, False)
        (Path.rmdir if make is make_folder else Path.unlink)(first_run.BANK)
    assert say("init")[0] == 0
    assert first_run.choose_bank(None) == (first_run.BANK, False)


def test_a_missing_sample_is_reported(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both commands that need the sample report in one line that it is missing."""
    monkeypatch.setattr(first_run, "_SAMPLES", (Path("nowhere.yaml"),))
    for words in (("init",), ("play", "--no-open", "--port", "0")):
        assert say(*words) == (1, "", "The bundled sample bank is missing: reinstall the bot.\n")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("", ""), ("BOT_LOG_LEVEL", "LOUD"), ("BOT_TIME_ZONE", "Mars"), ("BOT_REFUSED_NICKNAMES", "none.txt")],
)
def test_no_address_is_printed_before_everything_is_checked(
    say: Say, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    """If the bank or a setting has an error, only that is printed, and no address to open."""
    Path("questions.yaml").write_text(BROKEN if not setting else SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    if setting:
        monkeypatch.setenv(setting, value)
    code, told, errors = say("play", "--no-open", "--port", "0")
    assert (code, told) == (1, "")
    assert (setting or "questions.yaml:2:1") in errors


@pytest.mark.parametrize(
    "words", [("play", "--no-open", "--port", "0", "--bank", "none.yaml"), ("check",), ("check", "none.yaml"), ("run",)]
)
def test_a_missing_bank_says_how_to_get_one(say: Say, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    """The error about a missing bank names ``bot init``, and no address is printed."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")
    code, told, errors = say(*words)
    assert code == 1
    assert "bot init" in told + errors
    assert "http://" not in told


def test_the_program_has_two_names() -> None:
    """Both names start the same program, so the package's name is enough to run it from elsewhere."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"bot": "bot.cli:main", project["name"]: "bot.cli:main"}


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("/opt/bin/bot", "bot"),
        ("/opt/bin/reading-quiz-bot", "reading-quiz-bot"),
        ("reading-quiz-bot.exe", "reading-quiz-bot"),
        ("/opt/app/bot/__main__.py", "bot"),
        ("", "bot"),
    ],
)
def test_hints_name_the_program_as_it_was_called(
    say: Say, monkeypatch: pytest.MonkeyPatch, program: str, name: str
) -> None:
    """Hints use the long name if the program was started by it."""
    monkeypatch.setattr(sys, "argv", [program])
    assert cli.create_parser().prog == name
    assert f"{name} play" in say("init")[1].split(": ")[-2]


@pytest.mark.parametrize(
    ("words", "named"),
    [(["run"], "init play"), (["check"], "init"), (["check", "other.yaml"], "init"), (["restore", "none"], "backup")],
)
@pytest.mark.parametrize("name", ["bot", "reading-quiz-bot"])
def test_errors_name_commands_as_the_program_was_called(
    say: Say, monkeypatch: pytest.MonkeyPatch, name: str, words: list[str], named: str
) -> None:
    """An error names the command of its remedy under the name by which the program was started."""
    monkeypatch.setattr(sys, "argv", [name])
    code, told, errors = say(*words)
    assert code == 1
    lines = (told + errors).replace("the bot ", "")
    assert all(f"{name} {command}" in lines for command in named.split())
    assert lines.count("bot ") == lines.count(f"{name} ")
