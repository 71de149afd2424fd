"""Messages and their content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.world.entities import FormattedText
from bot.playground.world.files import Document, Photo, Sticker


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a message: one of text, poll, photo, sticker, document or a service message.

    Attributes:
        text: the text of a text message.
        caption: the caption of a photo or document.
        poll_id: key of ``World.polls``.
        link_preview: the Bot API's ``link_preview_options``; None for Telegram's default.
        service: the fields of a service message under their Bot API names, e.g. ``{"group_chat_created": True}``.
    """

    text: FormattedText | None = None
    caption: FormattedText | None = None
    poll_id: str | None = None
    photo: Photo | None = None
    sticker: Sticker | None = None
    document: Document | None = None
    service: Mapping[str, Any] | None = None
    link_preview: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote from the message replied to; ``position`` in UTF-16 code units."""

    text: FormattedText
    position: int


@dataclass(slots=True)
class Message:
    """One message.

    Attributes:
        sender_id: the id of a person or of the bot.
        sent_as_chat: whether an anonymous administrator sent it, so that others see the group as its sender.
        thread_id: its forum topic; None in General and in other chats.
        reply_markup: the Bot API's ``reply_markup`` (``inline_keyboard``, ``keyboard`` ...), already checked.
        reply_to: id of the message replied to, in the same chat.
        reactions: emoji by user id.
        protected: whether it was sent with ``protect_content``.
        forwarded_from: user id of the sender of the forwarded message; None for other messages and for copies.
        effect_id: ``message_effect_id``, or None.
    """

    id: int
    chat_id: int
    sender_id: int
    date: datetime
    content: Content
    reply_markup: Mapping[str, Any] | None = None
    reply_to: int | None = None
    quote: Quote | None = None
    edit_date: datetime | None = None
    reactions: dict[int, tuple[str, ...]] = field(default_factory=dict)
    protected: bool = False
    effect_id: str | None = None
    sent_as_chat: bool = False
    thread_id: int | None = None
    forwarded_from: int | None = None

    @property
    def inline_keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of inline buttons under the message; empty if there are none."""
        rows: list[list[dict[str, Any]]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows
