"""Interface of a feature: its slash commands and buttons, and the command that each creates. Does no I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.app.commands import Command, Press, Spot, Visitor
from bot.core.text_limits import LONGEST_WORD

# The largest whole number of a database.
HIGHEST = 2**63 - 1


def number(word: str, most: int = HIGHEST) -> int:
    """Parse a number from 0 to ``most`` in callback data. Raises ValueError if it is none."""
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
    """Return the number in such a word, limited to 1 to ``most``."""
    return min(max(int(word[:LONGEST_WORD]), 1), most)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A slash command or button press, parsed.

    Attributes:
        words: the words after a slash command, or after the name of a button.
        message_id: the message with the command or the button.
        press: the button press, if it was one.
        spot: where in which group; None in a private chat.
        reply_to: the sender of the message it replies to, as (id, name), or None.
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
    """Slash commands and buttons of one subject.

    Attributes:
        slash: its slash commands, without the slash; a text ``command.NAME`` describes each.
        buttons: its buttons, by the first word of their callback data. A function raises ValueError for words
            that make no sense: then the button is stale.
        group, group_buttons: the same in groups; anything in neither is for private chats only.
    """

    slash: Mapping[str, Make] = field(default_factory=dict)
    buttons: Mapping[str, Make] = field(default_factory=dict)
    group: Mapping[str, Make] = field(default_factory=dict)
    group_buttons: Mapping[str, Make] = field(default_factory=dict)
