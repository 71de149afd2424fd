"""Nodes of a composed YAML file with their places. Values are not resolved: each scalar stays a text."""

from dataclasses import dataclass

from bot.bank.problems import Place


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A scalar, as the author wrote it, without the white space around it."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class MappingEntry:
    """One field of a mapping: its name, the place of the name, and its value."""

    name: str
    place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping. Its names are unique: if the file repeats a name, the first entry is kept."""

    entries: tuple[MappingEntry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class InvalidNode:
    """A node whose problem has already been reported; nothing more is reported about it."""

    place: Place


Node = ScalarNode | SequenceNode | MappingNode | InvalidNode
