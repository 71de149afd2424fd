"""Generates the JSON Schema (draft-07) with which editors complete and check a bank, from the loader's own tables.

The schema accepts some banks that the loader refuses (ids, quotes, references). It refuses no bank that the loader
accepts, except for white space inside quotes around a word.
To regenerate the file: ``uv run python -m bot.bank.schema > bot/bank/bank.schema.json``.
"""

import json
import re
import sys

from bot.bank.fields import (
    BANK,
    DEFAULTS,
    MAX_ITEMS,
    MAX_TEXT_LENGTH,
    OPTION,
    PASSAGE,
    QUESTION,
    SECTIONS,
    TOPIC,
    TextField,
)
from bot.core.kind import Field, Kind
from bot.core.kinds import KINDS
from bot.core.truth_words import FALSE, TRUE

Schema = dict[str, object]

_SCALAR = ["string", "number", "boolean", "null"]
"""JSON types of an unquoted text: 1991 is a number and true a boolean for editors, but texts for the loader."""


def bank_schema() -> Schema:
    """Return the schema of a whole bank file."""
    kinds = {re.sub(r"\W", "-", kind.name): _question(kind) for kind in KINDS}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A question bank on a reading",
        "definitions": {"option": _option(), **kinds},
        **_record(BANK, optional=()),
        "properties": {
            **_texts(BANK),
            "reading": _list("reading", _record(PASSAGE)),
            "topics": _list("topics", _record(TOPIC)),
            "defaults": {**_record(DEFAULTS, optional=("topic", "level")), "description": SECTIONS["defaults"]},
            "questions": _list("questions", {"anyOf": [{"$ref": f"#/definitions/{name}"} for name in kinds]}),
        },
        "required": [*(field.name for field in BANK), "reading", "topics", "questions"],
    }


# Allows one character more than the loader: a block text ends with a line break, which the loader strips.
def _text(description: str, longest: int = MAX_TEXT_LENGTH) -> Schema:
    return {"description": description, "type": _SCALAR, "minLength": 1, "maxLength": longest + 1}


def _text_field(field: TextField) -> Schema:
    schema = _text(field.description, field.max_length)
    if field.choices:
        return {"description": field.description, "enum": list(field.choices)}
    return schema | ({"pattern": field.pattern} if field.pattern else {})


def _texts(fields: tuple[TextField, ...]) -> Schema:
    return {field.name: _text_field(field) for field in fields}


def _record(fields: tuple[TextField, ...], optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": _texts(fields),
        "required": [field.name for field in fields if field.name not in optional],
    }


def _list(section: str, item: Schema) -> Schema:
    most = {"maxItems": MAX_ITEMS[section]} if section in MAX_ITEMS else {}
    return {"description": SECTIONS[section], "type": "array", "minItems": 1, **most, "items": item}


def _option() -> Schema:
    long_form = _record(OPTION, optional=("note",))
    return {"anyOf": [_text("The option as learners read it."), long_form]}


def _question(kind: type[Kind]) -> Schema:
    """Return all fields of a question of one kind: draft-07 cannot forbid other fields across branches."""
    common = _record(QUESTION, optional=tuple(field.name for field in DEFAULTS))
    properties = _texts(QUESTION) | {field.name: _field(field) for field in kind.fields}
    required = [field.name for field in QUESTION if field not in DEFAULTS]
    of_kind = [field.name for field in kind.fields if field.required]
    return common | {"title": f"Question: {kind.name}", "properties": properties, "required": [*required, *of_kind]}


def _field(field: Field) -> Schema:
    described: Schema = {"description": field.description}
    match field.shape:
        case "option":
            return described | {"allOf": [{"$ref": "#/definitions/option"}]}
        case "options":
            return described | _several(field, {"$ref": "#/definitions/option"})
        case "texts":
            return described | _several(field, _text("One of them."))
        case "boolean":
            return described | {"enum": [True, False, *TRUE, *FALSE]}
        case "number" | "year":
            return described | {"type": ["number", "string"]}
        case "text":
            return _text(field.description)


def _several(field: Field, item: Schema) -> Schema:
    return {"type": "array", "minItems": field.least, "maxItems": field.most, "items": item}


def schema_text() -> str:
    """Return the text of the schema file."""
    return json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
