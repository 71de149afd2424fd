"""Reading of the bot's messages: visible text, join code of a class, offered nickname."""

import re

from bot.playground.world import Message, World

# A class is joined by a code of six characters (bot/core/join_codes.py); other start links have longer payloads.
_LINK = r"https://t\.me/{bot}\?start=([A-Z0-9]{{6}})(?![A-Za-z0-9_-])"
# Callback data of the button that accepts an offered nickname begins like this.
_NICKNAME = "nick:"
# Invisible characters: isolates around names, and word joiners in URLs.
_INVISIBLE = str.maketrans("", "", "\u2060\u2068\u2069")


def visible_text(message: Message) -> str:
    """Return the visible text or caption of a message; empty if it has none."""
    content = message.content
    text = content.text or content.caption
    return text.text.translate(_INVISIBLE) if text else ""


def join_code(world: World, message: Message) -> str | None:
    """Return the join code of the class that a message invites to, or None."""
    found = re.search(_LINK.format(bot=re.escape(world.bot.username)), visible_text(message))
    return found[1] if found else None


def nickname_button_data(message: Message) -> str | None:
    """Return the callback data of the button that accepts an offered nickname; None if the message offers none."""
    buttons = [button.get("callback_data", "") for row in message.inline_keyboard for button in row]
    return next((data for data in buttons if data.startswith(_NICKNAME)), None)


def button_text(message: Message, data: str) -> str:
    """Return the text of the button with this callback data; empty if there is none."""
    buttons = (button for row in message.inline_keyboard for button in row)
    return next((button["text"] for button in buttons if button.get("callback_data") == data), "")
