"""Parser of Telegram's HTML into formatted text, with Telegram's error messages (Bot API, HTML style)."""

import re
from dataclasses import dataclass, field
from html import unescape

from bot.playground.errors import BotApiError, bad_request
from bot.playground.world.entities import Entity, FormattedText, sorted_entities, utf16_length

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>[^<>]*)>")
_BAD_NAME = re.compile(r"([^\s>]*)[\s>]")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
# The only named character references that Telegram reads.
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#[xX][0-9A-Fa-f]+);")
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int


@dataclass(slots=True)
class _Parser:
    """Parser of one text; ``length`` is the length of the output so far, in UTF-16 code units."""

    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> FormattedText:
        place = 0
        while (bracket := self.source.find("<", place)) >= 0:
            self._add_text(self.source[place:bracket])
            tag = _TAG.match(self.source, bracket)
            if tag is None:
                raise self._tag_error(bracket)
            if tag["close"]:
                self._close(tag["name"].lower(), bracket)
            else:
                self._open(tag["name"].lower(), tag["attributes"], bracket)
            place = tag.end()
        self._add_text(self.source[place:])
        if self.open_tags:
            raise _parse_error(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')
        return FormattedText("".join(self.parts), sorted_entities(self.entities))

    def _add_text(self, raw: str) -> None:
        text = _REFERENCE.sub(lambda match: unescape(match.group()), raw) if "&" in raw else raw
        self.parts.append(text)
        self.length += utf16_length(text)

    def _open(self, name: str, raw_attributes: str, place: int) -> None:
        attributes = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
            for match in _ATTRIBUTE.finditer(raw_attributes)
        }
        spoiler = name != "span" or attributes.get("class") == "tg-spoiler"
        if name not in _TYPES or (not spoiler and name == "span"):
            raise _parse_error(
                f'Unsupported start tag "{name}" at byte offset {self._byte_offset(place)}'
                if name != "span"
                else f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte_offset(place)}',
            )
        self.open_tags.append(_OpenTag(name, attributes, self.length))

    def _close(self, name: str, place: int) -> None:
        if not self.open_tags:
            raise _parse_error(f"Unexpected end tag at byte offset {self._byte_offset(place)}")
        tag = self.open_tags.pop()
        if tag.name != name:
            raise _parse_error(
                f"Unmatched end tag at byte offset {self._byte_offset(place)}, "
                f'expected "</{tag.name}>", found "</{name}>"',
            )
        if self.length > tag.offset:
            self.entities.extend(self._entity(tag))

    def _entity(self, tag: _OpenTag) -> list[Entity]:
        offset, length = tag.offset, self.length - tag.offset
        kind = _TYPES[tag.name]
        if tag.name == "a":
            url = tag.attributes.get("href", "")
            return [Entity(kind, offset, length, url=url)] if url else []
        if tag.name == "blockquote" and "expandable" in tag.attributes:
            kind = "expandable_blockquote"
        if tag.name == "tg-emoji":
            return [Entity(kind, offset, length, custom_emoji_id=tag.attributes.get("emoji-id", ""))]
        if tag.name == "code" and self.open_tags and self.open_tags[-1].name == "pre":
            self.open_tags[-1].attributes["language"] = tag.attributes.get("class", "").removeprefix("language-")
            return []
        if tag.name == "pre":
            return [Entity(kind, offset, length, language=tag.attributes.get("language", ""))]
        return [Entity(kind, offset, length)]

    def _tag_error(self, bracket: int) -> BotApiError:
        name = _BAD_NAME.match(self.source, bracket + 1)
        if name is None:
            return _parse_error(f"Unclosed start tag at byte offset {self._byte_offset(bracket)}")
        return _parse_error(f'Unsupported start tag "{name[1].lower()}" at byte offset {self._byte_offset(bracket)}')

    def _byte_offset(self, place: int) -> int:
        return len(self.source[:place].encode())


def _parse_error(reason: str) -> BotApiError:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> FormattedText:
    """Parse a text with ``parse_mode`` HTML. Raises BotApiError with Telegram's ``can't parse entities`` texts."""
    return _Parser(source).parse()
