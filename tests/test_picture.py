"""The drawing of the way of an update follows from the table of its steps, and each step is a call in the code."""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from documents import blocks, table
from sqlalchemy import Table

from bot.store import engine

PAGE = "docs/way-of-an-update.md"
WHO = {who: (where, re.findall(r"`(.+?)`", files)) for who, where, files in table(PAGE, "who", "where", "in the code")}
STEPS = table(PAGE, "", "from", "to", "what happens", "calls")
TELEGRAM, DATABASE = "Telegram", "in the database"


def module(path: str) -> ModuleType:
    """Import the module of a file."""
    return importlib.import_module(path.removesuffix(".py").replace("/", "."))


def calls(step: tuple[str, ...]) -> list[str]:
    """Return the names of the two functions of a step."""
    return re.findall(r"`(.+?)`", step[4])


def function(who: str, name: str) -> Callable[..., Any]:
    """Find the function or method with this name in the files of a participant."""
    owner, _, rest = name.partition(".")
    named = [(one, vars(one).get(owner)) for one in map(module, WHO[who][1])]
    (only,) = [found for one, found in named if getattr(found, "__module__", "") == one.__name__]
    return inspect.unwrap(getattr(only, rest) if rest else only)


def mentioned(code: Callable[..., Any]) -> set[str]:
    """Return the names that a function uses, without the leading underscores of private attributes."""
    nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(code)))))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return {name.removeprefix("_") for name in names | {node.id for node in nodes if isinstance(node, ast.Name)}}


def drawn() -> Iterator[str]:
    """Yield the lines of the drawing in Mermaid's syntax, which GitHub renders."""
    yield "flowchart TD"
    places = dict.fromkeys(where for who, (where, _) in WHO.items() if who != TELEGRAM)
    for number, place in enumerate(places):
        yield f'    subgraph place{number}["{place}"]'
        yield from (f"        {shape(who)}" for who, (where, _) in WHO.items() if where == place)
        yield "    end"
    yield f"    {TELEGRAM}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in STEPS:
        arrows.setdefault((step[1], step[2]), []).append(f"{step[0]} {calls(step)[1].rpartition('.')[2]}")
    yield from (f'    {start} -->|"{"<br>".join(labels)}"| {end}' for (start, end), labels in arrows.items())


def shape(who: str) -> str:
    """Return the Mermaid node of a participant: a table of the database is a cylinder."""
    return f"{who}[({who})]" if WHO[who][0] == DATABASE else who


def test_the_picture_is_drawn_from_the_steps() -> None:
    """The drawing contains exactly the participants and steps of the tables."""
    drawing = "\n".join(drawn()) + "\n"
    assert blocks(PAGE, "mermaid") == [drawing], f"Put this in place of the drawing in {PAGE}:\n\n{drawing}"


def test_the_steps_are_numbered() -> None:
    """The steps are numbered from 1, and every participant has a step."""
    assert [step[0] for step in STEPS] == [str(number) for number in range(1, len(STEPS) + 1)]
    assert {who for step in STEPS for who in step[1:3]} == set(WHO)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step[1]}-{step[2]}-{step[0]}")
def test_a_step_is_a_call_in_the_code(step: tuple[str, ...]) -> None:
    """Both functions are where the table says, and the first uses the second; Telegram calls our route."""
    _, start, end, _, _ = step
    caller, called = calls(step)
    code = function(end if start == TELEGRAM else start, caller)
    assert function(end, called)
    assert called.rpartition(".")[2].removeprefix("_") in mentioned(code)


@pytest.mark.parametrize("who", [who for who, (where, _) in WHO.items() if where == DATABASE])
def test_each_node_in_the_database_is_a_table(who: str) -> None:
    """One of the files defines a table of this name."""
    made = {one.name for path in WHO[who][1] for one in vars(module(path)).values() if isinstance(one, Table)}
    assert who in made


@pytest.mark.parametrize(
    ("seconds", "code"), [(row[0], row[2]) for row in table(PAGE, "seconds", "what", "in the code")]
)
def test_the_seconds_are_those_of_the_code(seconds: str, code: str) -> None:
    """Each is the value of the constant beside it; the limits of the server are in milliseconds."""
    path, name = re.findall(r"`(.+?)`", code)
    value = getattr(module(path), name)
    assert float(seconds) == (value["idle_in_transaction_session_timeout"] / 1000 if value is engine.LIMITS else value)
