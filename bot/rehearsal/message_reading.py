"""What simulated people read off a message: its words, the link of a class, a nickname to take. Knows no people."""

import re

from bot.playground.world import Message, World

# A class is joined by a code of six signs (bot/core/join_codes.py); other start links hold longer words.
_LINK = r"https://t\.me/{bot}\?start=([A-Z0-9]{{6}})(?![A-Za-z0-9_-])"
# The button by which a pupil takes the nickname that the bot offers.
_NICKNAME = "nick:"


# Isolates around names and joiners in addresses, which nobody sees.
_UNSEEN = str.maketrans("", "", "\u2060\u2068\u2069")


def visible_text(message: Message) -> str:
    """Return what is read of a message, under a picture or above a poll too; empty where it says nothing."""
    content = message.content
    said = content.text or content.caption
    return said.text.translate(_UNSEEN) if said else ""


def join_code(world: World, message: Message) -> str | None:
    """Give the code of the class that a message invites to, or None."""
    found = re.search(_LINK.format(bot=re.escape(world.bot.username)), visible_text(message))
    return found[1] if found else None


def nickname_button_data(message: Message) -> str | None:
    """Give the data of the button that takes an offered nickname; None where a message asks for no nickname."""
    buttons = [button.get("callback_data", "") for row in message.inline_keyboard for button in row]
    return next((data for data in buttons if data.startswith(_NICKNAME)), None)


def button_text(message: Message, data: str) -> str:
    """Return what stands on the button with this data; nothing where there is none."""
    buttons = (button for row in message.inline_keyboard for button in row)
    return next((button["text"] for button in buttons if button.get("callback_data") == data), "")
