"""Basic ways to show a text: escaped, as a new message, or in an existing one."""

import re

from bot.i18n import safe_html
from bot.i18n.user_text import isolated, parts_without_links, without_links
from bot.tg.bot_api.call import ApiCall, Buttons, keyboard
from bot.tg.views.paging import pieces

_ADDRESS = re.compile(r"https?://\w", re.IGNORECASE)


def safe(text: str) -> str:
    """Return a person's text as Telegram HTML in which nothing can be tapped."""
    return safe_html(text)


def safe_parts(*parts: str) -> list[str]:
    """Return the parts of one such text in the same way, so that markup can be placed between them."""
    return [safe_html(part) for part in parts_without_links(parts)]


def linked(text: str) -> str:
    """Return a text of the bank in which only full web addresses can be tapped."""
    return " ".join(word if _ADDRESS.match(word) else without_links(word) for word in text.split(" "))


def person(name: str) -> str:
    """Return the name of a person as HTML that stands among other words."""
    return isolated(safe_html(name))


def paragraphs(text: str) -> list[str]:
    """Return paragraphs of HTML made of a plain text, however long."""
    return [safe(piece) for piece in pieces(without_links(text))]


def bullets(text: str) -> list[str]:
    """Return an item of a list as HTML: on one line, whatever lines the text has, and in pieces where it is long."""
    return [f"• {piece}" for piece in paragraphs(" ".join(text.split()))]


def send(html: str, buttons: Buttons = ()) -> ApiCall:
    """Send a message."""
    return ApiCall("sendMessage", _parameters(html, buttons))


def show_in(message_id: int | None, html: str, buttons: Buttons = ()) -> ApiCall:
    """Replace the text of a message, or send a new one if there is none."""
    if message_id is None:
        return send(html, buttons)
    return ApiCall("editMessageText", {"message_id": message_id, **_parameters(html, buttons)}, expendable=True)


def in_topic(call: ApiCall, thread_id: int | None) -> ApiCall:
    """Send a message, to a forum topic if there is one."""
    if thread_id is not None:
        call.parameters["message_thread_id"] = thread_id
    return call


def _parameters(html: str, buttons: Buttons) -> dict[str, object]:
    parameters: dict[str, object] = {"text": html, "parse_mode": "HTML"}
    return {**parameters, "reply_markup": keyboard(buttons)} if buttons else parameters
