"""Who is in which chat: groups, members, administrators, migration, blocking. Raises ActRefusedError."""

from bot.playground.errors import ActRefusedError
from bot.playground.world import render
from bot.playground.world.chats import PRESENT, Chat, Status
from bot.playground.world.entities import units
from bot.playground.world.messages import Content
from bot.playground.world.state import Scene

# Bot API, createForumTopic: the title's length and one of the colours of its icon.
_LONGEST_TOPIC = 128
_TOPIC_COLOUR = 0x6FB9F0


class GroupActs(Scene):
    """Acts that change who is where; each tells the bot what Telegram would tell it."""

    def create_group(self, title: str, member_ids: list[int], *, supergroup: bool = False, forum: bool = False) -> Chat:
        """Create a group with the bot in it; the first person is its creator. A forum is a supergroup with topics."""
        if not member_ids or any(person_id not in self.people for person_id in member_ids):
            raise ActRefusedError("a group is created by somebody who is here, with others who are")
        large = supergroup or forum
        chat_id = self.next_supergroup_id() if large else self.next_group_id()
        chat = Chat(chat_id, "supergroup" if large else "group", title, topics={} if forum else None)
        chat.members = dict.fromkeys(member_ids, "member")
        chat.members[member_ids[0]] = "creator"
        self.add_chat(chat)
        notice = "supergroup_chat_created" if large else "group_chat_created"
        self._notice(chat, member_ids[0], {notice: True})
        self.set_status(chat_id, self.bot.id, "member", by=member_ids[0])
        return chat

    def set_status(self, chat_id: int, user_id: int, status: Status, by: int | None = None) -> None:
        """Change what somebody is in a group: let in, promote, demote, remove.

        ``by`` is who does it, by default the creator.
        """
        chat = self._group(chat_id)
        before, shown = chat.status_of(user_id), self.render_member(chat, user_id)
        if before == status:
            return
        doer = by if by is not None else next(iter(chat.members))
        chat.members[user_id] = status
        if not chat.is_administered_by(user_id):
            chat.anonymous.discard(user_id)
        self._notice_presence(chat, user_id, doer, before)
        self._tell_status(chat, user_id, doer, shown)
        self.announce("chat", chat_id)

    def set_anonymous(self, chat_id: int, person_id: int, *, anonymous: bool = True) -> None:
        """Let an administrator of a group write and vote as the group itself from now on, or under their name again."""
        chat = self._group(chat_id)
        if not chat.is_administered_by(person_id):
            raise ActRefusedError("only an administrator can act as the group")
        if anonymous == (person_id in chat.anonymous):
            return
        shown = self.render_member(chat, person_id)
        (chat.anonymous.add if anonymous else chat.anonymous.discard)(person_id)
        self._tell_status(chat, person_id, next(iter(chat.members)), shown)
        self.announce("chat", chat_id)

    def create_topic(self, chat_id: int, title: str, by: int | None = None) -> int:
        """Open a topic in a forum; give its thread id. ``by`` is who does it, by default the creator."""
        chat = self._group(chat_id)
        if chat.topics is None:
            raise ActRefusedError("only a forum has topics")
        if not 1 <= units(title) <= _LONGEST_TOPIC:
            raise ActRefusedError(f"the title of a topic has 1 to {_LONGEST_TOPIC} characters")
        thread_id = chat.last_message_id + 1
        chat.topics[thread_id] = title
        doer = by if by is not None else next(iter(chat.members))
        self._notice(chat, doer, {"forum_topic_created": {"name": title, "icon_color": _TOPIC_COLOUR}}, thread_id)
        self.announce("chat", chat_id)
        return thread_id

    def forbid_polls(self, chat_id: int, *, forbidden: bool = True) -> None:
        """Let only administrators of a group send polls, or everybody again."""
        self._group(chat_id).polls_allowed = not forbidden
        self.announce("chat", chat_id)

    def migrate_group(self, chat_id: int) -> Chat:
        """Turn a group into a supergroup: a new chat with a new id; the old one only points to it."""
        old = self._group(chat_id)
        if old.type != "group" or old.migrated_to is not None:
            raise ActRefusedError("only a plain group becomes a supergroup, and once")
        new = Chat(self.next_supergroup_id(), "supergroup", old.title, dict(old.members))
        new.polls_allowed, new.anonymous, new.migrated_from = old.polls_allowed, set(old.anonymous), old.id
        self.add_chat(new)
        doer = next(iter(old.members))
        self._notice(old, doer, {"migrate_to_chat_id": new.id})
        self._notice(new, doer, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        self.announce("chat", old.id)
        return new

    def block_bot(self, person_id: int) -> None:
        """Block the bot in the private chat; it may send no more."""
        self._set_private(person_id, "kicked")

    def unblock_bot(self, person_id: int) -> None:
        """Let the bot write again."""
        self._set_private(person_id, "member")

    def _set_private(self, person_id: int, status: Status) -> None:
        chat = self.chats[person_id]
        before, shown = chat.status_of(self.bot.id), self.render_member(chat, self.bot.id)
        if before != status:
            chat.members[self.bot.id] = status
            self._tell_status(chat, self.bot.id, person_id, shown)
            self.announce("chat", person_id)

    def _group(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None or chat.type == "private":
            raise ActRefusedError(f"there is no group {chat_id}")
        return chat

    def _notice(self, chat: Chat, sender_id: int, service: render.Json, thread_id: int | None = None) -> None:
        message = self.post(chat, sender_id, Content(service=service), thread_id=thread_id)
        message.as_chat = sender_id in chat.anonymous
        self.announce("sent", chat.id, message.id)
        if chat.has(self.bot.id):
            self.put_update("message", self.render_message(message))

    def _notice_presence(self, chat: Chat, user_id: int, doer: int, before: Status) -> None:
        came = before not in PRESENT and chat.has(user_id)
        left = before in PRESENT and not chat.has(user_id)
        shown = render.user(self.people[user_id])
        if came:
            self._notice(chat, doer, {"new_chat_members": [shown]})
        elif left:
            self._notice(chat, doer, {"left_chat_member": shown})

    def _tell_status(self, chat: Chat, user_id: int, doer: int, before: render.Json) -> None:
        if user_id == self.bot.id:
            kind = "my_chat_member"
        elif chat.is_administered_by(self.bot.id):
            kind = "chat_member"
        else:
            return
        body = {
            "chat": self.render_chat(chat),
            "from": render.user(self.people[doer]),
            "date": render.stamp(self.now()),
            "old_chat_member": before,
            "new_chat_member": self.render_member(chat, user_id),
        }
        self.put_update(kind, body)
