"""Exact typed questions, in which spelling counts, and their reading from files and documents."""

import json
import unicodedata
from pathlib import Path

import pytest

from bot.bank import check_bank, load, question_from_document, question_to_document
from bot.core.errors import QuestionError
from bot.core.kind import Option, Value
from bot.core.kinds.typed import Typed
from bot.core.prompt import Mark, Written

SYMBOL = Typed(("Mg",), (Option("mg", "A milligram."), Option("MG")), exact=True)
BANK = """
title: A bank
language: en
source: us
licence: CC0
reading:
  - id: p
    title: P
    text: Magnesium is Mg.
topics:
  - id: t
    title: T
questions:
  - id: q
    topic: t
    level: easy
    question: Which symbol?
    accept:
      - Mg
    wrong:
      - text: mg
        note: A milligram.
      - MG
    {exact}
    why: It is.
    passage: p
    quote: Magnesium is Mg
"""


@pytest.mark.parametrize(
    ("accepted", "typed", "right"),
    [
        ("Mg", "Mg", True),
        ("Mg", "  Mg\n", True),
        ("Mg", "mg", False),
        ("Mg", "MG", False),
        ("Mg", "Mg.", False),
        ("Mg", "Мg", False),
        ("der  Hund", "der Hund", True),
        ("der Hund", "der \u00a0 Hund", True),
        ("der Hund", "Hund", False),
        ("der Hund", "der Hunde", False),
        ("résumé", unicodedata.normalize("NFD", "résumé"), True),
        (unicodedata.normalize("NFD", "résumé"), "résumé", True),
        ("résumé", "resume", False),
        ("photosynthesis", "photosynthesys", False),
        ("смертная казнь", "смертной казни", False),
        ("ёлка", "елка", False),
        ("colour", "color", False),
        ("H2O", "H₂O", False),
        ("1,000", "1000", False),
        ("Article 5", "Article V", False),
        ("co-operation", "cooperation", False),
        ("Geneva", "It is Geneva", False),
    ],
)
def test_exact_forgives_nothing_but_spaces(accepted: str, typed: str, *, right: bool) -> None:
    """Case, accents, endings, punctuation and numbers count; spaces and the Unicode form of accents do not."""
    mark = Typed((accepted,), exact=True).mark(Written(typed))
    assert isinstance(mark, Mark)
    assert (mark.right, mark.spelling) == (right, "")


def test_an_exact_wrong_answer_gets_its_own_note() -> None:
    """A note belongs only to the exact text of its option."""
    assert SYMBOL.mark(Written("mg")) == Mark(right=False, given="mg", note="A milligram.")
    assert SYMBOL.mark(Written("MG")) == Mark(right=False, given="MG")
    assert SYMBOL.mark(Written("Mg")) == Mark(right=True, given="Mg")


def faults(fields: dict[str, Value]) -> list[str]:
    """Return the faults in the fields of a typed question."""
    try:
        Typed.read(fields)
    except QuestionError as error:
        return [f"{fault.field}: {fault.message}" for fault in error.faults]
    return []


def test_answers_that_differ_by_case_alone_need_exact() -> None:
    """Two answers that differ in case alone are a fault unless the question is exact."""
    pair: dict[str, Value] = {"accept": ("Mg",), "wrong": ("mg",)}
    twins: dict[str, Value] = {"accept": ("Polish", "polish")}
    for fields in (pair, twins):
        assert len(faults(fields)) == len(faults({**fields, "exact": "false"})) == 1
        assert faults({**fields, "exact": "true"}) == []


def test_a_duplicate_is_a_fault_in_an_exact_question() -> None:
    """A text that is right and wrong, or right twice, is refused even if its spaces differ."""
    assert len(faults({"accept": ("der Hund",), "wrong": ("der  Hund",), "exact": "true"})) == 1
    assert len(faults({"accept": ("Mg", " Mg "), "exact": "true"})) == 1


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "yes", "да", "иә"])
def test_exact_accepts_every_word_for_true(word: str) -> None:
    """The words for a true statement make a question exact."""
    kind = Typed.read({"accept": ("Mg",), "exact": word})
    assert kind.exact
    assert kind.write() == {"accept": ("Mg",), "exact": "true"}


@pytest.mark.parametrize("word", ["false", "No", "нет", "жоқ"])
def test_false_for_exact_is_not_written(word: str) -> None:
    """A question that is not exact is the same with and without the field, and keeps its fingerprint."""
    assert Typed.read({"accept": ("Mg",), "exact": word}) == Typed(("Mg",))
    assert "exact" not in Typed(("Mg",)).write()


@pytest.mark.parametrize("word", ["maybe", "1", "on", "strict"])
def test_another_word_for_exact_is_a_fault(word: str) -> None:
    """Another word for `exact` is a fault, and the message has the remedy."""
    assert faults({"accept": ("Mg",), "exact": word}) == [f"exact: is “{word}”: write true, or remove it"]


def test_exact_belongs_to_typed_questions_only(tmp_path: Path) -> None:
    """A number or a choice question with `exact` is refused."""
    path = tmp_path / "bank.yaml"
    text = BANK.replace("accept:\n      - Mg", "answer: Mg").format(exact="exact: true")
    path.write_text(text, encoding="utf-8")
    (fault,) = check_bank(path).faults
    assert "is not a field of a one right question" in fault.message


def test_exact_survives_a_file_and_a_document(tmp_path: Path) -> None:
    """A bank is read with `exact`, and stored questions keep it."""
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.format(exact="exact: true"), encoding="utf-8")
    (question,) = load(path).questions
    assert question.kind == SYMBOL
    document = json.loads(json.dumps(question_to_document(question)))
    assert question_from_document(document) == question


@pytest.mark.parametrize("name", ["case_sensitive", "Exact", "strict", "exact_match", "exackt"])
def test_other_names_of_the_field_are_corrected(tmp_path: Path, name: str) -> None:
    """For the field name of another format, the fault has ours."""
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.format(exact=f"{name}: true"), encoding="utf-8")
    assert any("exact" in fault.message and name in fault.message for fault in check_bank(path).faults)
