"""Sections of docstrings name parameters and attributes that exist."""

import ast
import re
from collections.abc import Iterator

import pytest
from documents import ROOT

PYTHON = tuple(path for top in ("bot", "bench", "scripts", "tests") for path in sorted((ROOT / top).rglob("*.py")))
_ENTRY = re.compile(r"([\w, ]+):")


def section(docstring: str, title: str) -> Iterator[str]:
    """Yield the names in a section of a docstring; one entry may have several names, separated by commas."""
    _, found, text = docstring.partition(f"{title}:\n")
    if not found:
        return
    lines = text.splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth < indent:
            return
        if depth == indent and (entry := _ENTRY.match(line.strip())):
            yield from (name.strip() for name in entry[1].split(","))


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names of the parameters of a function."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return {one.arg for one in named if one}


def attributes(owner: ast.ClassDef) -> set[str]:
    """Return the names of the attributes and methods of a class."""
    own = {node.attr for node in ast.walk(owner) if isinstance(node, ast.Attribute)}
    fields = {
        node.id
        for statement in owner.body
        if isinstance(statement, ast.AnnAssign | ast.Assign)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return own | fields | {node.name for node in owner.body if isinstance(node, ast.FunctionDef)}


def unknown_names(tree: ast.AST) -> Iterator[str]:
    """Yield the names in the sections Args and Attributes that do not exist."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        docstring = ast.get_docstring(node) or ""
        functions = [one for one in getattr(node, "body", ()) if getattr(one, "name", "") == "__init__"]
        function = node if not isinstance(node, ast.ClassDef) else (functions or [None])[0]
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (
                f"{node.name}: {name}" for name in section(docstring, "Args") if name not in parameters(function)
            )
        if isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}: {name}" for name in section(docstring, "Attributes") if name not in attributes(node)
            )


@pytest.mark.parametrize("top", ["bot", "bench", "scripts", "tests"])
def test_docstrings_name_what_exists(top: str) -> None:
    """Each name in a section of a docstring is a parameter of the function or an attribute of the class."""
    paths = [path for path in PYTHON if path.relative_to(ROOT).parts[0] == top]
    trees = [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]
    assert len(trees) > 1
    assert [f"{path.relative_to(ROOT)}: {name}" for path, tree in trees for name in unknown_names(tree)] == []


def test_unknown_names_are_found() -> None:
    """A parameter or an attribute that was renamed in the code alone is found; one entry may name several."""
    source = '''
class Receiver:
    """Receiver of updates.

    Args:
        service: stores them.
        is_helper: whether another process leads,
            which is told.

    Attributes:
        count, seen: how many came.
    """

    def __init__(self, service, is_follower):
        self.count = 0


def send(chat, text):
    """Send a text.

    Args:
        chat: the chat.
        message: the text.
    """
'''
    assert list(unknown_names(ast.parse(source))) == ["Receiver: is_helper", "Receiver: seen", "send: message"]
