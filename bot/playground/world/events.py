"""How watchers learn that something in the world has changed."""

from dataclasses import dataclass
from typing import Literal

EventKind = Literal[
    "sent",
    "edited",
    "deleted",
    "poll",
    "reaction",
    "pinned",
    "action",
    "callback",
    "chat",
    "profile",
    "person",
    "update",
]


@dataclass(frozen=True, slots=True)
class WorldEvent:
    """Something has changed.

    Attributes:
        chat_id: where; 0 for what belongs to no chat (``profile``, ``update``).
        message_id: which message; 0 where none is meant.
        what: ``update`` means that an update waits for the bot, ``action`` that the bot is typing or the like,
            ``callback`` that a press was answered, ``chat`` that members, rights or the title changed.
        reference: id of the callback query for ``callback``, the name of the action for ``action``.
    """

    chat_id: int
    message_id: int
    kind: EventKind
    reference: str = ""
