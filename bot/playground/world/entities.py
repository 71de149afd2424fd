"""Formatted text: a string and the stretches of it that mean or look like something. Offsets are UTF-16 code units."""

from dataclasses import dataclass
from typing import Any

from bot.playground.world.entity_detection import detect_entities

# Nothing is found inside these.
_CLOSED = frozenset(
    {"text_link", "code", "pre", "url", "email", "phone_number", "bot_command", "mention", "hashtag", "cashtag"}
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
class FormattedText:
    """Text with its entities, ordered by offset, the longer first where two begin together."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, in which the Bot API counts lengths of text and places of entities."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def sorted_entities(entities: list[Entity]) -> tuple[Entity, ...]:
    """Sort entities as Telegram returns them."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length, entity.type)))


def with_detected_entities(formatted: FormattedText) -> FormattedText:
    """Return the text with what Telegram finds in it outside links and code: links, mentions, commands and the like."""
    text = formatted.text
    taken = [(one.offset, one.offset + one.length) for one in formatted.entities if one.type in _CLOSED]
    found = list(formatted.entities)
    for kind, start, end in detect_entities(text):
        offset, length = utf16_length(text[:start]), utf16_length(text[start:end])
        if not any(begins < offset + length and offset < ends for begins, ends in taken):
            found.append(Entity(kind, offset, length))
    return FormattedText(text, sorted_entities(found))


def trimmed(formatted: FormattedText) -> FormattedText:
    """Take away the white space around the text, as Telegram does, and move the entities along."""
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
