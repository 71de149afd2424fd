"""A question as a plain document of JSON, and back: how the store keeps every version that was ever asked.

Checks no limits: a question asked under older rules must stay readable.
"""

import hashlib
import json
from collections.abc import Mapping

from bot.core.errors import Fault, QuestionError
from bot.core.kind import Field, Kind, Option, Value
from bot.core.kinds import KINDS
from bot.core.question import Level, Question

Document = dict[str, object]
"""Texts, lists of texts, ``{"text":, "note":}`` and lists of those, by the names of the bank's fields."""


def question_to_document(question: Question) -> Document:
    """Write a question with the field names an author would use."""
    common = {
        "id": question.id,
        "topic": question.topic,
        "level": question.level.value,
        "question": question.stem,
        "why": question.why,
        "passage": question.passage,
        "quote": question.quote,
    }
    return common | {name: _plain(value) for name, value in question.kind.write().items()}


def question_from_document(document: Mapping[str, object]) -> Question:
    """Read a question that ``question_to_document`` wrote. Raises QuestionError where it is none."""
    names = ("id", "topic", "level", "question", "why", "passage", "quote")
    faults = [Fault(name, "is missing") for name in names if not isinstance(document.get(name), str)]
    if document.get("level") not in tuple(Level):
        faults.append(Fault("level", f"is none of {', '.join(Level)}"))
    if faults:
        raise QuestionError(tuple(faults))
    texts = {name: str(document[name]) for name in names}
    return Question(
        id=texts["id"],
        topic=texts["topic"],
        level=Level(texts["level"]),
        stem=texts["question"],
        kind=_kind({name: value for name, value in document.items() if name not in names}),
        why=texts["why"],
        passage=texts["passage"],
        quote=texts["quote"],
    )


def fingerprint(question: Question) -> str:
    """Give 16 hexadecimal digits that differ between any two versions of a question and never otherwise."""
    canonical = json.dumps(question_to_document(question), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _plain(value: Value) -> object:
    match value:
        case str():
            return value
        case Option(note=""):
            return value.text
        case Option():
            return {"text": value.text, "note": value.note}
        case _:
            return [_plain(item) for item in value]


def _kind(answers: Mapping[str, object]) -> Kind:
    untyped = {name: _untyped(value) for name, value in answers.items()}
    kind = next((kind for kind in KINDS if kind.claims(untyped)), None)
    if kind is None:
        raise QuestionError((Fault("question", f"no kind of question has the fields {', '.join(answers)}"),))
    return kind.read({field.name: _value(field, answers[field.name]) for field in kind.fields if field.name in answers})


def _untyped(value: object) -> Value:
    if isinstance(value, list):
        return tuple(map(_option, value))
    return str(value) if isinstance(value, str) else _option(value)


def _value(field: Field, value: object) -> Value:
    match field.shape:
        case "option":
            return _option(value)
        case "options":
            return tuple(map(_option, value if isinstance(value, list) else [value]))
        case "texts":
            return tuple(map(str, value if isinstance(value, list) else [value]))
        case _:
            return str(value)


def _option(value: object) -> Option:
    if isinstance(value, Mapping):
        return Option(str(value.get("text", "")), str(value.get("note", "")))
    return Option(str(value))
