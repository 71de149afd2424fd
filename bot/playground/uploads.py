"""Files that methods send: an upload is stored, an existing file is found by its id. URLs are not supported."""

from bot.playground.errors import bad_request
from bot.playground.formatting import check_length, formatting_parameters, read_formatted
from bot.playground.method import Values
from bot.playground.parameters import Parameter, Text, Upload
from bot.playground.world import FormattedText, World
from bot.playground.world.files import StoredFile

# Bot API, "Sending files": the size limits of uploads.
LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_FILE = 50 * 1024 * 1024
# Bot API, caption: characters after entities parsing.
_LONGEST_CAPTION = 1024

CAPTION = (Parameter("caption", Text()), *formatting_parameters("parse_mode", "caption_entities"))


def stored_file(world: World, given: Upload | str, folder: str, largest: int) -> StoredFile:
    """Store an upload, or find the file with this id."""
    if isinstance(given, Upload):
        if len(given.content) > largest:
            raise bad_request(f"file is too big: at most {largest} bytes")
        return world.files.add(given.content, given.name, folder, given.mime_type)
    stored = world.files.by_id(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def read_caption(values: Values) -> FormattedText | None:
    """Read a caption; None if it is missing or empty."""
    caption = read_formatted(values, "caption", "parse_mode", "caption_entities")
    check_length(caption, _LONGEST_CAPTION, "message caption is too long")
    return caption if caption.text else None
