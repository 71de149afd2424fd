"""Plain ways to show a text: escaped, as a new message, or in the message that is there."""

from html import escape

from bot.tg.call import Buttons, Call, keyboard
from bot.tg.views.paging import pieces


def safe(text: str) -> str:
    """Make a text of somebody else's safe inside Telegram's HTML."""
    return escape(text, quote=False)


def paragraphs(text: str) -> list[str]:
    """Make paragraphs of HTML of a plain text, however long."""
    return [safe(piece) for piece in pieces(text)]


def send(html: str, buttons: Buttons = ()) -> Call:
    """Send a message."""
    return Call("sendMessage", _parameters(html, buttons))


def show_in(message_id: int | None, html: str, buttons: Buttons = ()) -> Call:
    """Put a text in the place of another, or send it where there is none."""
    if message_id is None:
        return send(html, buttons)
    return Call("editMessageText", {"message_id": message_id, **_parameters(html, buttons)}, expendable=True)


def in_topic(call: Call, thread_id: int | None) -> Call:
    """Send a message to a forum topic, where there is one."""
    if thread_id is not None:
        call.parameters["message_thread_id"] = thread_id
    return call


def _parameters(html: str, buttons: Buttons) -> dict[str, object]:
    parameters: dict[str, object] = {"text": html, "parse_mode": "HTML"}
    return {**parameters, "reply_markup": keyboard(buttons)} if buttons else parameters
