"""The committed JSON Schema, and a new kind of question that needs no change in bot.bank."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import pytest
from jsonschema import Draft7Validator

from bot.bank import check_bank, kind_reader, schema
from bot.core.field_reader import FieldReader
from bot.core.kind import Field, Kind, Option, Value
from bot.core.kinds import KINDS
from bot.core.prompt import Answer, Mark, NotAnAnswer, Prompt, WrittenPrompt

COMMITTED = Path(schema.__file__).parent / "bank.schema.json"


@dataclass(frozen=True, slots=True)
class Ordering(Kind):
    """A kind of question that bot.bank does not know: put items in order."""

    order: tuple[str, ...]
    decoy: tuple[Option, ...] = ()

    name: ClassVar[str] = "ordering"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("order", "texts", required=True, description="in order", least=3),
        Field("decoy", "option", required=False, description="what has no place in the order"),
    )

    @classmethod
    def read(cls, fields: Mapping[str, Value]) -> Self:
        """Build the kind."""
        authoring = FieldReader(cls, fields)
        order = authoring.texts("order")
        decoy = authoring.options("decoy")
        authoring.raise_faults()
        return cls(order, decoy)

    def write(self) -> dict[str, Value]:
        """Return the fields."""
        return {"order": self.order, "decoy": self.decoy[0]}

    def prompt(self, seed: int) -> Prompt:  # noqa: ARG002 - nothing to shuffle
        """Return a prompt for a text."""
        return WrittenPrompt("text")

    def mark(self, answer: Answer) -> Mark | NotAnAnswer:  # noqa: ARG002 - never marked here
        """Return no mark."""
        return NotAnAnswer("text")

    def solution(self) -> tuple[str, ...]:
        """Return the order."""
        return self.order


def document(**changes: object) -> dict[str, object]:
    """Return a bank of one question as editors load it."""
    question = {"id": "q", "topic": "t", "level": "easy", "question": "?", "why": "So.", "passage": "p", "quote": "x"}
    return {
        "title": "Bank",
        "language": "en",
        "source": "ours",
        "licence": "CC0-1.0",
        "reading": [{"id": "p", "title": "Passage", "text": "x"}],
        "topics": [{"id": "t", "title": "Topic"}],
        "questions": [question | changes],
    }


def test_the_committed_schema_is_the_generated_one() -> None:
    """The committed file is equal to the generated schema."""
    remedy = "run: uv run python -m bot.bank.schema > bot/bank/bank.schema.json"
    assert COMMITTED.read_text(encoding="utf-8") == schema.schema_text(), remedy


def test_the_schema_is_draft_07() -> None:
    """The schema is valid under the draft that it names."""
    generated = schema.bank_schema()
    assert generated["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(generated)


def test_every_field_has_a_description() -> None:
    """Every field of every kind has a description, which editors show."""
    definitions = schema.bank_schema()["definitions"]
    assert isinstance(definitions, dict)
    questions = [one for name, one in definitions.items() if name != "option"]
    assert len(questions) == len(KINDS)
    assert all(field["description"] for one in questions for field in one["properties"].values())


@pytest.mark.parametrize(
    "answer",
    [
        {"answer": 2012, "wrong": [2013, {"text": 2014, "note": "Too late."}]},
        {"answer": True},
        {"answer": "false"},
        {"accept": [1991, "the year 1991"]},
        {"answers": [1, 2.5], "wrong": [True]},
        {"year": 1991},
        {"number": 2.5, "within": 1, "unit": "km"},
    ],
)
def test_unquoted_numbers_and_booleans_are_texts(answer: dict[str, object]) -> None:
    """The schema accepts unquoted numbers and booleans where a text is expected."""
    assert Draft7Validator(schema.bank_schema()).is_valid(document(**answer))


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"answer": "Oslo"},
        {"answer": "Oslo", "wrong": []},
        {"answer": "Oslo", "wrong": ["Bergen"], "year": 1991},
        {"answers": ["Oslo"], "wrong": ["Bergen"]},
        {"year": 1991, "within": 1},
        {"accept": "Oslo"},
        {"answer": "Oslo", "wrong": [{"note": "No text."}]},
        {"answer": "Oslo", "wrong": ["Bergen"], "level": "Easy"},
        {"answer": "Oslo", "wrong": ["Bergen"], "hint": "North."},
    ],
)
def test_the_schema_refuses_invalid_questions(answer: dict[str, object]) -> None:
    """The schema refuses answer fields that match no kind, too few options and unknown fields."""
    assert not Draft7Validator(schema.bank_schema()).is_valid(document(**answer))


def test_a_new_kind_is_loaded_and_in_the_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that is added to KINDS is read, checked and in the schema without a change of bot.bank."""
    monkeypatch.setattr(kind_reader, "KINDS", (*KINDS, Ordering))
    monkeypatch.setattr(schema, "KINDS", (*KINDS, Ordering))
    path = tmp_path / "bank.yaml"
    texts = {"title": "Bank", "language": "en", "source": "ours", "licence": "CC0-1.0"}
    head = "".join(f"{name}: {text}\n" for name, text in texts.items())
    lists = "reading: [{id: p, title: Passage, text: x}]\ntopics: [{id: t, title: Topic}]\n"
    sorting = "order: [a, b, c], decoy: {text: d, note: No.}"
    question = f"id: q, topic: t, level: easy, question: Sort!, why: So., passage: p, quote: x, {sorting}"
    path.write_text(f"{head}{lists}questions: [{{{question}}}]\n", encoding="utf-8")
    loaded = check_bank(path)
    assert loaded.bank is not None
    assert loaded.bank.questions[0].kind == Ordering(("a", "b", "c"), (Option("d", "No."),))
    assert Draft7Validator(schema.bank_schema()).is_valid(
        document(order=["a", "b", "c"], decoy={"text": "d", "note": "No."})
    )
    path.write_text(path.read_text(encoding="utf-8").replace("[a, b, c]", "[a, b]"), encoding="utf-8")
    assert [fault.message for fault in check_bank(path).faults] == ["order: has 2 items: write 3 to 50."]
