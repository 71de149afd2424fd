"""Composes YAML text into nodes with their places. Resolves no values: a scalar stays the text that the author wrote.

Reads PyYAML's events with an explicit stack, so that a hostile file is reported and cannot cause deep recursion.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

import yaml

from bot.bank.common_mistakes import joined_line_correction
from bot.bank.problems import Findings, Place
from bot.bank.source_file import BIDI_CONTROLS, FORBIDDEN, LINE_BREAK, bidi_message, forbidden_message
from bot.bank.yaml_errors import explain
from bot.bank.yaml_nodes import InvalidNode, MappingEntry, MappingNode, Node, ScalarNode, SequenceNode

_ACCIDENTAL_COMMENT = re.compile(r"[ \t]+(?P<words>#[^\s#]+)")

MAX_DEPTH = 8
"""Levels of nested lists and mappings. A bank needs five: bank, questions, question, wrong, option."""

MIN_WRAPPED_LINE = 55
"""Characters. A longer line may have been wrapped by a program (at column 72 or 80, less the indentation)."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, findings: Findings) -> Node | None:
    """Return the root node; None if the document is empty or cannot be read, which is then reported."""
    composer = _Composer(text, findings)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if not composer.handle(event):
                return None
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and error.problem_mark:  # libyaml 0.2.6 has a limit of 1,000
            composer.report_depth_on_line(error.problem_mark.line)
        else:
            findings.add(*explain(error, text))
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML's own parser raises these on "\UFFFFFFFF"
        findings.add(composer.place, f"YAML cannot read on from here ({error}). Look for a wrong backslash code.")
        return None
    return composer.root


@dataclass(slots=True)
class _OpenCollection:
    """A list or mapping that has not ended yet; a mapping's names and values alternate in ``nodes``."""

    event: yaml.Event
    place: Place
    nodes: list[Node] = field(default_factory=list)


class _Composer:
    """Builder of nodes from YAML events."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._text = text
        self.root: Node | None = None
        self.place = Place(1, 1)
        self._findings = findings
        self._open: list[_OpenCollection] = []

    def handle(self, event: yaml.Event) -> bool:
        """Handle the next event; return False if the file cannot be read further, which is then reported."""
        if event.start_mark is not None:
            self.place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                self._findings.add(self.place, "A second YAML document begins here (---). Write one bank per file.")
                return False
            case yaml.AliasEvent():
                message = f"*{event.anchor} is a YAML alias, which a bank cannot have. Write the text out"
                self._findings.add(self.place, f"{message}, or put a text that begins with * in quotes.")
                self._add_node(InvalidNode(self.place))
            case yaml.ScalarEvent():
                self._report_anchor_and_tag(event)
                self._add_node(self._scalar(event))
            case yaml.CollectionStartEvent():
                self._report_anchor_and_tag(event)
                self._open.append(_OpenCollection(event, self.place))
            case yaml.CollectionEndEvent():
                self._add_node(self._collection(self._open.pop()))
        return self._check_depth()

    def report_depth_on_line(self, line: int) -> None:
        """Report the first bracket that is nested too deeply on this line, counted from 0."""
        handled = self.place.column if self.place.line == line + 1 else 0  # the last event may be a bracket
        found = re.compile(r"[\[{]").finditer(LINE_BREAK.split(self._text)[line], handled)
        brackets = [bracket.start() for bracket in found]
        column = next(iter(brackets[MAX_DEPTH - len(self._open) :]), 0)
        self._report_depth(Place(line + 1, column + 1))

    def _check_depth(self) -> bool:
        if len(self._open) <= MAX_DEPTH:
            return True
        self._report_depth(self.place)
        return False

    def _report_depth(self, place: Place) -> None:
        self._findings.add(
            place, f"Nested more than {MAX_DEPTH} levels deep, but a bank needs five: look for brackets."
        )

    def _report_anchor_and_tag(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            message = f"&{event.anchor} is a YAML anchor, which a bank cannot have. Delete it"
            self._findings.add(self.place, f"{message}, or put a text that begins with & in quotes.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            message = f"{written} is a YAML tag, which a bank cannot have: every value is a text. Delete it"
            self._findings.add(self.place, f"{message}, or put a text that begins with ! in quotes.")

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        if found := FORBIDDEN.search(event.value):
            self._findings.add(self.place, forbidden_message(found.group()))
            return InvalidNode(self.place)
        self._report_accidental_comment(event)
        self._report_escaped_bidi_controls(event)
        self._report_joined_lines(event)
        return ScalarNode(event.value.strip(), self.place)

    def _report_accidental_comment(self, event: yaml.ScalarEvent) -> None:
        """Report an unquoted text such as ``No. #1``: YAML would silently drop ``#1`` as a comment."""
        end = event.end_mark
        if event.style or end is None:
            return
        if lost := _ACCIDENTAL_COMMENT.match(self._text, end.index):
            message = f"YAML reads {lost['words']} as a comment. Put the text in quotes, or write a space after #."
            self._findings.add(Place(end.line + 1, end.column + 1 + lost.start("words") - end.index), message)

    def _report_escaped_bidi_controls(self, event: yaml.ScalarEvent) -> None:
        """Report backslash codes of bidirectional control characters; unescaped ones were found in the file's text."""
        found = BIDI_CONTROLS.search(event.value) if event.style == '"' else None
        if not found or BIDI_CONTROLS.search(self._source_text(event)):
            return
        code = re.search(rf"(?i)\\[uU]0*{ord(found.group()):x}", self._source_text(event))
        lines = LINE_BREAK.split(self._source_text(event)[: code.start() if code else 0])
        place = Place(self.place.line + len(lines) - 1, len(lines[-1]) + (self.place.column if len(lines) == 1 else 1))
        self._findings.add(place, bidi_message(found.group()))

    def _report_joined_lines(self, event: yaml.ScalarEvent) -> None:
        """Report lines that were meant as items or fields, but that YAML reads as part of the text above."""
        if event.style:
            return
        in_list = bool(self._open) and isinstance(self._open[-1].event, yaml.SequenceStartEvent)
        lines = LINE_BREAK.split(self._source_text(event))
        for number, (above, line) in enumerate(pairwise(lines), start=1):
            if not _is_full_line(above, line) and (correction := joined_line_correction(line, in_list=in_list)):
                self._findings.add(Place(self.place.line + number, correction[0]), correction[1])

    def _source_text(self, event: yaml.ScalarEvent) -> str:
        start, end = event.start_mark, event.end_mark
        return self._text[start.index : end.index] if start and end else ""

    def _collection(self, opened: _OpenCollection) -> Node:
        if isinstance(opened.event, yaml.SequenceStartEvent):
            return SequenceNode(tuple(opened.nodes), opened.place)
        return MappingNode(tuple(self._entries(opened.nodes).values()), opened.place)

    def _entries(self, nodes: list[Node]) -> dict[str, MappingEntry]:
        entries: dict[str, MappingEntry] = {}
        for name, value in zip(nodes[::2], nodes[1::2], strict=True):
            if isinstance(name, InvalidNode):
                continue
            if not isinstance(name, ScalarNode):
                self._findings.add(name.place, "A field's name must be a word. Write `name: value`.")
            elif name.value in entries:
                first = entries[name.value].place.line
                message = f"{name.value} is given twice; the first is on line {first}. Keep one of them."
                self._findings.add(name.place, message)
            else:
                entries[name.value] = MappingEntry(name.value, name.place, value)
        return entries

    def _add_node(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self.root = node


def _is_full_line(above: str, line: str) -> bool:
    """Return whether a line was probably wrapped by a program because the next word did not fit."""
    return len(f"{above} {line.split(maxsplit=1)[0] if line.strip() else ''}") > MIN_WRAPPED_LINE
