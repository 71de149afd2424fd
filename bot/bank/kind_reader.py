"""Builds a question's kind from its answer fields. The fields of each kind are declared by the kind itself."""

from collections.abc import Iterator

from bot.bank.common_mistakes import (
    colon_message,
    field_correction,
    is_lettered,
    letter_message,
    missing_space_message,
    missing_wrong_message,
    names_options,
    points_at_option,
)
from bot.bank.fields import MAX_TEXT_LENGTH, OPTION, QUESTION
from bot.bank.mapping_reader import MappingReader, items_of, text_of
from bot.bank.problems import Findings, closest
from bot.bank.yaml_nodes import MappingEntry, MappingNode, Node, ScalarNode, SequenceNode
from bot.core.errors import Fault, QuestionError
from bot.core.kind import Field, Kind, Option, Value
from bot.core.kinds import KINDS

_COMMON = tuple(field.name for field in QUESTION)


def read_kind(mapping: MappingReader) -> Kind | None:
    """Return the kind that the fields describe, or None after adding problems to the findings."""
    own = tuple(dict.fromkeys(field.name for kind in KINDS for field in kind.fields))
    mapping.report_unknown((*_COMMON, *own))
    _report_letters(mapping)
    kind = _find_kind(mapping)
    if kind is None:
        return None
    shapes = {field.name: field for field in kind.fields}
    nodes = {name: mapping[name].value for name in mapping.names if name in own}
    values = {name: _value(shapes.get(name), name, node, mapping.findings) for name, node in nodes.items()}
    try:
        return kind.read(values)
    except QuestionError as error:
        for fault in error.faults:
            _report_fault(fault, mapping)
        return None


def answer_texts(mapping: MappingReader) -> Iterator[ScalarNode]:
    """Yield the texts of a question's answers, right and wrong."""
    for name in ("answer", "answers", "accept", "wrong"):
        node = mapping[name].value if name in mapping else None
        for item in node.items if isinstance(node, SequenceNode) else (node,):
            parts = item.entries if isinstance(item, MappingNode) else ()
            texts = (item, *(part.value for part in parts if part.name == "text"))
            yield from (text for text in texts if isinstance(text, ScalarNode))


def _find_kind(mapping: MappingReader) -> type[Kind] | None:
    """Return the kind whose first field is among the fields; report none or several."""
    announcing = tuple(dict.fromkeys(kind.fields[0].name for kind in KINDS))
    present = [name for name in mapping.names if name in announcing]
    if not present and not mapping.misspelt.intersection(announcing):
        mapping.findings.add(mapping.place, f"This question has no answer. Add one of {', '.join(announcing)}.")
    if not present:
        return None
    for name in present[1:]:
        message = f"A question has only one answer field, but {present[0]} is on line {mapping[present[0]].place.line}"
        mapping.findings.add(mapping[name].place, f"{message} and {name} is here. Keep one.")
    if present[1:]:
        return None
    candidates = [kind for kind in KINDS if kind.fields[0].name == present[0]]
    untyped = {name: _untyped(mapping[name].value) for name in mapping.names}
    return next((kind for kind in candidates if kind.claims(untyped)), candidates[0])


def _untyped(node: Node) -> Value:
    match node:
        case ScalarNode():
            return node.value
        case SequenceNode():
            return tuple(item.value for item in node.items if isinstance(item, ScalarNode))
        case _:
            return Option("")


def _report_letters(mapping: MappingReader) -> None:
    """Report each answer that is only the letter or number of an option in a list of options."""
    listed = next((mapping[name].value for name in mapping.names if names_options(name)), None)
    options = _options_by_letter(listed)
    wrong = _options_by_letter(mapping["wrong"].value if "wrong" in mapping else None)
    for name in ("answer", "answers"):
        node = mapping[name].value if name in mapping else None
        for item in node.items if isinstance(node, SequenceNode) else (node,):
            if not isinstance(item, ScalarNode) or item.value in options.values():
                continue
            numbered = len(item.value) == 1 and item.value.isdecimal() and bool(options)
            lettered = listed is not None or any(map(is_lettered, wrong.values()))
            if numbered or (lettered and points_at_option(item.value)):
                mapping.findings.add(
                    item.place, letter_message(item.value, options.get(_letter_of(item.value), ""), name)
                )


def _letter_of(answer: str) -> str:
    return next((sign for sign in reversed(answer.casefold()) if sign.isalpha()), "")


def _options_by_letter(node: Node | None) -> dict[str, str]:
    """Return the texts of a list, or of a mapping whose keys are letters, by the letters a, b, c and so on."""
    match node:
        case SequenceNode():
            texts = [item.value if isinstance(item, ScalarNode) else "" for item in node.items]
            return dict(zip("abcdefgh", texts, strict=False))
        case MappingNode():
            return {
                entry.name.casefold(): entry.value.value
                for entry in node.entries
                if isinstance(entry.value, ScalarNode)
            }
        case _:
            return {}


def _value(field: Field | None, name: str, node: Node, findings: Findings) -> Value:
    """Read a value in its field's shape; return an empty one if it is faulty, or if the kind has no such field."""
    match field.shape if field else None:
        case None:
            return ""
        case "option":
            return _option(node, name, findings)
        case "options":
            return tuple(_option(item, name, findings) for item in items_of(node, name, findings))
        case "texts":
            return tuple(
                text_of(item, name, MAX_TEXT_LENGTH, findings) or "" for item in items_of(node, name, findings)
            )
        case _:
            return text_of(node, name, MAX_TEXT_LENGTH, findings) or ""


def _option(node: Node, name: str, findings: Findings) -> Option:
    if isinstance(node, ScalarNode) and (message := missing_space_message(node.value)):
        findings.add(node.place, f"{name}: {message}")
    if not isinstance(node, MappingNode):
        return Option(text_of(node, name, MAX_TEXT_LENGTH, findings) or "")
    known = [field.name for field in OPTION]
    match node.entries:
        case [MappingEntry(unknown, place, ScalarNode(value))] if not _resembles_field(unknown, known):
            findings.add(place, f"{name}: {colon_message(unknown, value)}")
            return Option("")
    mapping = MappingReader(node, "option", findings)
    mapping.report_unknown(known)
    text, note = OPTION
    return Option(mapping.text(text) or "", (mapping.text(note) or "") if note.name in mapping else "")


def _resembles_field(name: str, known: list[str]) -> bool:
    return name in known or bool(closest(name, known)) or field_correction("option", name, known) is not None


def _report_fault(fault: Fault, mapping: MappingReader) -> None:
    """Report a fault found by a kind, unless its value or a part of it has been reported already."""
    if fault.field in mapping.misspelt:
        return
    if fault.field not in mapping:
        mapping.findings.add(mapping.place, f"{fault.field}: {fault.message}.{_missing_wrong_advice(fault, mapping)}")
        return
    node = mapping[fault.field].value
    item = (
        node.items[fault.index] if isinstance(node, SequenceNode) and node.items and fault.index is not None else node
    )
    parts = item.entries if isinstance(item, MappingNode) else ()
    places = [place for part in parts for place in (part.place, part.value.place)]
    if not any(map(mapping.findings.has_problem_at, (node.place, item.place, *places))):
        mapping.findings.add(item.place, f"{fault.field}: {fault.message}.{_single_answer_advice(fault, node)}")


def _missing_wrong_advice(fault: Fault, mapping: MappingReader) -> str:
    """Return advice on what to write instead of an `answer` without `wrong`."""
    answer = mapping["answer"].value if "answer" in mapping else None
    return (
        f" {missing_wrong_message(answer.value)}" if fault.field == "wrong" and isinstance(answer, ScalarNode) else ""
    )


def _single_answer_advice(fault: Fault, node: Node) -> str:
    """Return advice on what to write instead of a single item under `answers`."""
    if (
        fault.field != "answers"
        or not isinstance(node, SequenceNode)
        or fault.index is not None
        or len(node.items) != 1
    ):
        return ""
    text = node.items[0].value if isinstance(node.items[0], ScalarNode) else "..."
    return f" For one right option write `answer: {text}`."
