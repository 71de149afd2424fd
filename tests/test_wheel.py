"""The built wheel, installed into an empty environment and run in an empty folder, far from the project.

By default that environment finds its libraries where the tests have theirs; with ``-m long`` they are installed.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from chat_page import Page, playing

ROOT = Path(__file__).parents[1]
NAME = "reading-quiz-bot"
TOKEN_MISSING = "BOT_TOKEN is missing."  # noqa: S105 - a sentence
PATIENCE = 600


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with nothing of the project in its environment."""
    unwanted = ("BOT_", "PYTHON", "VIRTUAL_ENV", "UV_")
    return subprocess.run(  # noqa: S603 - our own words
        words,
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(unwanted)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of its sources."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT / "bot", source / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "questions.yaml"):
        shutil.copy(ROOT / name, source)
    build = f"from hatchling.build import build_wheel; build_wheel({str(built)!r})"
    ended = run(sys.executable, "-c", build, folder=source)
    assert ended.returncode == 0, ended.stderr
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(
    scope="session",
    params=["libraries of the tests", pytest.param("libraries installed", marks=pytest.mark.long)],
)
def programs(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment; return the folder of its programs."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("no uv")
    home = tmp_path_factory.mktemp("environment")
    place = home / "venv"
    alone = () if request.param == "libraries installed" else ("--no-deps", "--offline")
    for words in (
        ("venv", "--quiet", "--python", sys.executable, str(place)),
        ("pip", "install", "--quiet", "--python", str(place), *alone, str(wheel)),
    ):
        ended = run(uv, *words, folder=home)
        assert ended.returncode == 0, ended.stderr
    if alone:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        site = place / "lib" / version / "site-packages"
        # Lines of a .pth file there are not obeyed in turn, so the project itself is not found.
        (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return place / "bin"


def test_the_wheel_contains_what_it_needs(wheel: Path) -> None:
    """It has the sample bank beside the code, byte for byte, both programs, and no other part of the project."""
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        assert opened.read("bot/sample-questions.yaml") == (ROOT / "questions.yaml").read_bytes()
        (entries,) = [name for name in names if name.endswith("entry_points.txt")]
        assert opened.read(entries).decode().split() == [
            *("[console_scripts]", "bot", "=", "bot.cli:main", NAME, "=", "bot.cli:main"),
        ]
    files = [path for path in (ROOT / "bot").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in files} <= names
    assert {name.split("/")[0] for name in names} == {
        "bot",
        next(name for name in names if "dist-info" in name).split("/")[0],
    }


async def first_answer(page: Page) -> dict[str, Any]:
    """Start a quiz of one question as a pupil, skip it, and return the message that shows its answer."""
    pupil = (await page.people())[1]["id"]
    await page.act("say", person=pupil, chat=pupil, text="/quiz 1")
    asked = await page.until(pupil, lambda messages: _is_asked(messages[-1]))
    keyboard = asked[-1]["keyboard"]
    place = {"message": asked[-1]["id"], "row": 0, "column": 0, "text": keyboard[0][0]["text"]}
    if poll := asked[-1]["poll"]:
        await page.act("vote", person=pupil, poll=poll["id"], options=[0])
    else:
        await page.act("press", person=pupil, chat=pupil, **place)
    shown = await page.until(pupil, lambda messages: len(messages) > len(asked))
    return shown[-1]


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def _is_asked(message: dict[str, Any]) -> bool:
    return not message["mine"] and bool(message["keyboard"])


@pytest.mark.parametrize("name", [NAME, "bot"])
async def test_the_first_run(programs: Path, tmp_path: Path, name: str) -> None:
    """In an empty folder ``play`` uses the sample and says so; then come init, check, and a quiz from the new bank."""
    program = str(programs / name)
    async with playing(tmp_path, program=(program,)) as page:
        assert page.output[0].startswith("There is no questions.yaml here, so the bot uses the bundled sample")
        assert page.output[0].endswith(f"{name} init\n")
        assert (await first_answer(page))["text"]
    assert names_in(tmp_path) == []
    written = run(program, "init", folder=tmp_path)
    assert (written.returncode, written.stderr) == (0, "")
    assert names_in(tmp_path) == [".env", "questions.yaml"]
    assert run(program, "check", folder=tmp_path).returncode == 0
    async with playing(tmp_path, program=(program,)) as page:
        assert page.output[0].startswith("Open http://")
        assert (await first_answer(page))["text"]
    ended = run(program, "run", folder=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith(TOKEN_MISSING)
    (where,) = run(
        *(str(programs / "python"), "-c", "import bot; print(bot.__file__)"), folder=tmp_path
    ).stdout.splitlines()
    assert Path(where).is_relative_to(programs.parent)
