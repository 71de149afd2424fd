"""The layout of the code: small files and functions, complete folders, and no left-over notes."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import commands
from bot.app.dispatch.handlers import HANDLERS
from bot.core.kinds import KINDS
from bot.tg.features import FEATURES

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "bot").rglob("*.py"))
# All code written by hand: the program, its pages, tests, benchmarks and scripts.
OURS = sorted(
    path
    for part in ("bot", "tests", "bench", "scripts")
    for path in (ROOT / part).rglob("*")
    if path.suffix in {".py", ".js", ".css"}
)
PYTHON = [path for path in OURS if path.suffix == ".py"]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# Open folders: a package, and the tuple in it that lists one object of each file.
OPEN_FOLDERS = {
    "bot.core.kinds": "KINDS",
    "bot.tg.features": "FEATURES",
}
_LEFT_LYING = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# Home and work folders of developers; "/tmp" too, because tempfile is the portable way.
_MACHINE = re.compile(r"""["'\s(=](/(?:home|root|Users|work|workspace|mnt|tmp)/\w|[A-Z]:\\\w)""")
TEXTS = [
    path
    for path in (*ROOT.glob("*"), *(ROOT / "bot").rglob("*"), *(ROOT / "docs").rglob("*"), *(ROOT / "tests").rglob("*"))
    if path.suffix in {".py", ".md", ".toml", ".yaml", ".js", ".css", ".html", ".json"} and path != Path(__file__)
]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def named(path: Path) -> str:
    """Return a file's path in the project."""
    return path.relative_to(ROOT).as_posix()


def test_files_are_small() -> None:
    """No file of Python, JavaScript or CSS is longer than 300 lines."""
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    assert {path.suffix for path in OURS} == {".py", ".js", ".css"}
    assert set(FILES) < set(PYTHON)
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_small() -> None:
    """No function is longer than 40 lines with its docstring; migrations, which list columns, are exempt."""
    long = {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in PYTHON
        if "migrations" not in path.parts
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_file_has_a_docstring() -> None:
    """Every Python file begins with a docstring."""
    assert [named(path) for path in PYTHON if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(("package", "name"), OPEN_FOLDERS.items())
def test_no_file_of_an_open_folder_is_forgotten(package: str, name: str) -> None:
    """Each file of an open folder makes one member of the folder's tuple, and no file imports a sibling."""
    folder = importlib.import_module(package)
    stems = [path.stem for path in Path(folder.__path__[0]).glob("*.py") if path.stem != "__init__"]
    members = getattr(folder, name)
    made = {
        stem: [one for one in vars(importlib.import_module(f"{package}.{stem}")).values() if _is_in(one, members)]
        for stem in stems
    }
    assert {stem: len(found) for stem, found in made.items()} == dict.fromkeys(stems, 1)
    assert len(members) == len(stems)
    for stem in stems:
        text = (Path(folder.__path__[0]) / f"{stem}.py").read_text(encoding="utf-8")
        assert f"from {package}" not in text
        assert f"import {package}" not in text


def _is_in(value: object, members: tuple[object, ...]) -> bool:
    return any(value is member for member in members)


def test_every_command_has_a_handler() -> None:
    """Every command has a handler, and every handler a command."""
    asked = {
        shape for shape in vars(commands).values() if isinstance(shape, type) and issubclass(shape, commands.Command)
    }
    assert asked - {commands.Command} == set(HANDLERS)


def test_no_two_features_share_a_command_or_button() -> None:
    """A slash command or a button's name belongs to one feature."""
    slash = [name for feature in FEATURES for name in feature.slash]
    buttons = [name for feature in FEATURES for name in feature.buttons]
    assert len(slash) == len(set(slash))
    assert len(buttons) == len(set(buttons))


def test_kinds_are_told_apart() -> None:
    """No two kinds of question have the same name."""
    names = [kind.name for kind in KINDS]
    assert len(names) == len(set(names))


def test_only_the_command_line_prints() -> None:
    """Only the command line prints: the output of its commands."""
    printing = {
        named(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"bot/cli.py", "bot/play.py"}


def test_no_notes_or_local_paths_are_left() -> None:
    """No file contains a note to do something later, or the path of a developer's machine."""
    texts = {named(path): path.read_text(encoding="utf-8", errors="replace") for path in TEXTS}
    left = {name: [*_LEFT_LYING.findall(text), *_MACHINE.findall(text)] for name, text in texts.items()}
    assert len(texts) > len(FILES)
    assert {name: found for name, found in left.items() if found} == {}
