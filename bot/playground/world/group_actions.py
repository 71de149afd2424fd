"""Who is in which chat: groups, members, administrators, migration, blocking. Raises ActRefusedError."""

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
    """Acts that change who is where; each tells the bot what Telegram would tell it."""

    def create_group(self, title: str, member_ids: list[int], *, supergroup: bool = False, forum: bool = False) -> Chat:
        """Create a group with the bot in it; the first person is its creator. A forum is a supergroup with topics."""
        if not member_ids or any(person_id not in self.people for person_id in member_ids):
            raise ActionRefusedError("a group is created by somebody who is here, with others who are")
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
        """Change what somebody is in a group: let in, promote, demote, remove.

        ``by`` is who does it, by default the creator.
        """
        chat = self._find_group(chat_id)
        before, shown = chat.status_of(user_id), self.render_member(chat, user_id)
        if before == status:
            return
        doer = by if by is not None else next(iter(chat.members))
        chat.members[user_id] = status
        if not chat.is_administered_by(user_id):
            chat.anonymous_admins.discard(user_id)
        self._announce_membership(chat, user_id, doer, before)
        self._queue_member_update(chat, user_id, doer, shown)
        self.publish("chat", chat_id)

    def set_anonymous(self, chat_id: int, person_id: int, *, anonymous: bool = True) -> None:
        """Let an administrator of a group write and vote as the group itself from now on, or under their name again."""
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
        """Open a topic in a forum; give its thread id. ``by`` is who does it, by default the creator."""
        chat = self._find_group(chat_id)
        if chat.topics is None:
            raise ActionRefusedError("only a forum has topics")
        if not 1 <= utf16_length(title) <= _LONGEST_TOPIC:
            raise ActionRefusedError(f"the title of a topic has 1 to {_LONGEST_TOPIC} characters")
        thread_id = chat.last_message_id + 1
        chat.topics[thread_id] = title
        doer = by if by is not None else next(iter(chat.members))
        self._send_service_message(
            chat, doer, {"forum_topic_created": {"name": title, "icon_color": _TOPIC_COLOUR}}, thread_id
        )
        self.publish("chat", chat_id)
        return thread_id

    def forbid_polls(self, chat_id: int, *, forbidden: bool = True) -> None:
        """Let only administrators of a group send polls, or everybody again."""
        self._find_group(chat_id).polls_allowed = not forbidden
        self.publish("chat", chat_id)

    def migrate_group(self, chat_id: int) -> Chat:
        """Turn a group into a supergroup: a new chat with a new id; the old one only points to it."""
        old = self._find_group(chat_id)
        if old.type != "group" or old.migrated_to is not None:
            raise ActionRefusedError("only a plain group becomes a supergroup, and once")
        new = Chat(self.next_supergroup_id(), "supergroup", old.title, dict(old.members))
        new.polls_allowed, new.anonymous_admins, new.migrated_from = (
            old.polls_allowed,
            set(old.anonymous_admins),
            old.id,
        )
        self.add_chat(new)
        doer = next(iter(old.members))
        self._send_service_message(old, doer, {"migrate_to_chat_id": new.id})
        self._send_service_message(new, doer, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        self.publish("chat", old.id)
        return new

    def block_bot(self, person_id: int) -> None:
        """Block the bot in the private chat; it may send no more."""
        self._set_bot_status(person_id, "kicked")

    def unblock_bot(self, person_id: int) -> None:
        """Let the bot write again."""
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

    def _announce_membership(self, chat: Chat, user_id: int, doer: int, before: Status) -> None:
        came = before not in PRESENT and chat.has_member(user_id)
        left = before in PRESENT and not chat.has_member(user_id)
        shown = render.user(self.people[user_id])
        if came:
            self._send_service_message(chat, doer, {"new_chat_members": [shown]})
        elif left:
            self._send_service_message(chat, doer, {"left_chat_member": shown})

    def _queue_member_update(self, chat: Chat, user_id: int, doer: int, before: render.Json) -> None:
        if user_id == self.bot.id:
            kind = "my_chat_member"
        elif chat.is_administered_by(self.bot.id):
            kind = "chat_member"
        else:
            return
        body = {
            "chat": self.render_chat(chat),
            "from": render.user(self.people[doer]),
            "date": render.unix_time(self.now()),
            "old_chat_member": before,
            "new_chat_member": self.render_member(chat, user_id),
        }
        self.queue_update(kind, body)
