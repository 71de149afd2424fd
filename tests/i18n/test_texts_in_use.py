"""Comparison of the texts with the code: every key in the source exists, and every text is used.

Keys are found in the syntax tree. A key that is built by an f-string, such as ``expected.{...}``, stands for all values
that its expression can have, which are taken from the types.
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
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts
from bot.tg.features import FEATURES
from bot.tg.views.controls import _ENDING, _ROWS

BOT = Path(__file__).parents[2] / "bot"
KEYS = LANGUAGES[DEFAULT_LANGUAGE].keys()
SECTIONS = "|".join(sorted({key.partition(".")[0] for key in KEYS}))
KEY = re.compile(rf"(?:{SECTIONS})\.[a-z_]*[a-z]")

DYNAMIC_KEYS = {
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
"""The possible endings of f-strings by their beginning."""

# Sections that Telegram shows outside messages, where there is no HTML (Bot API: setMyName, BotCommand, ...).
SECTIONS_WITHOUT_HTML = ("bot.", "command.", "toast.")


@cache
def _trees() -> tuple[ast.Module, ...]:
    files = [*BOT.glob("tg/**/*.py"), *BOT.glob("app/**/*.py"), *BOT.glob("board/*.py"), BOT / "i18n" / "__init__.py"]
    return tuple(ast.parse(file.read_text(encoding="utf-8")) for file in files)


def _keys_in(node: ast.AST) -> set[str]:
    """Return the keys of texts that a node can stand for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        return {node.value}
    head = _key_prefix(node)
    return {head + end for end in DYNAMIC_KEYS.get(head, ())}


def _key_prefix(node: ast.AST) -> str:
    """Return the text before the only expression of an f-string that may be a key; empty for other nodes."""
    match node:
        case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue()]):
            return head if re.fullmatch(rf"(?:{SECTIONS})\.[a-z_]*", head) else ""
    return ""


def _nodes() -> Iterator[ast.AST]:
    for tree in _trees():
        yield from ast.walk(tree)


def _keys_passed_to(method: str) -> set[str]:
    """Return the keys that are passed as first argument to a method of Texts, including conditional ones."""
    calls = [node for node in _nodes() if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    firsts = [call.args[0] for call in calls if call.func.attr == method and call.args]  # type: ignore[attr-defined]
    return {name for first in firsts for node in ast.walk(first) for name in _keys_in(node)}


def test_every_text_is_used_and_every_key_exists() -> None:
    """The keys in the source are exactly the keys of the texts."""
    assert {name for node in _nodes() for name in _keys_in(node)} == KEYS


def test_every_dynamic_key_is_listed() -> None:
    """The f-strings that build keys are exactly those listed in DYNAMIC_KEYS."""
    assert {head for head in map(_key_prefix, _nodes()) if head} == set(DYNAMIC_KEYS)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_plain_texts_contain_no_html(texts: Texts) -> None:
    """A text for a button, a poll, the menu or a toast has no HTML, which would be visible there."""
    plain = _keys_passed_to("plain") | {key for key in KEYS if key.startswith(SECTIONS_WITHOUT_HTML)}
    assert plain >= {"question.skip", "question.true", "count.days", "welcome.quiz", "bot.name"}
    assert {key: form for key in plain for form in texts.plural_forms(key).values() if re.search("[<>&]", form)} == {}


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_help_names_every_command(texts: Texts) -> None:
    """The help describes each command except for /start and /help, which show it."""
    named = set(re.findall(r"^/([a-z]+)", texts.plain("help.text"), re.MULTILINE))
    assert named == {name for feature in FEATURES for name in feature.slash} - {"start", "help"}
