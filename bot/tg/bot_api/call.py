"""One call of the Bot API, as a plain value: views make them, outgoing carries them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Buttons = Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A method of the Bot API with its parameters.

    Attributes:
        parameters: values that JSON can hold; bytes are a picture to upload.
        to_chat: True where the chat's id goes along as ``chat_id``.
        expendable: True for what is worth nothing later: if Telegram refuses it, nobody misses it.
        nobody: words of refusals, in small letters, by which Telegram answers that whoever is asked for is not there.
    """

    method: str
    parameters: dict[str, Any]
    to_chat: bool = True
    expendable: bool = False
    nobody: tuple[str, ...] = ()


def keyboard(rows: Buttons) -> dict[str, Any]:
    """Make an inline keyboard from rows of (text, callback data)."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


def data(*words: str | int) -> str:
    """Make callback data from words, the first being the button's name. At most 64 bytes (Bot API)."""
    return ":".join(map(str, words))
