"""One call of the Bot API, as a plain value: views create calls, the outbound package sends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Buttons = Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A method of the Bot API with its parameters.

    Attributes:
        parameters: values that JSON can hold; bytes are a picture to upload.
        to_chat: whether the id of the chat is sent as ``chat_id``.
        expendable: True for a call that is worthless later, such as a tick; a refusal of it is ignored.
        nobody: lower-case parts of refusals that mean that the person who is asked about is not in the chat.
    """

    method: str
    parameters: dict[str, Any]
    to_chat: bool = True
    expendable: bool = False
    nobody: tuple[str, ...] = ()


def keyboard(rows: Buttons) -> dict[str, Any]:
    """Build an inline keyboard from rows of (text, callback data)."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


def data(*words: str | int) -> str:
    """Build callback data from words, the first being the button's name. At most 64 bytes (Bot API)."""
    return ":".join(map(str, words))
