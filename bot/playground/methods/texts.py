"""sendMessage and sendChatAction."""

from bot.playground.errors import bad_request
from bot.playground.formatting import formatting_parameters, read_formatted, refuse_length
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Parameter, Structure, Text, Word
from bot.playground.sending import CHAT_ID, SENDING, read_sending
from bot.playground.structures import read_object
from bot.playground.world import Content, World

# Bot API, sendMessage, after entities parsing.
_LONGEST_TEXT = 4096
_PREVIEW_FIELDS = {
    "is_disabled": Boolean(),
    "url": Text(),
    "prefer_small_media": Boolean(),
    "prefer_large_media": Boolean(),
    "show_above_text": Boolean(),
}
_ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip


def _send_message(world: World, values: Values) -> Result:
    text = refuse_length(read_formatted(values, "text"), _LONGEST_TEXT, "message is too long")
    if not text.text:
        raise bad_request("message text is empty" if not values["text"] else "text must be non-empty")
    chat = world.chat_to_write_in(values["chat_id"])
    return world.render_message(world.send(chat, Content(text=text), read_sending(world, values)))


def _send_chat_action(world: World, values: Values) -> Result:
    chat = world.chat_to_write_in(values["chat_id"])
    world.announce("action", chat.id, reference=values["action"])
    return True


METHODS = (
    Method(
        "sendMessage",
        (
            CHAT_ID,
            Parameter("text", Text(), required=True, missing="message text is empty"),
            *formatting_parameters("parse_mode", "entities"),
            Parameter(
                "link_preview_options",
                Structure(lambda raw: read_object("LinkPreviewOptions", raw, _PREVIEW_FIELDS)),
            ),
            *SENDING,
        ),
        _send_message,
        sends=True,
    ),
    Method(
        "sendChatAction",
        (CHAT_ID, Parameter("action", Word(_ACTIONS, "wrong parameter action in request"), required=True)),
        _send_chat_action,
    ),
)
