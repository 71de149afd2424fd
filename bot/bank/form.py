"""Reads one mapping of the file against the fields it may have; whatever is wrong goes to the findings."""

import re
from collections.abc import Iterable

from bot.bank.languages import meant_language
from bot.bank.layout import LANGUAGE, TextField
from bot.bank.nodes import Entry, Fields, Items, Node, Refused, Text
from bot.bank.problems import Findings, closest, did_you_mean
from bot.bank.slips import field_slip, list_slip
from bot.core.field_reader import INVISIBLE
from bot.core.visual_comparison import visible_form


def called(node: Node) -> str:
    """Name what stands there, for a sentence."""
    match node:
        case Items():
            return "a list"
        case Fields():
            return "fields (name: value)"
        case Text(value=""):
            return "nothing"
        case _:
            return "a text"


def items_of(node: Node, name: str, findings: Findings) -> tuple[Node, ...]:
    """Give the items of a list; none, and a finding, where there is no list."""
    if isinstance(node, Items):
        if not node.items:
            findings.add(node.place, f"{name} is empty. Write at least one item under it.")
        return node.items
    if isinstance(node, Text) and node.value:
        findings.add(node.place, list_slip(name, node.value))
    elif not isinstance(node, Refused):
        findings.add(
            node.place, f"{name}: expected a list, got {called(node)}. Write each item on a line after a hyphen."
        )
    return ()


def text_of(node: Node, name: str, longest: int, findings: Findings) -> str | None:
    """Give a text that is neither empty nor too long, or None and a finding."""
    if isinstance(node, Refused):
        return None
    if not isinstance(node, Text):
        mend = "Put a text with brackets in quotes."
        several = " Several right options go under `answers`." if name == "answer" and isinstance(node, Items) else ""
        findings.add(node.place, f"{name}: expected a text, got {called(node)}. {mend}{several}")
        return None
    if not node.value:
        findings.add(node.place, f"{name} is empty: write something or take it away.")
        return None
    if len(node.value) > longest:
        findings.add(node.place, f"{name} is {len(node.value):,} characters long. Shorten it to {longest:,} at most.")
        return None
    if not visible_form(node.value):
        findings.add(node.place, f"{name} {INVISIBLE}.")
        return None
    return node.value


class Form:
    """One mapping and the fields found in it."""

    def __init__(self, node: Fields, noun: str, findings: Findings) -> None:
        self.place = node.place
        self.noun = noun
        self.findings = findings
        self.misspelt: set[str] = set()
        self._entries = {entry.name: entry for entry in node.entries}

    @classmethod
    def of(cls, node: Node, noun: str, findings: Findings) -> "Form | None":
        """Open a mapping; None, and a finding, where there is none."""
        if isinstance(node, Fields):
            return cls(node, noun, findings)
        if not isinstance(node, Refused):
            findings.add(node.place, f"Expected the fields of a {noun} (name: value), got {called(node)}.")
        return None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in the order written."""
        return tuple(self._entries)

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Note every field that is none of these."""
        names = tuple(known)
        for name in self.names:
            if name not in names:
                slip = field_slip(self.noun, name, names)
                advice = slip.advice if slip else did_you_mean(name, names)
                self.findings.add(self[name].place, f"Unknown field {name!r} in this {self.noun}. {advice}")
                self.misspelt.update(slip.meant if slip else closest(name, names))

    def missing(self, name: str, description: str) -> None:
        """Note that a field is missing, unless it was found misspelt."""
        if name not in self.misspelt:
            self.findings.add(self.place, f"This {self.noun} lacks {name!r}. Add it: {description}")

    def text(self, field: TextField) -> str | None:
        """Give the text of a field that must be there, or None and a finding."""
        if field.name not in self:
            self.missing(field.name, field.description)
            return None
        node = self[field.name].value
        text = text_of(node, field.name, field.longest, self.findings)
        if text is None:
            return None
        if field.choices and text not in field.choices:
            self.findings.add(node.place, f"{field.name} cannot be {text!r}. {did_you_mean(text, field.choices)}")
            return None
        if field == LANGUAGE and (meant := meant_language(text)):
            self.findings.add(node.place, f"{field.name} cannot be {text!r}. Did you mean {meant}?")
            return None
        if field.pattern and not re.search(field.pattern, text):
            self.findings.add(node.place, f"{field.name} cannot be {text!r}. {field.mend}")
            return None
        return text

    def texts(self, fields: Iterable[TextField]) -> dict[str, str | None]:
        """Give the texts of several fields; None, and a finding, for each that is missing or wrong."""
        return {field.name: self.text(field) for field in fields}
