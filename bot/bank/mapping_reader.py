"""Reads the fields of one YAML mapping, such as a question. Reports missing, unknown and faulty ones."""

import re
from collections.abc import Iterable

from bot.bank.common_mistakes import field_correction, list_message
from bot.bank.fields import LANGUAGE, TextField
from bot.bank.languages import suggest_language
from bot.bank.problems import Findings, closest, did_you_mean
from bot.bank.yaml_nodes import InvalidNode, MappingEntry, MappingNode, Node, ScalarNode, SequenceNode
from bot.core.field_reader import INVISIBLE
from bot.core.visual_comparison import visible_form


def describe(node: Node) -> str:
    """Return the name of a node's type as it is used in messages."""
    match node:
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "fields (name: value)"
        case ScalarNode(value=""):
            return "nothing"
        case _:
            return "a text"


def items_of(node: Node, name: str, findings: Findings) -> tuple[Node, ...]:
    """Return the items of a list; report a problem and return none if the node is not a list."""
    if isinstance(node, SequenceNode):
        if not node.items:
            findings.add(node.place, f"{name} is empty. Write at least one item under it.")
        return node.items
    if isinstance(node, ScalarNode) and node.value:
        findings.add(node.place, list_message(name, node.value))
    elif not isinstance(node, InvalidNode):
        findings.add(
            node.place, f"{name}: expected a list, got {describe(node)}. Write each item on a line after a hyphen."
        )
    return ()


def text_of(node: Node, name: str, longest: int, findings: Findings) -> str | None:
    """Return the text of a node; report a problem and return None if it is not a text, empty or too long."""
    if isinstance(node, InvalidNode):
        return None
    if not isinstance(node, ScalarNode):
        remedy = "Put a text with brackets in quotes."
        several = (
            " Several right options go under `answers`." if name == "answer" and isinstance(node, SequenceNode) else ""
        )
        findings.add(node.place, f"{name}: expected a text, got {describe(node)}. {remedy}{several}")
        return None
    if not node.value:
        findings.add(node.place, f"{name} is empty. Write a text, or delete it.")
        return None
    if len(node.value) > longest:
        findings.add(node.place, f"{name} is {len(node.value):,} characters long. Shorten it to {longest:,} at most.")
        return None
    if not visible_form(node.value):
        findings.add(node.place, f"{name} {INVISIBLE}.")
        return None
    return node.value


class MappingReader:
    """Reader of one mapping.

    Attributes:
        noun: the name of the item in messages, such as "question".
        misspelt: the fields that unknown names were probably meant to be; they are not reported as missing.
    """

    def __init__(self, node: MappingNode, noun: str, findings: Findings) -> None:
        self.place = node.place
        self.noun = noun
        self.findings = findings
        self.misspelt: set[str] = set()
        self._entries = {entry.name: entry for entry in node.entries}

    @classmethod
    def of(cls, node: Node, noun: str, findings: Findings) -> "MappingReader | None":
        """Return a reader of this node; report a problem and return None if it is not a mapping."""
        if isinstance(node, MappingNode):
            return cls(node, noun, findings)
        if not isinstance(node, InvalidNode):
            findings.add(node.place, f"Expected the fields of a {noun} (name: value), got {describe(node)}.")
        return None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> MappingEntry:
        return self._entries[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in the order of the file."""
        return tuple(self._entries)

    def report_unknown(self, known: Iterable[str]) -> None:
        """Report every field that is not one of these."""
        names = tuple(known)
        for name in self.names:
            if name not in names:
                correction = field_correction(self.noun, name, names)
                advice = correction.advice if correction else did_you_mean(name, names)
                self.findings.add(self[name].place, f"Unknown field {name!r} in this {self.noun}. {advice}")
                self.misspelt.update(correction.meant if correction else closest(name, names))

    def report_missing(self, name: str, description: str) -> None:
        """Report a missing field, unless it was found misspelt."""
        if name not in self.misspelt:
            self.findings.add(self.place, f"This {self.noun} lacks {name!r}. Add it: {description}")

    def text(self, field: TextField) -> str | None:
        """Return the text of a required field; report a problem and return None if it is missing or faulty."""
        if field.name not in self:
            self.report_missing(field.name, field.description)
            return None
        node = self[field.name].value
        text = text_of(node, field.name, field.max_length, self.findings)
        if text is None:
            return None
        if field.choices and text not in field.choices:
            self.findings.add(node.place, f"{field.name} cannot be {text!r}. {did_you_mean(text, field.choices)}")
            return None
        if field == LANGUAGE and (meant := suggest_language(text)):
            self.findings.add(node.place, f"{field.name} cannot be {text!r}. Did you mean {meant}?")
            return None
        if field.pattern and not re.search(field.pattern, text):
            self.findings.add(node.place, f"{field.name} cannot be {text!r}. {field.remedy}")
            return None
        return text

    def texts(self, fields: Iterable[TextField]) -> dict[str, str | None]:
        """Return the texts of required fields, with None for each that is missing or faulty, which is then reported."""
        return {field.name: self.text(field) for field in fields}
