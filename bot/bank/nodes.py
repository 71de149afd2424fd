"""What a YAML file is made of here: texts, lists and fields that know their places. Nothing is resolved."""

from dataclasses import dataclass

from bot.bank.problems import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar without the white space around it."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a mapping: its name, where the name stands, and its value."""

    name: str
    place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; names are unique (of a repeated name the first is kept)."""

    entries: tuple[Entry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Refused:
    """Something already complained about; nothing more needs to be said of it."""

    place: Place


Node = Text | Items | Fields | Refused
