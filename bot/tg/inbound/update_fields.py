"""Typed access to the fields of an update: a value of a wrong type is refused here and reaches no handler."""

from typing import Any, TypeGuard

from telegram.constants import ChatType

from bot.app.commands import Visitor
from bot.tg.feature import HIGHEST

# Stand-in accounts for senders whom Telegram does not name: its own messages and posts of a linked channel, an
# administrator who speaks as the group, a person who speaks as a channel (Bot API, Message.sender_chat).
STAND_INS = (777000, 1087968824, 136817688)
# Telegram's names have at most 64 letters; a longer one would not fit into messages.
LONGEST_NAME = 256
# The longest IETF language tag that must be supported (RFC 5646, section 4.4.1).
LONGEST_LANGUAGE = 35


class OddUpdateError(ValueError):
    """A field does not match the Bot API. Names the field, never its value."""


def is_whole(value: object, least: int = -HIGHEST) -> TypeGuard[int]:
    """Return whether a value is a whole number that a database can store; booleans are not."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= HIGHEST


def whole(value: Any, field: str, least: int = -HIGHEST) -> int:  # noqa: ANN401 - whatever JSON holds
    """Return a whole number of at least ``least``. Raises OddUpdateError."""
    if not is_whole(value, least):
        raise OddUpdateError(f"{field} is not a whole number within its limits")
    return value


def words(value: Any, field: str, most: int | None = None) -> str:  # noqa: ANN401 - the same
    """Return a text of at most ``most`` characters. Raises OddUpdateError."""
    if not isinstance(value, str) or (most is not None and len(value) > most):
        raise OddUpdateError(f"{field} is not a text within its limits")
    return value


def fields(value: Any, field: str) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return an object's fields. Raises OddUpdateError."""
    if not isinstance(value, dict):
        raise OddUpdateError(f"{field} is not an object")
    return value


def chat_of(message: dict[str, Any]) -> tuple[int, str]:
    """Return the id and the type of a message's chat. Raises OddUpdateError, and KeyError if one is missing."""
    chat = fields(message["chat"], "chat")
    return whole(chat["id"], "chat.id"), words(chat["type"], "chat.type")


def is_group(chat: tuple[int, str]) -> bool:
    """Return whether a chat is a group. Raises OddUpdateError for one with the id of a person."""
    return chat[1] in (ChatType.GROUP, ChatType.SUPERGROUP) and group_id(chat[0]) < 0


def group_id(value: Any) -> int:  # noqa: ANN401 - the same
    """Return the id of a group, which is negative, unlike a person's. Raises OddUpdateError."""
    if whole(value, "chat.id") >= 0:
        raise OddUpdateError("chat.id is not that of a group")
    return int(value)


def visitor_of(user: Any, chat: tuple[int, str] = (0, "")) -> Visitor:  # noqa: ANN401 - the same
    """Return the visitor for a user, in private if the chat is theirs. Raises OddUpdateError, and KeyError as above."""
    person = fields(user, "user")
    person_id = whole(person["id"], "user.id", least=1)
    name = words(person["first_name"], "user.first_name")[:LONGEST_NAME]
    last_name = words(person.get("last_name", ""), "user.last_name")[:LONGEST_NAME]
    language = words(person.get("language_code", ""), "user.language_code")[:LONGEST_LANGUAGE]
    return Visitor(person_id, name, language, chat == (person_id, ChatType.PRIVATE), last_name)


def is_nobody(user: dict[str, Any]) -> bool:
    """Return whether a user is a bot, or a stand-in account for a sender whom Telegram does not name."""
    return bool(user.get("is_bot")) or user.get("id") in STAND_INS
