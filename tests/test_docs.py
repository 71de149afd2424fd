"""The documents agree with the code: tables, commands, paths, links, examples, figures and quoted sentences."""

import ast
import re
import shlex
import tomllib
from argparse import _SubParsersAction
from io import StringIO
from pathlib import Path

import pytest
from documents import ROOT, blocks, prose, read, table
from packaging.requirements import Requirement
from packaging.version import Version

from bot.bank.check import run_check
from bot.bank.fields import BANK, OPTION, PASSAGE, QUESTION, SECTIONS, TOPIC
from bot.cli import create_parser
from bot.config import Settings
from bot.core.kinds import KINDS
from bot.core.kinds.number import Number
from bot.core.kinds.typed import Typed
from bot.core.prompt import Mark, NotAnAnswer, Written
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES
from bot.store.engine import LIMITS
from bot.tg.profile import GROUP_MENU, MENU

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/*.md")])
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]

every_document = pytest.mark.parametrize("name", NAMES)


def listed_commands(start: str) -> list[tuple[str, str]]:
    """Return the rows (command, what it does) in the page of commands whose command starts with this text."""
    return re.findall(rf"^\| (`{start}[^`]*`) \| (.*) \|$", read("docs/commands.md"), re.MULTILINE)


def test_the_page_of_commands_lists_the_slash_commands() -> None:
    """The tables have every slash command, in the order and with the words of the menus."""
    texts = LANGUAGES[DEFAULT_LANGUAGE]
    commands = [*MENU, *GROUP_MENU]
    assert listed_commands("/") == [(f"`/{name}`", texts.plain(f"command.{name}")) for name in commands]


def test_the_page_of_commands_lists_the_command_line() -> None:
    """The table has every command of the command line, with the words of its help."""
    (commands,) = [action for action in create_parser()._actions if isinstance(action, _SubParsersAction)]
    assert listed_commands("bot ") == [(f"`bot {one.dest}`", one.help) for one in commands._choices_actions]


def settings() -> list[tuple[str, str, str]]:
    """Return every setting: its name, its default, its description."""
    fields = Settings.model_fields.items()
    return [
        (
            f"BOT_{name.upper()}",
            "" if field.is_required() else formatted_default(field.default),
            field.description or "",
        )
        for name, field in fields
    ]


def formatted_default(value: object) -> str:
    """Format a default as it is written in a file of settings."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_the_page_for_operators_lists_the_settings() -> None:
    """The table for operators has every setting, with its default and its description."""
    rows = table("docs/run-a-server.md", "setting", "without it", "what it is")
    needed = {f"BOT_{name.upper()}" for name, field in Settings.model_fields.items() if field.is_required()}
    without = {
        name: "must be set" if name in needed else f"`{value}`" if value else "empty" for name, value, _ in settings()
    }
    assert rows == [(f"`{name}`", without[name], words) for name, _, words in settings()]


def test_the_example_file_has_every_setting() -> None:
    """The file .env.example has every setting with its description above it and its default value."""
    found = re.findall(r"^# (.*)\n(BOT_\w+)=(.*)$", read(".env.example"), re.MULTILINE)
    assert [(name, value, words) for words, name, value in found] == settings()


@every_document
def test_every_named_path_exists(name: str) -> None:
    """A path of the project that a document names exists."""
    here = (ROOT, (ROOT / name).parent)
    named = re.findall(
        r"`((?:\.ci|bench|bot|docs|scripts|tests)/[\w./-]*|(?!__init__)[\w.-]+\.(?:md|lock|py|toml))`", prose(name)
    )
    assert [path for path in named if not any((folder / path).exists() for folder in here)] == []


@every_document
def test_every_relative_link_leads_to_a_file(name: str) -> None:
    """A link or picture that is not a web address is a file."""
    links = re.findall(r"\]\(([^)#\s]+)", prose(name))
    inside = [link for link in links if not link.startswith("https://")]
    assert [link for link in inside if not ((ROOT / name).parent / link).exists()] == []


def test_every_command_line_parses() -> None:
    """The command line accepts every command that the documents tell people to type."""
    words = "play|run|check|inbox|outbox|(?:backup|restore|migrate)(?= )"
    typed = re.compile(rf"(?:uv run |venv/bin/|python -m |`)bot ((?:{words})\b[^`\n#&]*)")
    lines = [line for name in NAMES for line in typed.findall(read(name))]
    assert len(lines) > len(NAMES)
    for line in lines:
        assert create_parser().parse_args(shlex.split(line)), line


AUTHORS = "docs/write-questions.md"


def checked(bank: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what ``bot check`` prints about a bank."""
    monkeypatch.chdir(folder)
    Path("whales.yaml").write_text(bank, encoding="utf-8")
    out = StringIO()
    run_check([Path("whales.yaml")], out)
    return out.getvalue()


def test_the_pieces_of_the_page_for_authors_make_a_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pieces, one below the other, are a bank without errors or advice, and the page shows its summary."""
    said = checked("".join(blocks(AUTHORS, "yaml")), tmp_path, monkeypatch)
    assert said == blocks(AUTHORS)[0]
    assert all(f" 1 {kind.name}" in said or f"(1 {kind.name}" in said for kind in KINDS)


def test_the_errors_on_the_page_for_authors_are_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows exactly what ``bot check`` prints about its faulty question."""
    head, *_ = blocks(AUTHORS, "yaml")
    (faulty,) = blocks(AUTHORS, "yaml faulty")
    assert checked(head + faulty, tmp_path, monkeypatch) == blocks(AUTHORS)[1]


def test_the_page_for_authors_names_every_field() -> None:
    """The table of fields has exactly the fields that the loader reads."""
    rows = table(AUTHORS, "field", "where", "what it holds")
    shared = [field.name for fields in (BANK, PASSAGE, TOPIC, QUESTION, OPTION) for field in fields]
    own = [field.name for kind in KINDS for field in kind.fields]
    assert {row[0] for row in rows} == {f"`{name}`" for name in (*shared, *SECTIONS, *own)}
    assert len({row[0] for row in rows}) == len(rows)


def verdict(marked: Mark | NotAnAnswer) -> str:
    """Describe a mark in the page's words."""
    if isinstance(marked, NotAnAnswer):
        return "no answer"
    return "right" if marked.right else "wrong"


def test_answers_are_marked_as_the_page_for_authors_shows() -> None:
    """Every example of a learner's answer is marked as the page shows."""
    texts = table(AUTHORS, "right answer", "a learner writes", "and it is")
    for right, written, said in texts:
        marked = Typed.read({"accept": (right.strip("`"),)}).mark(Written(written.strip("`")))
        assert verdict(marked) == said, written
    number = Number.read({"number": "30", "within": "2", "unit": "metres"})
    for written, said in table(AUTHORS, "a learner writes", "and it is"):
        assert verdict(number.mark(Written(written.strip("`")))) == said, written


def test_the_log_sentences_on_the_page_for_operators_are_real() -> None:
    """Every sentence that the page for operators quotes is in the code."""
    files = [path for path in (ROOT / "bot").rglob("*.py") if "playground" not in path.parts]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    said = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    rows = table("docs/run-a-server.md", "sentence", "what it means and what to do")
    quoted = [row[0].strip("`") for row in rows]
    assert [words for words in quoted if not any(words in text for text in said)] == []


def test_the_timeouts_behind_a_pooler_are_those_of_the_bot() -> None:
    """The page for operators sets the same timeouts for the database user as the bot sets for each connection."""
    told = dict(re.findall(r"ALTER ROLE quiz SET (\w+) = '(\d+)s';", read("docs/operate.md")))
    assert {name: int(seconds) * 1000 for name, seconds in told.items()} == LIMITS


def test_the_lock_fits_what_the_project_needs() -> None:
    """Every dependency is locked at a version that pyproject.toml allows, with hashes, and names no host."""
    needed = map(Requirement, tomllib.loads(read("pyproject.toml"))["project"]["dependencies"])
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", read("requirements.lock"), re.MULTILINE))
    assert [str(one) for one in needed if Version(locked.get(one.name, "0")) not in one.specifier] == []
    assert "://" not in read("requirements.lock")
    assert read("requirements.lock").count("--hash=") > len(locked)


ENGINEERS = "docs/develop.md"


def test_the_map_for_engineers_is_complete() -> None:
    """The map names each module and package of ``bot``, each package of ``bot.app`` and ``bot.tg``, and real paths."""
    (drawn,) = blocks(ENGINEERS, "text")
    named = [line.split()[0] for line in drawn.splitlines()]
    assert [path for path in named if not (ROOT / path).exists()] == []
    packages = [init.parent for folder in ("bot", "bot/app", "bot/tg") for init in ROOT.glob(f"{folder}/*/__init__.py")]
    there = [f"{folder.relative_to(ROOT).as_posix()}/" for folder in packages]
    there += [f"bot/{path.name}" for path in ROOT.glob("bot/*.py") if not path.name.startswith("__")]
    assert set(there) - set(named) == set()
    assert len(named) <= 50


def lines_of(*folders: str) -> int:
    """Count the lines of Python in these folders."""
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_the_sizes_on_the_page_for_engineers_are_right() -> None:
    """The page's figures for the bot, the playground and the tests are within a twentieth of the real ones."""
    playground = lines_of("bot/playground", "bot/rehearsal")
    real = (lines_of("bot") - playground, playground, lines_of("tests"))
    told = [int(row[1].replace(",", "")) for row in table(ENGINEERS, "part", "lines of Python, about")]
    wrong = [(said, lines) for said, lines in zip(told, real, strict=True) if abs(said - lines) > lines / 20]
    assert wrong == [], f"Write the real figures into the table of {ENGINEERS}: {real}"
