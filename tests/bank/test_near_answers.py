"""Advice on answers of two questions that differ only by a misspelling."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from strategies import TOPICS, question

from bot.bank import check_bank, lint
from bot.bank.check import run_check
from bot.core.kind import Kind, Option
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.typed import Typed
from bot.core.question import Bank

HEAD = """
title: A bank
language: en
source: us
licence: CC0
reading:
  - id: p
    title: P
    text: Banjul is there.
topics:
  - id: t
    title: T
defaults:
  topic: t
  level: easy
questions:
"""
QUESTION = """
  - id: {id}
    question: Which country {id}?
{answers}
    why: It is.
    passage: p
    quote: Banjul is there.
"""


def advised(*kinds: Kind) -> list[tuple[str, str, tuple[str, str]]]:
    """Return the question and answer of each piece of advice for these kinds, and the other question and answer."""
    questions = tuple(question(f"q{number}", kind=kind) for number, kind in enumerate(kinds))
    bank = Bank("A bank", "en", "a source", "a licence", (), TOPICS, questions)
    return [(one.id, one.answer, one.other) for one in lint.confusable_answers(bank)]


GAMBIA = Typed(("Gambia", "The Republic of the Gambia"))


@pytest.mark.parametrize(
    "other",
    [
        Typed(("Lusaka", "Zambia")),
        Typed(("Lusaka",), (Option("Zambia"),)),
        OneRight("Zambia", (Option("Lusaka"),)),
        OneRight("Lusaka", (Option("zambia"),)),
        SeveralRight(("Lusaka", "Zambia"), (Option("Rome"),)),
    ],
)
def test_an_answer_similar_to_one_of_another_question_gets_advice(other: Kind) -> None:
    """A typed answer that differs only by a misspelling from an answer of another question gets advice once."""
    ((name, answer, (other_name, near)),) = advised(GAMBIA, other)
    assert (name, answer, other_name, near.casefold()) == ("q0", "Gambia", "q1", "zambia")
    assert len(advised(other, GAMBIA)) == 1


@pytest.mark.parametrize(
    "kinds",
    [
        (Typed(("Gambia",), (Option("Zambia"),)),),
        (Typed(("Gambia", "Gambya")),),
        (Typed(("Gambia",)), Typed(("Gambia", "Gambya"))),
        (GAMBIA, OneRight("Gambia", (Option("Lusaka"),))),
        (Typed(("Gambia",), exact=True), Typed(("Zambia",), exact=True)),
        (OneRight("Gambia", (Option("Rome"),)), OneRight("Zambia", (Option("Rome"),))),
        (Typed(("Article 5",)), Typed(("Article 6",))),
        (Typed(("Iran",)), Typed(("Iraq",))),
        (Typed(("Казахстан",)), Typed(("Казахстаном",))),
        (Typed(("country",)), Typed(("countries",))),
        (Typed(("Austria",)), Typed(("Australia",))),
        (Typed(("thirty",)), Number(13)),
    ],
)
def test_answers_that_cannot_be_confused_get_no_advice(kinds: tuple[Kind, ...]) -> None:
    """Answers of the same question, word forms, numbers, short words and options get no advice."""
    assert advised(*kinds) == []


def test_the_check_names_both_answers_with_their_lines(tmp_path: Path) -> None:
    """The advice is at the line of one answer and names the line of the other; it does not fail the check."""
    typed = "    accept:\n      - Banjul\n      - {name}"
    texts = [QUESTION.format(id=f"q-{name.lower()}", answers=typed.format(name=name)) for name in ("Gambia", "Zambia")]
    path = tmp_path / "bank.yaml"
    path.write_text(HEAD + texts[0] + texts[1].replace("Banjul\n", "Lusaka\n", 1), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    here, there = (number for number, line in enumerate(lines, 1) if line.strip() in {"- Gambia", "- Zambia"})
    out = StringIO()
    assert run_check([path], out) == 0
    first, *_ = out.getvalue().splitlines()
    assert first.startswith(f"{path}:{here}:9: advice: “Gambia” differs only by a misspelling from “Zambia”")
    assert first.endswith(f"“Zambia” is on line {there}.")


def test_loading_a_bank_loads_no_dictionary(tmp_path: Path) -> None:
    """Loading a bank with similar Russian answers imports no dictionary; only the check does."""
    typed = "    accept:\n      - {name}"
    texts = [QUESTION.format(id=f"q{place}", answers=typed.format(name=name)) for place, name in enumerate(NEAR)]
    path = tmp_path / "bank.yaml"
    path.write_text(HEAD + "".join(texts), encoding="utf-8")
    code = f"""
import sys, pathlib
from bot.bank import check_bank, load
load(pathlib.Path({str(path)!r}))
assert not {{"pymorphy3", "spellchecker"}} & sys.modules.keys()
assert check_bank(pathlib.Path({str(path)!r})).advice
"""
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
    assert len(check_bank(path).advice) == 1


NEAR = ("Гамбия", "Замбия")
