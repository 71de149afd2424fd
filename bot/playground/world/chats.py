"""Chats and their members. State only: the actions decide what is allowed."""

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
        id: the person's id for a private chat, negative for groups, below -1000000000000 for supergroups.
        members: status by user id; in a private chat the bot's status is ``kicked`` while it is blocked.
        last_message_id: message ids count from 1 in every chat and are never reused.
        messages: by id, in order of sending, without the deleted ones.
        pinned: ids of pinned messages, the one pinned last at the end.
        polls_allowed: whether members who are not administrators may send polls.
        migrated_to: id of the supergroup that this group became.
        migrated_from: id of the group that this supergroup was before.
        topics: titles by thread id in a forum; None in other chats. The thread id is the id of the message that
            announced the topic. Messages outside these topics belong to General.
        anonymous_admins: ids of administrators who act as the group itself. Telegram allows that in supergroups only;
            here a basic group may have them as well.
        started: in a private chat, whether the person has ever written to the bot.
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
        """Return a user's status; ``left`` if the user was never a member."""
        return self.members.get(user_id, "left")

    def has_member(self, user_id: int) -> bool:
        """Return whether a user is in the chat."""
        return self.status_of(user_id) in PRESENT

    def is_administered_by(self, user_id: int) -> bool:
        """Return whether a user is the creator or an administrator."""
        return self.status_of(user_id) in ("creator", "administrator")
