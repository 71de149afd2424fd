"""Chats and who is in them. Holds state; what may be done with it is decided by the acts."""

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.world.messages import Message

ChatType = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
PRESENT: tuple[Status, ...] = ("creator", "administrator", "member")


@dataclass(slots=True)
class Chat:
    """One chat of the bot.

    Attributes:
        id: a person's id for a private chat, negative for groups, below -1000000000000 for supergroups.
        members: status by user id; in a private chat the bot's status is ``kicked`` while it is blocked.
        last_message_id: ids count from 1 in every chat and are never used again.
        messages: by id, in order of sending; deleted ones are gone.
        pinned: ids of pinned messages, the latest last.
        polls_allowed: whether members who are not administrators may send polls.
        migrated_to: id of the supergroup that a group has become.
        migrated_from: id of the group that a supergroup was.
        topics: in a forum, titles by thread id, which is the id of the message that announced the topic; None where
            there are no topics. What stands in no topic stands in General.
        anonymous: ids of administrators who act as the group itself. Telegram knows them in supergroups alone; here a
            plain group may have them as well.
        opened: in a private chat, whether the person has ever written to the bot.
    """

    id: int
    type: ChatType
    title: str = ""
    members: dict[int, Status] = field(default_factory=dict)
    last_message_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    polls_allowed: bool = True
    migrated_to: int | None = None
    migrated_from: int | None = None
    topics: dict[int, str] | None = None
    anonymous_admins: set[int] = field(default_factory=set)
    started: bool = False

    def status_of(self, user_id: int) -> Status:
        """Give a user's status; ``left`` for one who was never here."""
        return self.members.get(user_id, "left")

    def has_member(self, user_id: int) -> bool:
        """Say whether a user is in the chat."""
        return self.status_of(user_id) in PRESENT

    def is_administered_by(self, user_id: int) -> bool:
        """Say whether a user may do what administrators may."""
        return self.status_of(user_id) in ("creator", "administrator")
