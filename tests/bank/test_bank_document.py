"""Conversion of questions to JSON documents and back, and fingerprints of questions."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from strategies import question, whole_banks

from bot.bank import fingerprint, question_from_document, question_to_document
from bot.core.errors import QuestionError
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Bank, Question

WHERE = question("where", kind=OneRight("Oslo", (Option("Bergen"), Option("Tromsø", "Far north."))))


@given(whole_banks())
def test_a_question_survives_json(bank: Bank) -> None:
    """A question of any kind is equal to itself after conversion to JSON and back."""
    for one in bank.questions:
        assert question_from_document(json.loads(json.dumps(question_to_document(one)))) == one


@given(whole_banks())
def test_a_fingerprint_depends_on_the_content_alone(bank: Bank) -> None:
    """A question read back from JSON has the same fingerprint: 16 hexadecimal digits."""
    for one in bank.questions:
        again = question_from_document(json.loads(json.dumps(question_to_document(one))))
        assert fingerprint(again) == fingerprint(one)
        assert len(bytes.fromhex(fingerprint(one))) == 8


def test_a_document_has_the_field_names_of_a_bank() -> None:
    """A document has the field names of the bank, and an option without a note is its text."""
    assert question_to_document(WHERE) == {
        "id": "where",
        "topic": "bodies",
        "level": "easy",
        "question": "A stem?",
        "why": "Why.",
        "passage": "passage",
        "quote": "words",
        "answer": "Oslo",
        "wrong": ["Bergen", {"text": "Tromsø", "note": "Far north."}],
    }


def test_the_fingerprint_is_the_same_in_every_version_of_the_program() -> None:
    """The fingerprint of a question is the same as when it was first stored."""
    assert fingerprint(WHERE) == "65f5a8c55fe0e0e0"


@pytest.mark.parametrize(
    "changed",
    [
        replace(WHERE, stem="Another stem?"),
        replace(WHERE, why="Otherwise."),
        replace(WHERE, kind=OneRight("Oslo", (Option("Bergen"), Option("Tromsø")))),
        replace(WHERE, kind=OneRight("Oslo", (Option("Tromsø", "Far north."), Option("Bergen")))),
        replace(WHERE, kind=TrueFalse(answer=True)),
    ],
)
def test_every_change_of_a_question_changes_its_fingerprint(changed: Question) -> None:
    """A change of a text, a note, the order of options or the kind changes the fingerprint."""
    assert fingerprint(changed) != fingerprint(WHERE)


@pytest.mark.parametrize(
    "change", [{"question": None}, {"level": "easier"}, {"answer": None, "wrong": None}, {"wrong": []}]
)
def test_a_document_that_is_not_a_question_is_refused(change: dict[str, object]) -> None:
    """A document that does not describe a question raises QuestionError."""
    document = {name: value for name, value in (question_to_document(WHERE) | change).items() if value is not None}
    with pytest.raises(QuestionError):
        question_from_document(document)
