"""Paces: since when each chat is free for the next message, so that several processes keep its limit together."""

from sqlalchemy import BigInteger, Column, Table

from bot.store.base import Instant, metadata

# The chat 0 stands for all chats together.
PACES = Table(
    "paces",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", Instant, nullable=False),
)
