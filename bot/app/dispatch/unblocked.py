"""What may have waited behind deliveries: votes in their lanes, and messages in the queues of their chats."""

from collections.abc import Sequence

from bot.app.dispatch.receipts import Delivery
from bot.app.messages import MemberCheck
from bot.app.messages.urgency import APART
from bot.store.inbox import chat_lane


def lanes_unblocked_by(deliveries: Sequence[Delivery]) -> set[str] | None:
    """Name the lanes in which votes may have waited for these deliveries; None for all.

    A vote in a group's poll waits in the lane of whoever voted; a press that closes the round must not pass it.
    """
    chats = {one.chat_id for one in deliveries if not isinstance(one.message, MemberCheck)}
    return {chat_lane(chat) for chat in chats} if all(chat > 0 for chat in chats) else None


def chats_unblocked_by(deliveries: Sequence[Delivery]) -> frozenset[int]:
    """Return the chats in which something may have waited behind these: what goes apart holds up nothing."""
    return frozenset(
        one.chat_id if one.moved_from is None else one.moved_from
        for one in deliveries
        if not isinstance(one.message, APART)
    )
