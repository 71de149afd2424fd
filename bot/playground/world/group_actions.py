"""Actions on groups and membership: create, add, promote, remove, migrate, block. They raise ActionRefusedError."""

from bot.playground.errors import ActionRefusedError
from bot.playground.world import render
from bot.playground.world.chats import PRESENT, Chat, Status
from bot.playground.world.entities import utf16_length
from bot.playground.world.messages import Content
from bot.playground.world.state import WorldState

# Bot API, createForumTopic: the title's length and one of the colours of its icon.
_LONGEST_TOPIC = 128
_TOPIC_COLOUR = 0x6FB9F0


class GroupActions(WorldState):
    """Actions that change groups and members; each queues the updates that Telegram would send to the bot."""

    def create_group(self, title: str, member_ids: list[int], *, supergroup: bool = False, forum: bool = False) -> Chat:
        """Create a group with the bot in it; the first person is its creator. A forum is a supergroup with topics."""
        if not member_ids or any(person_id not in self.people for person_id in member_ids):
            raise ActionRefusedError("a group needs a creator, and all of its members must exist")
        large = supergroup or forum
        chat_id = self.next_supergroup_id() if large else self.next_group_id()
        chat = Chat(chat_id, "supergroup" if large else "group", title, topics={} if forum else None)
        chat.members = dict.fromkeys(member_ids, "member")
        chat.members[member_ids[0]] = "creator"
        self.add_chat(chat)
        notice = "supergroup_chat_created" if large else "group_chat_created"
        self._send_service_message(chat, member_ids[0], {notice: True})
        self.set_member_status(chat_id, self.bot.id, "member", by=member_ids[0])
        return chat

    def set_member_status(self, chat_id: int, user_id: int, status: Status, by: int | None = None) -> None:
        """Change a user's status in a group: add, promote, demote, remove.

        ``by`` is the user who does it, by default the first member (the creator).
        """
        chat = self._find_group(chat_id)
        before, shown = chat.status_of(user_id), self.render_member(chat, user_id)
        if before == status:
            return
        actor_id = by if by is not None else next(iter(chat.members))
        chat.members[user_id] = status
        if not chat.is_administered_by(user_id):
            chat.anonymous_admins.discard(user_id)
        self._announce_membership(chat, user_id, actor_id, before)
        self._queue_member_update(chat, user_id, actor_id, shown)
        self.publish("chat", chat_id)

    def set_anonymous(self, chat_id: int, person_id: int, *, anonymous: bool = True) -> None:
        """Set whether an administrator of a group writes and votes as the group itself."""
        chat = self._find_group(chat_id)
        if not chat.is_administered_by(person_id):
            raise ActionRefusedError("only an administrator can act as the group")
        if anonymous == (person_id in chat.anonymous_admins):
            return
        shown = self.render_member(chat, person_id)
        (chat.anonymous_admins.add if anonymous else chat.anonymous_admins.discard)(person_id)
        self._queue_member_update(chat, person_id, next(iter(chat.members)), shown)
        self.publish("chat", chat_id)

    def create_topic(self, chat_id: int, title: str, by: int | None = None) -> int:
        """Create a topic in a forum; return its thread id. ``by`` is the user who does it, by default the creator."""
        chat = self._find_group(chat_id)
        if chat.topics is None:
            raise ActionRefusedError("only a forum has topics")
        if not 1 <= utf16_length(title) <= _LONGEST_TOPIC:
            raise ActionRefusedError(f"the title of a topic has 1 to {_LONGEST_TOPIC} characters")
        thread_id = chat.last_message_id + 1
        chat.topics[thread_id] = title
        actor_id = by if by is not None else next(iter(chat.members))
        self._send_service_message(
            chat, actor_id, {"forum_topic_created": {"name": title, "icon_color": _TOPIC_COLOUR}}, thread_id
        )
        self.publish("chat", chat_id)
        return thread_id

    def forbid_polls(self, chat_id: int, *, forbidden: bool = True) -> None:
        """Set whether only administrators of a group may send polls."""
        self._find_group(chat_id).polls_allowed = not forbidden
        self.publish("chat", chat_id)

    def migrate_group(self, chat_id: int) -> Chat:
        """Migrate a group to a supergroup: a new chat with a new id, to which the old chat only refers."""
        old = self._find_group(chat_id)
        if old.type != "group" or old.migrated_to is not None:
            raise ActionRefusedError("only a basic group can become a supergroup, and only once")
        new = Chat(self.next_supergroup_id(), "supergroup", old.title, dict(old.members))
        new.polls_allowed, new.anonymous_admins, new.migrated_from = (
            old.polls_allowed,
            set(old.anonymous_admins),
            old.id,
        )
        self.add_chat(new)
        actor_id = next(iter(old.members))
        self._send_service_message(old, actor_id, {"migrate_to_chat_id": new.id})
        self._send_service_message(new, actor_id, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        self.publish("chat", old.id)
        return new

    def block_bot(self, person_id: int) -> None:
        """Block the bot in the private chat, so that it cannot send messages there."""
        self._set_bot_status(person_id, "kicked")

    def unblock_bot(self, person_id: int) -> None:
        """Unblock the bot in the private chat."""
        self._set_bot_status(person_id, "member")

    def _set_bot_status(self, person_id: int, status: Status) -> None:
        chat = self.chats[person_id]
        before, shown = chat.status_of(self.bot.id), self.render_member(chat, self.bot.id)
        if before != status:
            chat.members[self.bot.id] = status
            self._queue_member_update(chat, self.bot.id, person_id, shown)
            self.publish("chat", person_id)

    def _find_group(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None or chat.type == "private":
            raise ActionRefusedError(f"there is no group {chat_id}")
        return chat

    def _send_service_message(
        self, chat: Chat, sender_id: int, service: render.Json, thread_id: int | None = None
    ) -> None:
        message = self.add_message(chat, sender_id, Content(service=service), thread_id=thread_id)
        message.sent_as_chat = sender_id in chat.anonymous_admins
        self.publish("sent", chat.id, message.id)
        if chat.has_member(self.bot.id):
            self.queue_update("message", self.render_message(message))

    def _announce_membership(self, chat: Chat, user_id: int, actor_id: int, before: Status) -> None:
        came = before not in PRESENT and chat.has_member(user_id)
        left = before in PRESENT and not chat.has_member(user_id)
        shown = render.user(self.people[user_id])
        if came:
            self._send_service_message(chat, actor_id, {"new_chat_members": [shown]})
        elif left:
            self._send_service_message(chat, actor_id, {"left_chat_member": shown})

    def _queue_member_update(self, chat: Chat, user_id: int, actor_id: int, before: render.Json) -> None:
        if user_id == self.bot.id:
            kind = "my_chat_member"
        elif chat.is_administered_by(self.bot.id):
            kind = "chat_member"
        else:
            return
        body = {
            "chat": self.render_chat(chat),
            "from": render.user(self.people[actor_id]),
            "date": render.unix_time(self.now()),
            "old_chat_member": before,
            "new_chat_member": self.render_member(chat, user_id),
        }
        self.queue_update(kind, body)
