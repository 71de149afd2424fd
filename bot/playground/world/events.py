"""Events that the world publishes to its subscribers whenever something in it changes."""

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
    """One change in the world.

    Attributes:
        chat_id: the chat that changed; 0 where no chat is concerned (``profile``, ``update``).
        message_id: the message that changed; 0 where no message is concerned.
        kind: ``update`` means that a new update is pending, ``action`` that the bot sent a chat action (typing ...),
            ``callback`` that the bot answered a callback query, ``chat`` that members, rights or the title changed.
        reference: for ``callback`` the id of the callback query, for ``action`` the name of the action.
    """

    chat_id: int
    message_id: int
    kind: EventKind
    reference: str = ""
