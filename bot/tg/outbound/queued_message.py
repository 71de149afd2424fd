"""A message in the send queue, with its state."""

import asyncio
from dataclasses import dataclass

from bot.app.context import OutgoingMessage


@dataclass(eq=False, slots=True)
class QueuedMessage:
    """A message to send.

    Attributes:
        due: the time that orders waiting messages: when it was created, plus the patience of its urgency.
        slot: the future of its slot, while it waits for one.
        is_calling: whether its request is running.
        is_lost: whether it may belong to another process now; then it must not be sent.
    """

    outgoing: OutgoingMessage
    due: float
    slot: asyncio.Future[None] | None = None
    is_calling: bool = False
    is_lost: bool = False
