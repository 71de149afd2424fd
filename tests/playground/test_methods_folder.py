"""The folder of methods is open: nothing is forgotten, nothing leans on its neighbour."""

import ast
from pathlib import Path

from bot.playground import methods

FOLDER = Path(methods.__file__).parent
FILES = sorted(path for path in FOLDER.glob("*.py") if path.name != "__init__.py")


def test_no_group_is_forgotten() -> None:
    """Every file of the folder is in the tuple, once."""
    listed = [group.__name__.rpartition(".")[2] for group in methods.GROUPS]
    assert sorted(listed) == [path.stem for path in FILES]
    assert len(set(listed)) == len(listed)


def test_groups_do_not_know_one_another() -> None:
    """No file of the folder imports another or the folder."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            imported = node.module if isinstance(node, ast.ImportFrom) else None
            assert imported is None or not imported.startswith("bot.playground.methods"), path


def test_names_are_unique() -> None:
    """No method is there twice, and none has two parameters of one name."""
    names = [method.name for method in methods.METHODS]
    assert len(set(names)) == len(names)
    for method in methods.METHODS:
        parameters = [parameter.name for parameter in method.parameters]
        assert len(set(parameters)) == len(parameters), method.name
