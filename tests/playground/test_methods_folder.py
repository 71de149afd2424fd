"""Rules of the folder of methods: every group is listed, and groups are independent."""

import ast
from pathlib import Path

from bot.playground import methods

FOLDER = Path(methods.__file__).parent
FILES = sorted(path for path in FOLDER.glob("*.py") if path.name != "__init__.py")


def test_every_group_is_listed() -> None:
    """Every file of the folder is in GROUPS exactly once."""
    listed = [group.__name__.rpartition(".")[2] for group in methods.GROUPS]
    assert sorted(listed) == [path.stem for path in FILES]
    assert len(set(listed)) == len(listed)


def test_groups_do_not_import_each_other() -> None:
    """No file of the folder imports another or the folder."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            imported = node.module if isinstance(node, ast.ImportFrom) else None
            assert imported is None or not imported.startswith("bot.playground.methods"), path


def test_names_are_unique() -> None:
    """No two methods have the same name, and no two parameters of one method."""
    names = [method.name for method in methods.METHODS]
    assert len(set(names)) == len(names)
    for method in methods.METHODS:
        parameters = [parameter.name for parameter in method.parameters]
        assert len(set(parameters)) == len(parameters), method.name
