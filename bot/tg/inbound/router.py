"""Router: converts an update into a command. Uses only the update, nothing stored; does no I/O."""

from typing import Any

from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

from bot.app.commands import (
    AskTooMuch,
    Block,
    CallAsChannel,
    CallInGroup,
    ChangeRole,
    Command,
    EnterGroup,
    JoinClass,
    MigrateGroup,
    Mistype,
    Press,
    PressAgain,
    PressStale,
    SendOther,
    Spot,
    Visitor,
    Vote,
    Write,
)
from bot.core.join_codes import read_code
from bot.core.text_limits import LONGEST_WORD
from bot.tg.bot_api.callback_query_mode import lacks_message
from bot.tg.bot_api.response import LONGEST_ID
from bot.tg.feature import Invocation, Make
from bot.tg.features import FEATURES
from bot.tg.features.hello import follow_pasted
from bot.tg.inbound.throttle import TOO_MUCH
from bot.tg.inbound.update_fields import (
    OddUpdateError,
    chat_of,
    fields,
    group_id,
    is_group,
    is_nobody,
    visitor_of,
    whole,
    words,
)

# Every kind of update that the router handles; Telegram is asked for these only.
ALLOWED_UPDATES = ("message", "callback_query", "poll_answer", "my_chat_member")

# The fields of a message that contain something other than text.
_ATTACHED = frozenset(MessageAttachmentType)
_SLASH: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.slash.items()}
_BUTTONS: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.buttons.items()}
_GROUP_SLASH: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.group.items()}
_GROUP_BUTTONS: dict[str, Make] = {name: make for feature in FEATURES for name, make in feature.group_buttons.items()}


def to_command(raw: dict[str, Any], bot_name: str) -> Command | None:
    """Return the command for an update; None if it asks for nothing.

    Reads the few relevant fields directly from the JSON: creating python-telegram-bot's objects takes ten times as
    long.

    Args:
        raw: the parsed JSON. Raises KeyError or OddUpdateError if it does not match the Bot API.
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


def _too_much(raw: dict[str, Any]) -> Command:
    """Return the command for a person who asks too much, as a press or in a chat."""
    if "callback_query" in raw:
        asked = _press(raw["callback_query"])
        return AskTooMuch(asked.visitor, asked.press)
    if "poll_answer" in raw:
        return AskTooMuch(visitor_of(fields(raw["poll_answer"], "poll_answer")["user"]))
    message = fields(raw["message"], "message")
    return AskTooMuch(visitor_of(message["from"], chat_of(message)))


def _vote(raw: object) -> Command | None:
    """Return a vote; None for one cast in the name of a chat (Bot API, PollAnswer.voter_chat)."""
    answer = fields(raw, "poll_answer")
    if "user" not in answer or "voter_chat" in answer:
        return None
    visitor, poll_id = visitor_of(answer["user"]), words(answer["poll_id"], "poll_answer.poll_id", LONGEST_ID)
    if is_nobody(answer["user"]):
        return None
    chosen = answer["option_ids"]
    if not isinstance(chosen, list):
        raise OddUpdateError("poll_answer.option_ids is not a list")
    return Vote(visitor, poll_id=poll_id, options=tuple(whole(one, "poll_answer.option_ids", 0) for one in chosen))


def _press(raw: object) -> Command:
    """Return the command for a button press.

    Only the person who pressed and the chat of the message count, not its sender: a bot that is an anonymous
    administrator sends its buttons in the group's name. Telegram names the person even if they are an anonymous
    administrator (Bot API, CallbackQuery.from).
    """
    query = fields(raw, "callback_query")
    message = query.get("message")
    if not isinstance(message, dict):
        # Its chat is unknown.
        message = {"message_id": 0, "chat": {"id": 0, "type": ""}}
    chat = chat_of(message)
    message_id = whole(message["message_id"], "message_id", 0)
    visitor = visitor_of(query["from"], chat)
    press = Press(words(query["id"], "callback_query.id", LONGEST_ID), message_id, _poll_in(message))
    if lacks_message({"callback_query": query}):
        return PressAgain(visitor, press)
    make, arguments = _button(query, message, visitor, chat)
    if make is None:
        return PressStale(visitor, press)
    spot = None if visitor.in_private else _spot(message, chat)
    try:
        return make(Invocation(visitor, arguments, message_id, press, spot))
    except ValueError:
        return PressStale(visitor, press)


def _button(
    query: dict[str, Any], message: dict[str, Any], visitor: Visitor, chat: tuple[int, str]
) -> tuple[Make | None, tuple[str, ...]]:
    """Return the function of a button; None if it means nothing in its chat, or under its message."""
    name, *arguments = words(query.get("data", ""), "callback_query.data")[:LONGEST_WORD].split(":")
    buttons = _BUTTONS if visitor.in_private else _GROUP_BUTTONS if is_group(chat) else {}
    if is_nobody(query["from"]) or _is_strange(message):
        return None, ()
    return buttons.get(name), tuple(arguments)


def _poll_in(message: dict[str, Any]) -> str:
    """Return the id of the poll in a message; empty for none."""
    if "poll" not in message:
        return ""
    return words(fields(message["poll"], "message.poll")["id"], "message.poll.id", LONGEST_ID)


def _is_strange(message: dict[str, Any]) -> bool:
    """Return whether a message with a button was forwarded, or written by a person or in a person's name."""
    sender = message.get("from")
    is_not_ours = any(
        field in message for field in ("forward_origin", "forward_date", "via_bot", "business_connection_id")
    )
    return is_not_ours or (isinstance(sender, dict) and not sender.get("is_bot"))


def _message(raw: object, bot_name: str) -> Command | None:
    message = fields(raw, "message")
    if "from" not in message:
        return None
    chat = chat_of(message)
    visitor = visitor_of(message["from"], chat)
    if visitor.in_private:
        return None if is_nobody(message["from"]) else _private_message(visitor, message, bot_name)
    return _group_message(visitor, message, chat, bot_name) if is_group(chat) else None


def _private_message(visitor: Visitor, message: dict[str, Any], bot_name: str) -> Command | None:
    text, message_id = words(message.get("text", ""), "message.text"), whole(message["message_id"], "message_id", 0)
    name, arguments = _slash(text, bot_name)
    asked = Invocation(visitor, arguments, message_id)
    if name in ("", "join", "start") and (followed := follow_pasted(asked, text)):
        return followed
    if name in _SLASH:
        return _SLASH[name](asked)
    if name:
        return JoinClass(visitor, code=name) if read_code(name) else Mistype(visitor)
    if text:
        return Write(visitor, text=text, message_id=message_id)
    return None if _ATTACHED.isdisjoint(message) else SendOther(visitor)


def _group_message(visitor: Visitor, message: dict[str, Any], chat: tuple[int, str], bot_name: str) -> Command | None:
    """Return the command for a message in a group: only slash commands, or its migration."""
    if "migrate_to_chat_id" in message:
        return MigrateGroup(visitor, old=chat[0], new=group_id(message["migrate_to_chat_id"]))
    if "migrate_from_chat_id" in message:
        return MigrateGroup(visitor, old=group_id(message["migrate_from_chat_id"]), new=chat[0])
    speaker = _speaker(message)
    # A post of the linked channel, forwarded by Telegram itself, addresses nobody here.
    is_forwarded = bool(message.get("is_automatic_forward"))
    is_somebody = speaker == chat[0] or (speaker is None and not is_nobody(message["from"]))
    if is_forwarded or not (is_somebody or _is_of_channel(message)):
        return None
    spot = _spot(message, chat, anonymous=speaker is not None)
    return (
        _called(visitor, message, spot, bot_name)
        if is_somebody
        else _called_by_channel(visitor, message, spot, bot_name)
    )


def _called(visitor: Visitor, message: dict[str, Any], spot: Spot, bot_name: str) -> Command | None:
    """Return the command for a slash command in a group."""
    name, arguments = _slash(words(message.get("text", ""), "message.text"), bot_name)
    if name in _GROUP_SLASH:
        message_id, reply_to = whole(message["message_id"], "message_id", 0), _replied(message)
        return _GROUP_SLASH[name](Invocation(visitor, arguments, message_id, spot=spot, reply_to=reply_to))
    return CallInGroup(visitor, spot=spot) if name in _SLASH else None


def _called_by_channel(visitor: Visitor, message: dict[str, Any], spot: Spot, bot_name: str) -> Command | None:
    """Return the command for a quiz requested in the name of a channel; None for anything else said so."""
    name, _ = _slash(words(message.get("text", ""), "message.text"), bot_name)
    if name != "quiz":
        return None
    return CallAsChannel(visitor, spot=spot, message_id=whole(message["message_id"], "message_id", 0))


def _speaker(message: dict[str, Any]) -> int | None:
    """Return the chat in whose name a message was sent (Bot API, Message.sender_chat); None for a person's own."""
    if "sender_chat" not in message:
        return None
    return whole(fields(message["sender_chat"], "sender_chat")["id"], "sender_chat.id")


def _is_of_channel(message: dict[str, Any]) -> bool:
    """Return whether a message was sent in the name of a channel."""
    return fields(message.get("sender_chat", {}), "sender_chat").get("type") == ChatType.CHANNEL


def _replied(message: dict[str, Any]) -> tuple[int, str] | None:
    """Return the person whom a message replies to, or None; in a topic, every message replies to its first one."""
    answered = fields(message.get("reply_to_message", {}), "reply_to_message")
    person = None if "forum_topic_created" in answered else answered.get("from")
    if not person or is_nobody(fields(person, "reply_to_message.from")):
        return None
    named = visitor_of(person)
    return named.id, named.name


def _spot(message: dict[str, Any], chat: tuple[int, str], *, anonymous: bool = False) -> Spot:
    """Return where in a group a message stands; ``anonymous`` if an administrator speaks as the group (sender_chat)."""
    thread_id = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Spot(chat[0], None if thread_id is None else whole(thread_id, "message_thread_id", 0), anonymous=anonymous)


def _slash(text: str, bot_name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and words of a slash command; an empty name if the text is none, an unknown one for another bot.

    Longer words are cut: no topic or class code is that long.
    """
    first, *arguments = [word[:LONGEST_WORD] for word in text.split()] or [""]
    name, _, owner = first.removeprefix("/").partition("@")
    if not first.startswith("/"):
        return "", ()
    if owner and owner.lower() != bot_name.lower():
        return first, ()
    return name.lower(), tuple(arguments)


def _membership(raw: object) -> Command | None:
    change = fields(raw, "my_chat_member")
    chat, status = chat_of(change), _status(change, "new_chat_member")
    visitor = visitor_of(change["from"], chat)
    if visitor.in_private:
        return Block(visitor, blocked=status == ChatMemberStatus.BANNED)
    if not is_group(chat):
        return None
    spot, before = Spot(chat[0]), _status(change, "old_chat_member")
    inside, administers = _is_inside(status), status == ChatMemberStatus.ADMINISTRATOR
    if inside != _is_inside(before):
        return EnterGroup(visitor, spot=spot, inside=inside, administers=administers)
    if administers != (before == ChatMemberStatus.ADMINISTRATOR):
        return ChangeRole(visitor, spot=spot, administers=administers)
    return None


def _status(change: dict[str, Any], field: str) -> str:
    return words(fields(change[field], field)["status"], f"{field}.status")


def _is_inside(status: str) -> bool:
    return status not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
