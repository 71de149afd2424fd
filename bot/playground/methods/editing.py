"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage, deleteMessages."""

from bot.playground.errors import bad_request
from bot.playground.formatting import MESSAGE_TEXT, read_message_text
from bot.playground.json_values import read_integer, read_list
from bot.playground.keyboards import INLINE_KEYBOARD
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, JsonValue, Parameter
from bot.playground.send_parameters import CHAT_ID, MESSAGE_ID
from bot.playground.uploads import CAPTION, read_caption
from bot.playground.world import Message, World


def _find_message(world: World, values: Values) -> Message:
    chat = world.find_writable_chat(values["chat_id"])
    return world.find_editable_message(chat, values["message_id"])


def _edit_text(world: World, values: Values) -> Result:
    text = read_message_text(values)
    message = _find_message(world, values)
    if message.content.text is None:
        raise bad_request("there is no text in the message to edit")
    preview = values.get("link_preview_options")
    return world.render_message(world.edit(message, values.get("reply_markup"), text=text, link_preview=preview))


def _edit_caption(world: World, values: Values) -> Result:
    caption = read_caption(values)
    message = _find_message(world, values)
    if message.content.photo is None and message.content.document is None:
        raise bad_request("there is no caption in the message to edit")
    return world.render_message(world.edit(message, values.get("reply_markup"), caption=caption))


def _edit_keyboard(world: World, values: Values) -> Result:
    message = _find_message(world, values)
    return world.render_message(world.edit(message, values.get("reply_markup")))


def _delete(world: World, values: Values) -> Result:
    chat = world.find_chat(values["chat_id"])
    world.delete(chat, values["message_id"])
    return True


def _delete_many(world: World, values: Values) -> Result:
    if not values["message_ids"]:
        raise bad_request("message identifiers are not specified")
    world.delete_many(world.find_chat(values["chat_id"]), values["message_ids"])
    return True


_CHAT_AND_MESSAGE = (CHAT_ID, MESSAGE_ID)
# Bot API, deleteMessages: 1 to 100.
_MESSAGE_IDS = JsonValue(read_list("message identifiers", read_integer, 100))

METHODS = (
    Method(
        "editMessageText",
        (
            *_CHAT_AND_MESSAGE,
            *MESSAGE_TEXT,
            INLINE_KEYBOARD,
        ),
        _edit_text,
        counts_as="edit",
    ),
    Method(
        "editMessageCaption",
        (*_CHAT_AND_MESSAGE, *CAPTION, Parameter("show_caption_above_media", Boolean()), INLINE_KEYBOARD),
        _edit_caption,
        counts_as="edit",
    ),
    Method("editMessageReplyMarkup", (*_CHAT_AND_MESSAGE, INLINE_KEYBOARD), _edit_keyboard, counts_as="edit"),
    Method("deleteMessage", _CHAT_AND_MESSAGE, _delete),
    Method(
        "deleteMessages",
        (
            CHAT_ID,
            Parameter("message_ids", _MESSAGE_IDS, required=True, missing="message identifiers are not specified"),
        ),
        _delete_many,
    ),
)
