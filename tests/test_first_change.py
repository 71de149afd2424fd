"""The first change on the page for engineers applies to this code, keeps to its rules, and works in the chat."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import ROOT, blocks

PAGE = "docs/develop.md"
(DIFF,) = blocks(PAGE, "diff")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "dist")
# Tests that notice what a new command lacks: a handler, a place in a list, a text in some language, a row in a table.
CHECKS = (
    "tests/test_structure.py",
    "tests/i18n/test_texts_in_use.py",
    "tests/i18n/test_languages.py",
    "tests/test_docs.py::test_the_page_of_commands_lists_the_slash_commands",
)
CHECKED = ("command", "feature", "folder", "help", "every_text", "same_keys")
REMEDY = f"""The diff in {PAGE} no longer fits the code. Change the code by hand as the diff says,
replace the diff by the output of `git diff -U1`, and undo the change."""


def run(folder: Path, *command: str, text: str | None = None) -> str:
    """Run a command in a folder; return what it prints if it fails, else nothing."""
    # A copy inside a repository, such as under TMPDIR, must not be taken for a part of it.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent), "RUFF_NO_CACHE": "true"}
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=folder, input=text, env=environment, check=False, text=True, encoding="utf-8", capture_output=True
    )
    return done.stdout + done.stderr if done.returncode else ""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the change applied."""
    copy = tmp_path_factory.mktemp("first-change") / "copy"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    failure = run(copy, shutil.which("git") or pytest.fail("git is not installed"), "apply", "-", text=DIFF)
    assert not failure, f"{REMEDY}\n{failure}"
    return copy


def test_the_first_change_keeps_to_the_style(changed: Path) -> None:
    """Ruff has nothing to say about the changed files."""
    files = re.findall(r"^\+\+\+ b/(.*\.py)$", DIFF, re.MULTILINE)
    assert len(files) > 5
    for action in (("check",), ("format", "--check")):
        assert run(changed, sys.executable, "-m", "ruff", *action, *files) == ""


def test_the_first_change_works_and_passes_the_checks(changed: Path) -> None:
    """The real bot answers the new command, and nothing that a new command needs is forgotten."""
    (file,) = re.findall(r"^\+\+\+ b/(tests/.*\.py)$", DIFF, re.MULTILINE)
    (test,) = re.findall(r"^\+async def (test_\w+)\(", DIFF, re.MULTILINE)
    options = ("-q", "-n", "0", "-p", "no:cacheprovider", "-k", " or ".join((test, *CHECKED)))
    assert run(changed, sys.executable, "-m", "pytest", *options, f"{file}::{test}", *CHECKS) == "", REMEDY
