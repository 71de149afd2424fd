"""A message on its way, with what the sender knows of it."""

import asyncio
from dataclasses import dataclass

from bot.app.context import OutgoingMessage


@dataclass(eq=False, slots=True)
class QueuedMessage:
    """A message that is to be sent.

    Attributes:
        due: the moment by which it orders among messages that wait: when it was told, and the patience it has.
        turn: what gives it its turn, while it waits for that.
        is_calling: whether a request of it is under way.
        is_lost: whether it may be another process' by now; then it must not be sent.
    """

    outgoing: OutgoingMessage
    due: float
    turn: asyncio.Future[None] | None = None
    is_calling: bool = False
    is_lost: bool = False
