"""The contract of a feature: which slash commands and buttons it has, and what each asks of the bot. Does no I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.app.commands import Command, Press, Spot, Visitor
from bot.core.text_limits import LONGEST_WORD

# What a database keeps as a whole number.
HIGHEST = 2**63 - 1


def number(word: str, most: int = HIGHEST) -> int:
    """Read a number of 0 to ``most`` in callback data. Raises ValueError where it is none."""
    if len(word) > LONGEST_WORD:
        raise ValueError("a number is not so long")
    read = int(word)
    if not 0 <= read <= most:
        raise ValueError(f"{word} is not within 0 to {most}")
    return read


def is_count(word: str) -> bool:
    """Return whether a word of a slash command is a plain number."""
    return word.isascii() and word.isdecimal()


def count(word: str, most: int) -> int:
    """Return the number that such a word is, at least 1 and at most so many."""
    return min(max(int(word[:LONGEST_WORD]), 1), most)


@dataclass(frozen=True, slots=True)
class Invocation:
    """What a person did, taken apart.

    Attributes:
        words: what stands after a slash command, or after the name of a button.
        message_id: the message with the command, or the one that carries the button.
        press: the button press, where it was one.
        spot: where in which group; None in a private chat.
        reply_to: whose message it replies to, as (id, name); None where it replies to nobody's.
    """

    visitor: Visitor
    words: tuple[str, ...]
    message_id: int
    press: Press | None = None
    spot: Spot | None = None
    reply_to: tuple[int, str] | None = None


Make = Callable[[Invocation], Command]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that people can do.

    Attributes:
        slash: its slash commands, without the slash; a text ``command.NAME`` describes each.
        buttons: its buttons, by the first word of their callback data. A maker raises ValueError where the words
            make no sense: then the button is stale.
        group, group_buttons: the same in groups; what stands in neither is for private chats alone.
    """

    slash: Mapping[str, Make] = field(default_factory=dict)
    buttons: Mapping[str, Make] = field(default_factory=dict)
    group: Mapping[str, Make] = field(default_factory=dict)
    group_buttons: Mapping[str, Make] = field(default_factory=dict)
