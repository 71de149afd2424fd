"""Formatted text: a string and the stretches of it that mean or look like something. Offsets are UTF-16 code units."""

import re
from dataclasses import dataclass
from typing import Any

# What Telegram finds by itself in a text (Bot API, MessageEntity), in order of precedence.
_FOUND = re.compile(
    r"(?P<url>(?:https?://|(?<![\w./@])t\.me/)[^\s<>\"]*[^\s<>\".,:;!?'»)\]])"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<!\w)(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#\w+)",
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch of text.

    Attributes:
        type: as the Bot API names it: ``bold``, ``bot_command``, ``text_link`` ...
        offset, length: in UTF-16 code units.
        url, language, custom_emoji_id: for ``text_link``, ``pre`` and ``custom_emoji`` alone.
    """

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""

    def to_json(self) -> dict[str, Any]:
        """Render as the Bot API's MessageEntity."""
        known: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        more = {"url": self.url, "language": self.language, "custom_emoji_id": self.custom_emoji_id}
        return known | {name: value for name, value in more.items() if value}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text with its entities, ordered by offset, the longer first where two begin together."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """Count UTF-16 code units, in which the Bot API counts lengths of text and places of entities."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def in_order(entities: list[Entity]) -> tuple[Entity, ...]:
    """Sort entities as Telegram returns them."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length, entity.type)))


def with_found_entities(formatted: Formatted) -> Formatted:
    """Add the commands, mentions, links and hashtags that Telegram finds outside links and code."""
    text = formatted.text
    if not any(sign in text for sign in "/@#"):
        return formatted
    taken = [
        (entity.offset, entity.offset + entity.length)
        for entity in formatted.entities
        if entity.type in {"text_link", "code", "pre", "url", "bot_command", "mention", "hashtag"}
    ]
    found = list(formatted.entities)
    for match in _FOUND.finditer(text):
        offset, length = units(text[: match.start()]), units(match.group())
        if not any(start < offset + length and offset < end for start, end in taken):
            found.append(Entity(str(match.lastgroup), offset, length))
    return Formatted(text, in_order(found))


def trimmed(formatted: Formatted) -> Formatted:
    """Take away the white space around the text, as Telegram does, and move the entities along."""
    text = formatted.text
    kept = text.strip()
    if kept == text:
        return formatted
    lead, length = units(text[: len(text) - len(text.lstrip())]), units(kept)
    moved = []
    for entity in formatted.entities:
        start = max(entity.offset - lead, 0)
        end = min(entity.offset + entity.length - lead, length)
        if end > start:
            moved.append(
                Entity(entity.type, start, end - start, entity.url, entity.language, entity.custom_emoji_id),
            )
    return Formatted(kept, tuple(moved))
