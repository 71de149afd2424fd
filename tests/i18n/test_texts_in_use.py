"""The texts held to the code: every name in the source is a text, and every text is named in the source.

Names are read from the syntax tree. A name made by an f-string, such as ``expected.{...}``, stands for what its value
can be, which is taken from the types.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from bot.app.classroom.control import EVENTS
from bot.app.messages import ClassExplanation, Explanation
from bot.app.messages.classroom import NicknameFault
from bot.core.prompt import NotAnAnswer, WrittenPrompt
from bot.i18n import LANGUAGES, REFERENCE, Texts
from bot.tg.features import FEATURES
from bot.tg.views.controls import _ENDING, _ROWS

BOT = Path(__file__).parents[2] / "bot"
KEYS = LANGUAGES[REFERENCE].keys()
PARTS = "|".join(sorted({key.partition(".")[0] for key in KEYS}))
NAME = re.compile(rf"(?:{PARTS})\.[a-z_]*[a-z]")

MADE_NAMES = {
    "command.": {name for feature in FEATURES for name in (*feature.slash, *feature.group)},
    "control.": {name for rows in (*_ROWS.values(), _ENDING) for row in rows for name, _ in row} | {"finish"},
    "toast.": set(EVENTS),
    "welcome.": {"quiz", "score", "read"},
    "explanation.": set(get_args(get_type_hints(Explanation)["outcome"])),
    "seat.": set(get_args(get_type_hints(ClassExplanation)["outcome"])),
    "seat.fault_": set(get_args(NicknameFault)) - {""},
    "expected.": set(get_args(get_type_hints(NotAnAnswer)["expected"])),
    "question.write_": set(get_args(get_type_hints(WrittenPrompt)["expects"])),
}
"""What an f-string that begins with this may end in."""

# Parts that Telegram shows outside messages, where there are no marks (Bot API: setMyName, BotCommand, ...).
PARTS_WITHOUT_MARKS = ("bot.", "command.", "toast.")


@cache
def _trees() -> tuple[ast.Module, ...]:
    files = [*BOT.glob("tg/**/*.py"), *BOT.glob("app/**/*.py"), *BOT.glob("board/*.py"), BOT / "i18n" / "__init__.py"]
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in files)


def _names_in(node: ast.AST) -> set[str]:
    """Give the names of texts that a piece of source can mean."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
        return {node.value}
    head = _head(node)
    return {head + end for end in MADE_NAMES.get(head, ())}


def _head(node: ast.AST) -> str:
    """Give what stands before the only value of an f-string that could be the name of a text; else nothing."""
    match node:
        case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue()]):
            return head if re.fullmatch(rf"(?:{PARTS})\.[a-z_]*", head) else ""
    return ""


def _nodes() -> Iterator[ast.AST]:
    for tree in _trees():
        yield from ast.walk(tree)


def _names_called(method: str) -> set[str]:
    """Give the names that stand as the first argument of calls of a method of Texts, conditional ones too."""
    calls = [node for node in _nodes() if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    firsts = [call.args[0] for call in calls if call.func.attr == method and call.args]  # type: ignore[attr-defined]
    return {name for first in firsts for node in ast.walk(first) for name in _names_in(node)}


def test_every_text_is_used_and_every_name_is_a_text() -> None:
    """The names in the source are exactly the texts."""
    assert {name for node in _nodes() for name in _names_in(node)} == KEYS


def test_every_made_name_is_known() -> None:
    """The f-strings that make names are exactly those whose values this test knows."""
    assert {head for head in map(_head, _nodes()) if head} == set(MADE_NAMES)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_what_is_shown_plainly_has_no_marks(texts: Texts) -> None:
    """A text for a button, a poll, the menu or a toast has no HTML, for there it would be seen."""
    plain = _names_called("plain") | {key for key in KEYS if key.startswith(PARTS_WITHOUT_MARKS)}
    assert plain >= {"question.skip", "question.true", "count.days", "welcome.quiz", "bot.name"}
    assert {key: form for key in plain for form in texts.forms(key).values() if re.search("[<>&]", form)} == {}


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_help_names_every_command(texts: Texts) -> None:
    """The help tells of each command but those that led to it."""
    named = set(re.findall(r"^/([a-z]+)", texts.plain("help.text"), re.MULTILINE))
    assert named == {name for feature in FEATURES for name in feature.slash} - {"start", "help"}
