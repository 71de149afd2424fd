"""Turns an update into a command. Decides by what the update is, never by what is stored; does no I/O."""

from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.app.commands import Block, CallInGroup, Command, Mistype, Press, PressStale, SendOther, Visitor, Vote, Write
from bot.tg.feature import Asked, Make
from bot.tg.features import FEATURES

# Every kind of update that the router knows. Telegram sends no other, and must be told all of them each time.
ALLOWED_UPDATES = ("message", "callback_query", "poll_answer", "my_chat_member")

_SLASH: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.slash.items()}
_BUTTONS: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.buttons.items()}


def to_command(raw: dict[str, Any], bot_name: str) -> Command | None:
    """Give what an update asks for; None where it asks for nothing.

    Args:
        raw: the update as JSON has it. Anything may be raised where it is not as the Bot API says.
        bot_name: the bot's, without the @.
    """
    if "poll_answer" in raw:
        return _vote(raw["poll_answer"])
    update = Update.de_json(raw)
    if update.callback_query:
        return _press(update.callback_query)
    if update.message:
        return _message(update.message, bot_name)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    return None


def _visitor(user: User) -> Visitor:
    return Visitor(user.id, user.first_name, user.language_code or "")


def _vote(answer: dict[str, Any]) -> Command | None:
    """Give a vote; one cast in the name of a chat is nobody's answer (Bot API, PollAnswer.voter_chat).

    Most updates are votes, and five plain fields are read in a tenth of the time that it takes to make objects.
    """
    user = answer.get("user")
    if user is None or "voter_chat" in answer:
        return None
    visitor = Visitor(user["id"], user["first_name"], user.get("language_code", ""))
    return Vote(visitor, poll_id=answer["poll_id"], options=tuple(answer["option_ids"]))


def _press(query: CallbackQuery) -> Command:
    message_id = query.message.message_id if query.message else 0
    visitor, press = _visitor(query.from_user), Press(query.id, message_id)
    name, *words = (query.data or "").split(":")
    make = _BUTTONS.get(name)
    in_private = query.message is not None and query.message.chat.type == ChatType.PRIVATE
    if make is None or not in_private:
        return PressStale(visitor, press)
    try:
        return make(Asked(visitor, tuple(words), message_id, press))
    except ValueError:
        return PressStale(visitor, press)


def _message(message: Message, bot_name: str) -> Command | None:
    if message.from_user is None or message.from_user.is_bot:
        return None
    name, words = _slash(message.text or "", bot_name)
    if message.chat.type != ChatType.PRIVATE:
        return CallInGroup(_visitor(message.from_user), chat_id=message.chat.id) if name in _SLASH else None
    visitor = _visitor(message.from_user)
    if name in _SLASH:
        return _SLASH[name](Asked(visitor, words, message.message_id))
    if name:
        return Mistype(visitor)
    if message.text:
        return Write(visitor, text=message.text, message_id=message.message_id)
    return SendOther(visitor) if message.effective_attachment else None


def _slash(text: str, bot_name: str) -> tuple[str, tuple[str, ...]]:
    """Give the name and the words of a slash command; no name where the text is none, a strange one for another bot."""
    first, *words = text.split() or [""]
    name, _, owner = first.removeprefix("/").partition("@")
    if not first.startswith("/"):
        return "", ()
    if owner and owner.lower() != bot_name.lower():
        return first, ()
    return name.lower(), tuple(words)


def _membership(change: ChatMemberUpdated) -> Command | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    return Block(_visitor(change.from_user), blocked=change.new_chat_member.status == ChatMemberStatus.BANNED)
