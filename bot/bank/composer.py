"""Composes YAML text into plain nodes that know their places. Resolves nothing: a scalar stays what the author wrote.

Works on the event stream with a stack of its own, so that hostile files end in a sentence and never in deep recursion.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

import yaml

from bot.bank.nodes import Entry, Fields, Items, Node, Refused, Text
from bot.bank.problems import Findings, Place
from bot.bank.slips import swallowed
from bot.bank.source import FORBIDDEN, LINE_BREAK, TURNING, forbidden_message, turning_message
from bot.bank.syntax import explain

_LOST = re.compile(r"[ \t]+(?P<words>#[^\s#]+)")

DEEPEST = 8
"""Levels of lists and mappings. A bank needs five: bank, questions, question, wrong, option."""

SHORTEST_FULL_LINE = 55
"""Characters, without the indentation of its first line; programs fill lines of 72 or 80."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, findings: Findings) -> Node | None:
    """Give the document's root, or None when there is none or findings say why it cannot be read."""
    composer = _Composer(text, findings)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if not composer.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and error.problem_mark:  # libyaml 0.2.6 counts to 1,000 itself
            composer.refuse_depth(error.problem_mark.line)
        else:
            findings.add(*explain(error, text))
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure parser lets these out on "\UFFFFFFFF"
        findings.add(composer.place, f"YAML cannot read on from here ({error}). Look for a wrong backslash code.")
        return None
    return composer.root


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; a mapping's names and values alternate in ``nodes``."""

    event: yaml.Event
    place: Place
    nodes: list[Node] = field(default_factory=list)


class _Composer:
    """Turns events into nodes."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._text = text
        self.root: Node | None = None
        self.place = Place(1, 1)
        self._findings = findings
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False when reading on is senseless, and findings say why."""
        if event.start_mark is not None:
            self.place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                self._findings.add(self.place, "A second document begins here (---). Keep one bank in a file.")
                return False
            case yaml.AliasEvent():
                message = f"*{event.anchor} repeats what stands elsewhere; a bank has no aliases. Write it out."
                self._findings.add(self.place, f"{message} A text that begins with * needs quotes.")
                self._close(Refused(self.place))
            case yaml.ScalarEvent():
                self._refuse_marks(event)
                self._close(self._scalar(event))
            case yaml.CollectionStartEvent():
                self._refuse_marks(event)
                self._open.append(_Open(event, self.place))
            case yaml.CollectionEndEvent():
                self._close(self._collection(self._open.pop()))
        return self._shallow()

    def refuse_depth(self, line: int) -> None:
        """Note the first bracket of this line, counted from 0, that is nested too deep; the last event may be one."""
        taken = self.place.column if self.place.line == line + 1 else 0
        found = re.compile(r"[\[{]").finditer(LINE_BREAK.split(self._text)[line], taken)
        brackets = [bracket.start() for bracket in found]
        column = next(iter(brackets[DEEPEST - len(self._open) :]), 0)
        self._too_deep(Place(line + 1, column + 1))

    def _shallow(self) -> bool:
        if len(self._open) <= DEEPEST:
            return True
        self._too_deep(self.place)
        return False

    def _too_deep(self, place: Place) -> None:
        self._findings.add(place, f"Nested more than {DEEPEST} levels deep. A bank needs five: look for brackets.")

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            message = f"&{event.anchor} names a place to repeat; a bank has no anchors. Delete it."
            self._findings.add(self.place, f"{message} A text that begins with & needs quotes.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            message = f"{written} is a tag; a bank has no tags, every value is the text as written. Delete it."
            self._findings.add(self.place, f"{message} A text that begins with ! needs quotes.")

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        if found := FORBIDDEN.search(event.value):
            self._findings.add(self.place, forbidden_message(found.group()))
            return Refused(self.place)
        self._refuse_lost_words(event)
        self._refuse_turned(event)
        self._refuse_swallowed(event)
        return Text(event.value.strip(), self.place)

    def _refuse_lost_words(self, event: yaml.ScalarEvent) -> None:
        """Refuse ``No. #1`` without quotes: YAML would take ``#1`` for a comment and nobody would notice."""
        end = event.end_mark
        if event.style or end is None:
            return
        if lost := _LOST.match(self._text, end.index):
            message = f"YAML takes {lost['words']} for a comment. Put the text in quotes, or write a space after #."
            self._findings.add(Place(end.line + 1, end.column + 1 + lost.start("words") - end.index), message)

    def _refuse_turned(self, event: yaml.ScalarEvent) -> None:
        """Refuse backslash codes of what turns the order of signs; the character itself was found in the file."""
        found = TURNING.search(event.value) if event.style == '"' else None
        if not found or TURNING.search(self._written(event)):
            return
        code = re.search(rf"(?i)\\[uU]0*{ord(found.group()):x}", self._written(event))
        lines = LINE_BREAK.split(self._written(event)[: code.start() if code else 0])
        place = Place(self.place.line + len(lines) - 1, len(lines[-1]) + (self.place.column if len(lines) == 1 else 1))
        self._findings.add(place, turning_message(found.group()))

    def _refuse_swallowed(self, event: yaml.ScalarEvent) -> None:
        """Refuse lines that were meant as items or fields, and that YAML takes for more of the text above."""
        if event.style:
            return
        in_list = bool(self._open) and isinstance(self._open[-1].event, yaml.SequenceStartEvent)
        lines = LINE_BREAK.split(self._written(event))
        for number, (above, line) in enumerate(pairwise(lines), start=1):
            if not _is_wrapped(above, line) and (slip := swallowed(line, in_list=in_list)):
                self._findings.add(Place(self.place.line + number, slip[0]), slip[1])

    def _written(self, event: yaml.ScalarEvent) -> str:
        start, end = event.start_mark, event.end_mark
        return self._text[start.index : end.index] if start and end else ""

    def _collection(self, opened: _Open) -> Node:
        if isinstance(opened.event, yaml.SequenceStartEvent):
            return Items(tuple(opened.nodes), opened.place)
        return Fields(tuple(self._entries(opened.nodes).values()), opened.place)

    def _entries(self, nodes: list[Node]) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for name, value in zip(nodes[::2], nodes[1::2], strict=True):
            if isinstance(name, Refused):
                continue
            if not isinstance(name, Text):
                self._findings.add(name.place, "A field's name must be a word. Write `name: value`.")
            elif name.value in entries:
                first = entries[name.value].place.line
                message = f"{name.value} stands twice here; the first is on line {first}. Keep one of them."
                self._findings.add(name.place, message)
            else:
                entries[name.value] = Entry(name.value, name.place, value)
        return entries

    def _close(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self.root = node


def _is_wrapped(above: str, line: str) -> bool:
    """Return whether a text goes on below because its line was full, as programs break lines that they write."""
    return len(f"{above} {line.split(maxsplit=1)[0] if line.strip() else ''}") > SHORTEST_FULL_LINE
