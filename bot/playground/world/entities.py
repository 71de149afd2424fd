"""Formatted text: a string with its message entities (bold, links, commands ...). Offsets are UTF-16 code units."""

from dataclasses import dataclass
from typing import Any

from bot.playground.world.entity_detection import detect_entities

# Telegram detects no further entities inside these.
_OPAQUE = frozenset(
    {"text_link", "code", "pre", "url", "email", "phone_number", "bot_command", "mention", "hashtag", "cashtag"}
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One message entity: a part of the text with a format or a meaning.

    Attributes:
        type: the Bot API's name: ``bold``, ``bot_command``, ``text_link`` ...
        offset, length: in UTF-16 code units.
        url, language, custom_emoji_id: only for ``text_link``, ``pre`` and ``custom_emoji``.
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
class FormattedText:
    """A text with its entities, ordered by offset; of two that begin together the longer comes first."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, which the Bot API uses for text lengths and entity offsets."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def sorted_entities(entities: list[Entity]) -> tuple[Entity, ...]:
    """Sort entities as Telegram returns them."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length, entity.type)))


def with_detected_entities(formatted: FormattedText) -> FormattedText:
    """Return the text with the entities that Telegram detects outside links and code: links, mentions, commands ..."""
    text = formatted.text
    taken = [(one.offset, one.offset + one.length) for one in formatted.entities if one.type in _OPAQUE]
    found = list(formatted.entities)
    for kind, start, end in detect_entities(text):
        offset, length = utf16_length(text[:start]), utf16_length(text[start:end])
        if not any(begins < offset + length and offset < ends for begins, ends in taken):
            found.append(Entity(kind, offset, length))
    return FormattedText(text, sorted_entities(found))


def trimmed(formatted: FormattedText) -> FormattedText:
    """Strip the white space around the text, as Telegram does, and shift the entities accordingly."""
    text = formatted.text
    kept = text.strip()
    if kept == text:
        return formatted
    lead, length = utf16_length(text[: len(text) - len(text.lstrip())]), utf16_length(kept)
    moved = []
    for entity in formatted.entities:
        start = max(entity.offset - lead, 0)
        end = min(entity.offset + entity.length - lead, length)
        if end > start:
            moved.append(
                Entity(entity.type, start, end - start, entity.url, entity.language, entity.custom_emoji_id),
            )
    return FormattedText(kept, tuple(moved))
