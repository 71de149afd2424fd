"""Reading of formatted text in parameters: a text with ``parse_mode`` HTML, or with a list of entities."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.json_values import read_list, read_object
from bot.playground.method import Values
from bot.playground.parameters import Boolean, Choice, Integer, JsonValue, Parameter, Text
from bot.playground.world.entities import (
    Entity,
    FormattedText,
    sorted_entities,
    trimmed,
    utf16_length,
    with_detected_entities,
)
from bot.playground.world.html import parse_html

_ENTITY_TYPES = (
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "custom_emoji",
)  # fmt: skip
_ENTITY_FIELDS = {
    "type": Choice(_ENTITY_TYPES),
    "offset": Integer(0),
    "length": Integer(1),
    "url": Text(),
    "language": Text(),
    "custom_emoji_id": Text(),
}
# Bot API, MessageEntity: at most 100 a message (core.telegram.org/api/entities).
_MOST_ENTITIES = 100
# Bot API, sendMessage: characters after entities parsing.
_LONGEST_TEXT = 4096


def read_entity(raw: object) -> Entity:
    """Read one MessageEntity."""
    fields: dict[str, Any] = read_object("MessageEntity", raw, _ENTITY_FIELDS, ("type", "offset", "length"))
    return Entity(**fields)


def _read_preview(raw: object) -> dict[str, Any]:
    flags = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
    return read_object("LinkPreviewOptions", raw, {"url": Text(), **dict.fromkeys(flags, Boolean())})


def formatting_parameters(parse_mode: str, entities: str) -> tuple[Parameter, Parameter]:
    """Declare the two parameters that format a text."""
    listed = read_list("entities", read_entity, _MOST_ENTITIES)
    return Parameter(parse_mode, Text()), Parameter(entities, JsonValue(listed))


def read_formatted(
    values: Values, text: str, parse_mode: str = "parse_mode", entities: str = "entities"
) -> FormattedText:
    """Read a text with its formatting as Telegram does: parse and trim it, detect commands and links.

    Of the parse modes only HTML is supported.
    """
    return _parse(values.get(text, ""), values.get(parse_mode, ""), values.get(entities, ()))


def _parse(source: str, mode: str, entities: tuple[Entity, ...]) -> FormattedText:
    if mode and mode.lower() != "html":
        raise bad_request("unsupported parse_mode (the playground supports HTML only)")
    if mode:
        return with_detected_entities(trimmed(parse_html(source)))
    length = utf16_length(source)
    if any(entity.offset + entity.length > length for entity in entities):
        raise bad_request("entity is out of the text")
    return with_detected_entities(trimmed(FormattedText(source, sorted_entities(list(entities)))))


def read_message_text(values: Values) -> FormattedText:
    """Read the parameter ``text`` of a message; check its length after parsing."""
    text = check_length(read_formatted(values, "text"), _LONGEST_TEXT, "message is too long")
    if not text.text:
        raise bad_request("text must be non-empty" if values["text"] else "message text is empty")
    return text


def check_length(formatted: FormattedText, most: int, long: str) -> FormattedText:
    """Return the text, or raise BotApiError if it is too long after entities parsing."""
    if utf16_length(formatted.text) > most:
        raise bad_request(long)
    return formatted


MESSAGE_TEXT = (
    Parameter("text", Text(), required=True, missing="message text is empty"),
    *formatting_parameters("parse_mode", "entities"),
    Parameter("link_preview_options", JsonValue(_read_preview)),
)
