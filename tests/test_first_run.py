"""Beginning with nothing: ``bot init``, the sample bank, and what is said before anything is served."""

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
    """Stand in an empty folder without settings; return a way to give commands: the code, the output, the errors."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_an_empty_folder_gets_a_bank_and_settings(say: Say) -> None:
    """Both files are written and named, with what to do next; the settings are for their owner alone."""
    code, told, errors = say("init")
    assert (code, errors) == (0, "")
    assert Path("questions.yaml").read_bytes() == SAMPLE.read_bytes()
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    for words in ("questions.yaml was written", ".env was written", "BOT_TOKEN", "bot play", "bot run"):
        assert words in told
    assert sorted(path.name for path in Path().iterdir()) == [".env", "questions.yaml"]


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_no_stranger_may_read_the_settings(say: Say, umask: int) -> None:
    """Whatever the user's mask of rights, nobody else may read or write them."""
    before = os.umask(umask)
    try:
        say("init")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(".env").stat().st_mode) & 0o077 == 0


def test_the_written_settings_are_the_usual_ones(say: Say) -> None:
    """Without a token they are those of no file at all; with one filled in, the bot has it."""
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


def test_every_written_setting_can_be_switched_on(say: Say) -> None:
    """Each line that is a comment has a setting and its usual value: without the sign before it nothing changes."""
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
def test_what_is_there_stays(say: Say, there: set[str]) -> None:
    """A file that is there already keeps what it holds, also at the second time; what is missing is written."""
    for name in there:
        Path(name).write_text("mine", encoding="utf-8")
    for _ in range(2):
        code, told, _ = say("init")
        assert code == 0
        assert all(f"{name} exists already" in told for name in there)
        assert all(Path(name).read_text(encoding="utf-8") == "mine" for name in there)
        assert all(Path(name).stat().st_size > 100 for name in {"questions.yaml", ".env"} - there)


def make_folder(path: Path) -> None:
    """Make a folder."""
    path.mkdir()


def make_dead_link(path: Path) -> None:
    """Make a link that leads nowhere."""
    path.symlink_to("elsewhere.yaml")


def make_circle(path: Path) -> None:
    """Make a link to itself."""
    path.symlink_to(path.name)


@pytest.mark.parametrize("name", ["questions.yaml", ".env"])
@pytest.mark.parametrize("make", [make_folder, make_dead_link, make_circle, os.mkfifo])
def test_what_is_no_file_is_in_the_way(say: Say, name: str, make: Callable[[Path], None]) -> None:
    """A folder, a dead link or a pipe in the place of a file is told in one line, and nothing is written."""
    make(Path(name))
    code, told, errors = say("init")
    assert (code, told) == (1, "")
    (line,) = errors.splitlines()
    assert line.startswith(f"{name} is ")
    assert "nothing was written" in line
    assert [path.name for path in Path().iterdir()] == [name]


def test_a_link_to_a_file_stays(say: Say) -> None:
    """A link to a bank elsewhere is a bank."""
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
def test_where_a_file_does_not_fit_no_part_of_it_is_left(tmp_path: Path, room: int, left: list[str]) -> None:
    """A system that takes no more bytes is told in one line with the file's name, and half a bank is taken away."""
    ended = started(tmp_path, "init", prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"{tmp_path}/questions.yaml cannot be used: ")
    assert [path.name for path in tmp_path.iterdir()] == left


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """In a folder that somebody has deleted meanwhile, the fault is one line."""
    gone = tmp_path / "gone"
    gone.mkdir()
    ended = started(gone, "init", prepare=gone.rmdir)
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "Traceback" not in ended.stderr


def test_the_sample_is_for_who_has_no_bank(say: Say) -> None:
    """It is taken where no bank is named and none is here, be it a broken one; it is a sound bank."""
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


def test_a_bot_without_its_sample_says_so(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation from which the sample was taken is told in a line, by both commands that need it."""
    monkeypatch.setattr(first_run, "_SAMPLES", (Path("nowhere.yaml"),))
    for words in (("init",), ("play", "--no-open", "--port", "0")):
        assert say(*words) == (1, "", "The bundled sample bank is missing: reinstall the bot.\n")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("", ""), ("BOT_LOG_LEVEL", "LOUD"), ("BOT_TIME_ZONE", "Mars"), ("BOT_REFUSED_NICKNAMES", "none.txt")],
)
def test_nobody_is_sent_to_a_page_before_all_is_checked(
    say: Say, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    """Where the bank, or a setting, is at fault nothing but that is told: no address to open."""
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
    """Whoever needs a bank that is not there tells of bot init, and no address."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")
    code, told, errors = say(*words)
    assert code == 1
    assert "bot init" in told + errors
    assert "http://" not in told


def test_the_program_has_two_names() -> None:
    """Both start the same, so that the package's own name is enough to run it from elsewhere."""
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
    """Who started it by its long name is told to go on with that."""
    monkeypatch.setattr(sys, "argv", [program])
    assert cli.parser().prog == name
    assert f"{name} play" in say("init")[1].split(": ")[-2]


@pytest.mark.parametrize(
    ("words", "named"),
    [(["run"], "init play"), (["check"], "init"), (["check", "other.yaml"], "init"), (["restore", "none"], "backup")],
)
@pytest.mark.parametrize("name", ["bot", "reading-quiz-bot"])
def test_what_went_wrong_names_commands_that_are_there(
    say: Say, monkeypatch: pytest.MonkeyPatch, name: str, words: list[str], named: str
) -> None:
    """An error names the command that mends it by the name under which the program was started."""
    monkeypatch.setattr(sys, "argv", [name])
    code, told, errors = say(*words)
    assert code == 1
    lines = (told + errors).replace("the bot ", "")
    assert all(f"{name} {command}" in lines for command in named.split())
    assert lines.count("bot ") == lines.count(f"{name} ")
