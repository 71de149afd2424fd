"""sendPhoto, sendDocument, sendSticker, getFile."""

from bot.playground.errors import bad_request
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, InputFile, Parameter, Text
from bot.playground.send_parameters import CHAT_ID, SENDING, read_sending
from bot.playground.uploads import CAPTION, LARGEST_FILE, LARGEST_PHOTO, read_caption, stored_file
from bot.playground.world import Content, World, render
from bot.playground.world.files import Document, Photo, Sticker, picture_size

# Bot API, sendPhoto: the limits on the sum and on the ratio of width and height.
_MAX_SUM_OF_SIDES = 10_000
_MAX_RATIO = 20
# Bot API, getFile: bots can download files of up to 20 MB.
_LARGEST_DOWNLOAD = 20 * 1024 * 1024


def _send_photo(world: World, values: Values) -> Result:
    caption = read_caption(values)
    chat = world.find_writable_chat(values["chat_id"])
    stored = stored_file(world, values["photo"], "photos", LARGEST_PHOTO)
    size = picture_size(stored.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _MAX_SUM_OF_SIDES or max(size) > _MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    content = Content(photo=Photo(stored, *size), caption=caption)
    return world.render_message(world.send(chat, content, read_sending(world, values)))


def _send_document(world: World, values: Values) -> Result:
    caption = read_caption(values)
    chat = world.find_writable_chat(values["chat_id"])
    stored = stored_file(world, values["document"], "documents", LARGEST_FILE)
    content = Content(document=Document(stored), caption=caption)
    return world.render_message(world.send(chat, content, read_sending(world, values)))


def _send_sticker(world: World, values: Values) -> Result:
    chat = world.find_writable_chat(values["chat_id"])
    stored = stored_file(world, values["sticker"], "stickers", LARGEST_FILE)
    content = Content(sticker=Sticker(stored, values.get("emoji", "")))
    return world.render_message(world.send(chat, content, read_sending(world, values)))


def _get_file(world: World, values: Values) -> Result:
    stored = world.files.by_id(values["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > _LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return render.file(stored) | {"file_path": stored.path}


METHODS = (
    Method(
        "sendPhoto",
        (
            CHAT_ID,
            Parameter("photo", InputFile(), required=True, missing="there is no photo in the request"),
            *CAPTION,
            Parameter("has_spoiler", Boolean()),
            Parameter("show_caption_above_media", Boolean()),
            *SENDING,
        ),
        _send_photo,
        counts_as="message",
    ),
    Method(
        "sendDocument",
        (
            CHAT_ID,
            Parameter("document", InputFile(), required=True, missing="there is no document in the request"),
            *CAPTION,
            Parameter("disable_content_type_detection", Boolean()),
            *SENDING,
        ),
        _send_document,
        counts_as="message",
    ),
    Method(
        "sendSticker",
        (
            CHAT_ID,
            Parameter("sticker", InputFile(), required=True, missing="there is no sticker in the request"),
            Parameter("emoji", Text(1)),
            *SENDING,
        ),
        _send_sticker,
        counts_as="message",
    ),
    Method("getFile", (Parameter("file_id", Text(1), required=True, missing="file_id is empty"),), _get_file),
)
