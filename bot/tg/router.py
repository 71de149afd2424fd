"""Turns an update into a command. Decides by what the update is, never by what is stored; does no I/O."""

from typing import Any

from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

from bot.app.commands import (
    AskTooMuch,
    Block,
    CallInGroup,
    Command,
    EnterGroup,
    MigrateGroup,
    Mistype,
    Press,
    PressStale,
    SendOther,
    Spot,
    Visitor,
    Vote,
    Write,
)
from bot.tg.feature import Asked, Make
from bot.tg.features import FEATURES
from bot.tg.gate import TOO_MUCH

# Every kind of update that the router knows. Telegram sends no other, and must be told all of them each time.
ALLOWED_UPDATES = ("message", "callback_query", "poll_answer", "my_chat_member")

# The fields of a message that carry something which is no text.
_ATTACHED = frozenset(MessageAttachmentType)
_SLASH: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.slash.items()}
_BUTTONS: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.buttons.items()}
_GROUP_SLASH: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.group.items()}
_GROUP_BUTTONS: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.group_buttons.items()}


def to_command(raw: dict[str, Any], bot_name: str) -> Command | None:
    """Give what an update asks for; None where it asks for nothing.

    Reads the few fields that count straight from the JSON: making python-telegram-bot's objects of all of them takes
    ten times as long.

    Args:
        raw: the update as JSON has it. Raises KeyError or TypeError where it is not as the Bot API says.
        bot_name: the bot's, without the @.
    """
    if TOO_MUCH in raw:
        return _too_much(raw)
    if "poll_answer" in raw:
        return _vote(raw["poll_answer"])
    if "message" in raw:
        return _message(raw["message"], bot_name)
    if "callback_query" in raw:
        return _press(raw["callback_query"])
    if "my_chat_member" in raw:
        return _membership(raw["my_chat_member"])
    return None


def _visitor(user: dict[str, Any], chat_type: str = "") -> Visitor:
    return Visitor(user["id"], user["first_name"], user.get("language_code", ""), chat_type == ChatType.PRIVATE)


def _too_much(raw: dict[str, Any]) -> Command:
    """Give that somebody asks too much, in the way in which they asked."""
    if "callback_query" in raw:
        asked = _press(raw["callback_query"])
        return AskTooMuch(asked.visitor, asked.press)
    if "poll_answer" in raw:
        return AskTooMuch(_visitor(raw["poll_answer"]["user"]))
    return AskTooMuch(_visitor(raw["message"]["from"], raw["message"]["chat"]["type"]))


def _vote(answer: dict[str, Any]) -> Command | None:
    """Give a vote; one cast in the name of a chat is nobody's answer (Bot API, PollAnswer.voter_chat)."""
    if "user" not in answer or "voter_chat" in answer:
        return None
    return Vote(_visitor(answer["user"]), poll_id=answer["poll_id"], options=tuple(answer["option_ids"]))


def _press(query: dict[str, Any]) -> Command:
    carrier = query.get("message") or {"message_id": 0, "chat": {"type": ""}}
    chat = carrier["chat"]
    visitor, press = _visitor(query["from"], chat["type"]), Press(query["id"], carrier["message_id"])
    name, *words = query.get("data", "").split(":")
    make = (_BUTTONS if visitor.in_private else _GROUP_BUTTONS).get(name)
    if make is None or not chat["type"]:
        return PressStale(visitor, press)
    spot = None if visitor.in_private else _spot(carrier)
    try:
        return make(Asked(visitor, tuple(words), carrier["message_id"], press, spot))
    except ValueError:
        return PressStale(visitor, press)


def _message(message: dict[str, Any], bot_name: str) -> Command | None:
    if "from" not in message:
        return None
    visitor = _visitor(message["from"], message["chat"]["type"])
    if not visitor.in_private:
        return _group_message(visitor, message, bot_name)
    return None if message["from"]["is_bot"] else _private_message(visitor, message, bot_name)


def _private_message(visitor: Visitor, message: dict[str, Any], bot_name: str) -> Command | None:
    text = message.get("text", "")
    name, words = _slash(text, bot_name)
    if name in _SLASH:
        return _SLASH[name](Asked(visitor, words, message["message_id"]))
    if name:
        return Mistype(visitor)
    if text:
        return Write(visitor, text=text, message_id=message["message_id"])
    return None if _ATTACHED.isdisjoint(message) else SendOther(visitor)


def _group_message(visitor: Visitor, message: dict[str, Any], bot_name: str) -> Command | None:
    """Give what is asked in a group: its commands alone, or that it moves."""
    if "migrate_to_chat_id" in message:
        return MigrateGroup(visitor, old=message["chat"]["id"], new=message["migrate_to_chat_id"])
    if "migrate_from_chat_id" in message:
        return MigrateGroup(visitor, old=message["migrate_from_chat_id"], new=message["chat"]["id"])
    spot = _spot(message)
    if message["from"]["is_bot"] and not spot.anonymous:
        return None
    name, words = _slash(message.get("text", ""), bot_name)
    if name in _GROUP_SLASH:
        reply_to = _replied(message)
        return _GROUP_SLASH[name](Asked(visitor, words, message["message_id"], spot=spot, reply_to=reply_to))
    return CallInGroup(visitor, spot=spot) if name in _SLASH else None


def _replied(message: dict[str, Any]) -> tuple[int, str] | None:
    """Give whom a message replies to; in a topic, what replies to nobody counts as a reply to the topic's beginning."""
    answered = message.get("reply_to_message", {})
    person = None if "forum_topic_created" in answered else answered.get("from")
    return (person["id"], person["first_name"]) if person and not person["is_bot"] else None


def _spot(message: dict[str, Any]) -> Spot:
    """Say where in a group a message stands, and whether somebody speaks in the group's name (Bot API, sender_chat)."""
    chat_id = message["chat"]["id"]
    thread_id = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Spot(chat_id, thread_id, anonymous=message.get("sender_chat", {}).get("id") == chat_id)


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
    chat, status = change["chat"], change["new_chat_member"]["status"]
    if chat["type"] == ChatType.PRIVATE:
        return Block(_visitor(change["from"], chat["type"]), blocked=status == ChatMemberStatus.BANNED)
    if chat["type"] == ChatType.CHANNEL:
        return None
    inside = status not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    was_inside = change["old_chat_member"]["status"] not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    return None if inside == was_inside else EnterGroup(_visitor(change["from"]), spot=Spot(chat["id"]), inside=inside)
