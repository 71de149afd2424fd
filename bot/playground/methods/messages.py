"""sendMessage and sendChatAction."""

from bot.playground.formatting import MESSAGE_TEXT, read_message_text
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Choice, Parameter
from bot.playground.send_parameters import CHAT_ID, SENDING, THREAD_ID, read_sending
from bot.playground.world import Content, World

_ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip


def _send_message(world: World, values: Values) -> Result:
    text = read_message_text(values)
    chat = world.find_writable_chat(values["chat_id"])
    content = Content(text=text, link_preview=values.get("link_preview_options"))
    return world.render_message(world.send(chat, content, read_sending(world, values)))


def _send_chat_action(world: World, values: Values) -> Result:
    chat = world.find_writable_chat(values["chat_id"])
    world.check_thread(chat, values.get("message_thread_id"))
    world.publish("action", chat.id, reference=values["action"])
    return True


METHODS = (
    Method(
        "sendMessage",
        (
            CHAT_ID,
            *MESSAGE_TEXT,
            *SENDING,
        ),
        _send_message,
        counts_as="message",
    ),
    Method(
        "sendChatAction",
        (CHAT_ID, THREAD_ID, Parameter("action", Choice(_ACTIONS, "wrong parameter action in request"), required=True)),
        _send_chat_action,
    ),
)
