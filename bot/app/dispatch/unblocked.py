"""Lanes and chats that a delivery unblocks: votes were deferred until it, or messages waited behind it."""

from collections.abc import Sequence

from bot.app.dispatch.receipts import Delivery
from bot.app.messages import MemberCheck
from bot.app.messages.urgency import INDEPENDENT
from bot.store.inbox import chat_lane


def lanes_unblocked_by(deliveries: Sequence[Delivery]) -> set[str] | None:
    """Return the lanes in which votes may have been deferred until these deliveries; None for all lanes.

    A vote in a group's poll is deferred in its voter's lane, and must be counted before a button closes the round.
    """
    chats = {one.chat_id for one in deliveries if not isinstance(one.message, MemberCheck)}
    return {chat_lane(chat) for chat in chats} if all(chat > 0 for chat in chats) else None


def chats_unblocked_by(deliveries: Sequence[Delivery]) -> frozenset[int]:
    """Return the chats in which messages may have waited behind these; independent messages block nothing."""
    return frozenset(
        one.chat_id if one.moved_from is None else one.moved_from
        for one in deliveries
        if not isinstance(one.message, INDEPENDENT)
    )
