"""Reads the fields that make a question's kind, whatever kinds there are: what fields they have, they say."""

from collections.abc import Iterator

from bot.bank.form import Form, items_of, text_of
from bot.bank.layout import LONGEST_TEXT, OPTION, QUESTION
from bot.bank.nodes import Entry, Fields, Items, Node, Text
from bot.bank.problems import Findings, closest
from bot.bank.slips import (
    colon_slip,
    field_slip,
    is_lettered,
    letter_slip,
    missing_wrong,
    names_options,
    points_at_option,
    text_slip,
)
from bot.core.errors import Fault, QuestionError
from bot.core.kind import Field, Kind, Option, Value
from bot.core.kinds import KINDS

_COMMON = tuple(field.name for field in QUESTION)


def read_kind(form: Form) -> Kind | None:
    """Give the kind of question that the fields make, or None and findings."""
    own = tuple(dict.fromkeys(field.name for kind in KINDS for field in kind.fields))
    form.refuse_unknown((*_COMMON, *own))
    _refuse_letter(form)
    kind = _announced(form)
    if kind is None:
        return None
    shapes = {field.name: field for field in kind.fields}
    nodes = {name: form[name].value for name in form.names if name in own}
    values = {name: _value(shapes.get(name), name, node, form.findings) for name, node in nodes.items()}
    try:
        return kind.read(values)
    except QuestionError as error:
        for fault in error.faults:
            _add(fault, form)
        return None


def answer_texts(form: Form) -> Iterator[Text]:
    """Yield the texts of a question's answers, right and wrong."""
    for name in ("answer", "answers", "accept", "wrong"):
        node = form[name].value if name in form else None
        for item in node.items if isinstance(node, Items) else (node,):
            parts = item.entries if isinstance(item, Fields) else ()
            texts = (item, *(part.value for part in parts if part.name == "text"))
            yield from (text for text in texts if isinstance(text, Text))


def _announced(form: Form) -> type[Kind] | None:
    """Find the kind by the one field that announces it."""
    announcing = tuple(dict.fromkeys(kind.fields[0].name for kind in KINDS))
    present = [name for name in form.names if name in announcing]
    if not present and not form.misspelt.intersection(announcing):
        form.findings.add(form.place, f"This question has no answer. Add one of {', '.join(announcing)}.")
    if not present:
        return None
    for name in present[1:]:
        message = f"A question has one form of answer, but {present[0]} stands on line {form[present[0]].place.line}"
        form.findings.add(form[name].place, f"{message} and {name} here. Keep one.")
    if present[1:]:
        return None
    candidates = [kind for kind in KINDS if kind.fields[0].name == present[0]]
    untyped = {name: _untyped(form[name].value) for name in form.names}
    return next((kind for kind in candidates if kind.claims(untyped)), candidates[0])


def _untyped(node: Node) -> Value:
    match node:
        case Text():
            return node.value
        case Items():
            return tuple(item.value for item in node.items if isinstance(item, Text))
        case _:
            return Option("")


def _refuse_letter(form: Form) -> None:
    """Note each answer that is only the letter or number of an option, where the options stand beside it."""
    listed = next((form[name].value for name in form.names if names_options(name)), None)
    options = _listed(listed)
    wrong = _listed(form["wrong"].value if "wrong" in form else None)
    for name in ("answer", "answers"):
        node = form[name].value if name in form else None
        for item in node.items if isinstance(node, Items) else (node,):
            if not isinstance(item, Text) or item.value in options.values():
                continue
            numbered = len(item.value) == 1 and item.value.isdecimal() and bool(options)
            lettered = listed is not None or any(map(is_lettered, wrong.values()))
            if numbered or (lettered and points_at_option(item.value)):
                form.findings.add(item.place, letter_slip(item.value, options.get(_letter_of(item.value), ""), name))


def _letter_of(answer: str) -> str:
    return next((sign for sign in reversed(answer.casefold()) if sign.isalpha()), "")


def _listed(node: Node | None) -> dict[str, str]:
    """Return the texts of a list, or of a mapping by letters, under the letters a, b, c and so on."""
    match node:
        case Items():
            texts = [item.value if isinstance(item, Text) else "" for item in node.items]
            return dict(zip("abcdefgh", texts, strict=False))
        case Fields():
            return {entry.name.casefold(): entry.value.value for entry in node.entries if isinstance(entry.value, Text)}
        case _:
            return {}


def _value(field: Field | None, name: str, node: Node, findings: Findings) -> Value:
    """Read a value by its shape; what is at fault reads as empty. A field that the kind does not have is only named."""
    match field.shape if field else None:
        case None:
            return ""
        case "option":
            return _option(node, name, findings)
        case "options":
            return tuple(_option(item, name, findings) for item in items_of(node, name, findings))
        case "texts":
            return tuple(text_of(item, name, LONGEST_TEXT, findings) or "" for item in items_of(node, name, findings))
        case _:
            return text_of(node, name, LONGEST_TEXT, findings) or ""


def _option(node: Node, name: str, findings: Findings) -> Option:
    if isinstance(node, Text) and (slip := text_slip(node.value)):
        findings.add(node.place, f"{name}: {slip}")
    if not isinstance(node, Fields):
        return Option(text_of(node, name, LONGEST_TEXT, findings) or "")
    known = [field.name for field in OPTION]
    match node.entries:
        case [Entry(stranger, place, Text(value))] if not _is_nearly(stranger, known):
            findings.add(place, f"{name}: {colon_slip(stranger, value)}")
            return Option("")
    form = Form(node, "option", findings)
    form.refuse_unknown(known)
    text, note = OPTION
    return Option(form.text(text) or "", (form.text(note) or "") if note.name in form else "")


def _is_nearly(name: str, known: list[str]) -> bool:
    return name in known or bool(closest(name, known)) or field_slip("option", name, known) is not None


def _add(fault: Fault, form: Form) -> None:
    """Note what a kind finds; of a value that could not be read at all it has nothing to add."""
    if fault.field in form.misspelt:
        return
    if fault.field not in form:
        form.findings.add(form.place, f"{fault.field}: {fault.message}.{_also_meant(fault, form)}")
        return
    node = form[fault.field].value
    item = node.items[fault.index] if isinstance(node, Items) and node.items and fault.index is not None else node
    parts = item.entries if isinstance(item, Fields) else ()
    places = [place for part in parts for place in (part.place, part.value.place)]
    if not any(map(form.findings.has, (node.place, item.place, *places))):
        form.findings.add(item.place, f"{fault.field}: {fault.message}.{_single(fault, node)}")


def _also_meant(fault: Fault, form: Form) -> str:
    """Return what an author who left out `wrong` may have meant."""
    answer = form["answer"].value if "answer" in form else None
    return f" {missing_wrong(answer.value)}" if fault.field == "wrong" and isinstance(answer, Text) else ""


def _single(fault: Fault, node: Node) -> str:
    """Return what to write instead of one item under `answers`."""
    if fault.field != "answers" or not isinstance(node, Items) or fault.index is not None or len(node.items) != 1:
        return ""
    text = node.items[0].value if isinstance(node.items[0], Text) else "..."
    return f" For one right option write `answer: {text}`."
