"""Groups that the bot is in: their administrators, and people who may lead a quiz there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Table

from bot.store.base import Document, Instant, metadata
from bot.store.identity_map import IdentityMap


@dataclass(frozen=True, slots=True)
class People:
    """Ids of people."""

    ids: tuple[int, ...] = ()


GROUPS = Table(
    "groups",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("administrators", Document(People), nullable=False),
    Column("allowed", Document(People), nullable=False),
    Column("asked_at", Instant),
)


@dataclass(slots=True)
class Group:
    """A group that the bot is in; the fields are the columns, in their order.

    Attributes:
        id: the chat id.
        administrators: people who administer it, as Telegram reported.
        allowed: people whom an administrator allowed to lead a quiz.
        asked_at: when Telegram's last answer about the administrators, or its refusal, was recorded; None before.
    """

    id: int
    administrators: People
    allowed: People
    asked_at: datetime | None


class Groups(IdentityMap[Group]):
    """The groups that a unit of work touches."""

    is_root = True

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, GROUPS, Group, ("administrators", "allowed", "asked_at"))

    def take(self, chat_id: int) -> Group:
        """Return a group; insert it if it is new."""
        known = self.find(chat_id)
        return known or self.insert({"id": chat_id, "administrators": People(), "allowed": People()})
