"""The parameters that all sending methods share. Independent of any single method."""

from collections.abc import Mapping
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.formatting import check_length, formatting_parameters, read_formatted
from bot.playground.json_values import read_object
from bot.playground.keyboards import REPLY_MARKUP
from bot.playground.method import Values
from bot.playground.parameters import Boolean, ChatId, Integer, JsonValue, Parameter, Text
from bot.playground.world.bot_actions import SendOptions
from bot.playground.world.entities import utf16_length
from bot.playground.world.messages import Message, Quote
from bot.playground.world.world import World

_QUOTE_FORMAT = formatting_parameters("quote_parse_mode", "quote_entities")
# Bot API, ReplyParameters, quote.
_LONGEST_QUOTE = 1024


def _read_reply(raw: object) -> dict[str, Any]:
    fields = {
        "message_id": Integer(1),
        "chat_id": ChatId(),
        "allow_sending_without_reply": Boolean(),
        "quote": Text(),
        "quote_position": Integer(0),
        **{parameter.name: parameter.type for parameter in _QUOTE_FORMAT},
    }
    return read_object("ReplyParameters", raw, fields, ("message_id",))


CHAT_ID = Parameter("chat_id", ChatId(), required=True, missing="chat_id is empty")
MESSAGE_ID = Parameter("message_id", Integer(1), required=True, missing="message identifier is not specified")
THREAD_ID = Parameter("message_thread_id", Integer(1))
SENDING = (
    THREAD_ID,
    Parameter("disable_notification", Boolean()),
    Parameter("protect_content", Boolean()),
    Parameter("message_effect_id", Text(1)),
    Parameter("allow_paid_broadcast", Boolean()),
    Parameter("reply_parameters", JsonValue(_read_reply)),
    REPLY_MARKUP,
)


def read_sending(world: World, values: Values) -> SendOptions:
    """Build the options of a message from the parameters."""
    reply: Mapping[str, Any] = values.get("reply_parameters", {})
    if reply.get("chat_id", values["chat_id"]) != values["chat_id"]:
        raise bad_request("replies to other chats are not supported by the playground")
    if "message_effect_id" in values and values["chat_id"] < 0:
        raise bad_request("message effects can be used only in private chats")
    return SendOptions(
        reply_markup=values.get("reply_markup"),
        reply_to=reply.get("message_id"),
        reply_required=not reply.get("allow_sending_without_reply", False),
        quote=_read_quote(world, values["chat_id"], reply),
        protected=values.get("protect_content", False),
        effect_id=values.get("message_effect_id"),
        thread_id=values.get("message_thread_id"),
    )


def _read_quote(world: World, chat_id: int, reply: Mapping[str, Any]) -> Quote | None:
    if not reply.get("quote"):
        return None
    quoted = read_formatted(reply, "quote", "quote_parse_mode", "quote_entities")
    check_length(quoted, _LONGEST_QUOTE, "message quote is too long")
    chat = world.chats.get(chat_id)
    answered = chat.messages.get(reply["message_id"]) if chat is not None else None
    if answered is None:
        return None
    place = _text_of(answered).find(quoted.text)
    if place < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return Quote(quoted, utf16_length(_text_of(answered)[:place]))


def _text_of(message: Message) -> str:
    text = message.content.text or message.content.caption
    return text.text if text is not None else ""
