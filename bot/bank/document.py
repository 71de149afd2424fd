"""Conversion of questions to JSON documents and back. The store keeps each version of a question as such a document.

Limits are not checked: a question that was asked under older rules must stay readable.
"""

import hashlib
import json
from collections.abc import Mapping

from bot.core.errors import Fault, QuestionError
from bot.core.kind import Field, Kind, Option, Value
from bot.core.kinds import KINDS
from bot.core.question import Level, Question

Document = dict[str, object]
"""Fields of a question under the names they have in a bank. A value is a text, an option or a list of these.

An option with a note is ``{"text": ..., "note": ...}``."""


def question_to_document(question: Question) -> Document:
    """Convert a question to a document."""
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
    """Convert a document back to a question. Raises QuestionError if it does not describe one."""
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
    """Return 16 hexadecimal digits that differ between two questions exactly if their content differs."""
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
