"""What stands in a chat: messages, their formatted text, and what they carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.world.entities import FormattedText
from bot.playground.world.files import Document, Photo, Sticker


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says or carries: one of text, poll, photo, sticker, document or a service notice.

    Attributes:
        text: of a text message.
        caption: under a photo or document.
        poll_id: key of ``World.polls``.
        preview: how a link in the text is previewed, as the Bot API names it; None where that was left to Telegram.
        service: the fields of a service message as the Bot API names them, e.g. ``{"group_chat_created": True}``.
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
    """Words quoted from the message replied to; ``position`` in UTF-16 code units."""

    text: FormattedText
    position: int


@dataclass(slots=True)
class Message:
    """One message.

    Attributes:
        sender_id: a person's id or the bot's.
        as_chat: whether an anonymous administrator sent it, so that others see the group as its sender.
        thread_id: the topic of a forum it stands in; None for General and for other chats.
        markup: the keyboard as the Bot API names it (``inline_keyboard``, ``keyboard`` ...), checked.
        reply_to: id of the message replied to, in the same chat.
        reactions: emoji by user id.
        protected: sent with ``protect_content``.
        origin: whose message this one forwards, a user id; None for one that forwards nothing, or does not tell whom.
        effect: ``message_effect_id``, or None.
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
        """The rows of buttons under the message; empty for none."""
        rows: list[list[dict[str, Any]]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows
