"""Turns an update into a command. Decides by what the update is, never by what is stored; does no I/O."""

from typing import Any

from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

from bot.app.commands import Block, CallInGroup, Command, Mistype, Press, PressStale, SendOther, Visitor, Vote, Write
from bot.tg.feature import Asked, Make
from bot.tg.features import FEATURES

# Every kind of update that the router knows. Telegram sends no other, and must be told all of them each time.
ALLOWED_UPDATES = ("message", "callback_query", "poll_answer", "my_chat_member")

# The fields of a message that carry something which is no text.
_ATTACHED = frozenset(MessageAttachmentType)
_SLASH: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.slash.items()}
_BUTTONS: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.buttons.items()}


def to_command(raw: dict[str, Any], bot_name: str) -> Command | None:
    """Give what an update asks for; None where it asks for nothing.

    Reads the few fields that count straight from the JSON: making python-telegram-bot's objects of all of them takes
    ten times as long.

    Args:
        raw: the update as JSON has it. Raises KeyError or TypeError where it is not as the Bot API says.
        bot_name: the bot's, without the @.
    """
    if "poll_answer" in raw:
        return _vote(raw["poll_answer"])
    if "message" in raw:
        return _message(raw["message"], bot_name)
    if "callback_query" in raw:
        return _press(raw["callback_query"])
    if "my_chat_member" in raw:
        return _membership(raw["my_chat_member"])
    return None


def _visitor(user: dict[str, Any]) -> Visitor:
    return Visitor(user["id"], user["first_name"], user.get("language_code", ""))


def _vote(answer: dict[str, Any]) -> Command | None:
    """Give a vote; one cast in the name of a chat is nobody's answer (Bot API, PollAnswer.voter_chat)."""
    if "user" not in answer or "voter_chat" in answer:
        return None
    return Vote(_visitor(answer["user"]), poll_id=answer["poll_id"], options=tuple(answer["option_ids"]))


def _press(query: dict[str, Any]) -> Command:
    carrier = query.get("message") or {"message_id": 0, "chat": {"type": ""}}
    visitor, press = _visitor(query["from"]), Press(query["id"], carrier["message_id"])
    name, *words = query.get("data", "").split(":")
    make = _BUTTONS.get(name)
    if make is None or carrier["chat"]["type"] != ChatType.PRIVATE:
        return PressStale(visitor, press)
    try:
        return make(Asked(visitor, tuple(words), carrier["message_id"], press))
    except ValueError:
        return PressStale(visitor, press)


def _message(message: dict[str, Any], bot_name: str) -> Command | None:
    if "from" not in message or message["from"]["is_bot"]:
        return None
    visitor, chat, text = _visitor(message["from"]), message["chat"], message.get("text", "")
    name, words = _slash(text, bot_name)
    if chat["type"] != ChatType.PRIVATE:
        return CallInGroup(visitor, chat_id=chat["id"]) if name in _SLASH else None
    if name in _SLASH:
        return _SLASH[name](Asked(visitor, words, message["message_id"]))
    if name:
        return Mistype(visitor)
    if text:
        return Write(visitor, text=text, message_id=message["message_id"])
    return None if _ATTACHED.isdisjoint(message) else SendOther(visitor)


def _slash(text: str, bot_name: str) -> tuple[str, tuple[str, ...]]:
    """Give the name and the words of a slash command; no name where the text is none, a strange one for another bot."""
    first, *words = text.split() or [""]
    name, _, owner = first.removeprefix("/").partition("@")
    if not first.startswith("/"):
        return "", ()
    if owner and owner.lower() != bot_name.lower():
        return first, ()
    return name.lower(), tuple(words)


def _membership(change: dict[str, Any]) -> Command | None:
    if change["chat"]["type"] != ChatType.PRIVATE:
        return None
    blocked = change["new_chat_member"]["status"] == ChatMemberStatus.BANNED
    return Block(_visitor(change["from"]), blocked=blocked)
