"""Who is in which chat: groups, members, administrators, migration, blocking. Raises ActRefusedError."""

from bot.playground.errors import ActRefusedError
from bot.playground.world import render
from bot.playground.world.chats import PRESENT, Chat, Status
from bot.playground.world.messages import Content
from bot.playground.world.scene import Scene


class GroupActs(Scene):
    """Acts that change who is where; each tells the bot what Telegram would tell it."""

    def create_group(self, title: str, member_ids: list[int], *, supergroup: bool = False) -> Chat:
        """Create a group with the bot in it; the first person is its creator."""
        if not member_ids or any(person_id not in self.people for person_id in member_ids):
            raise ActRefusedError("a group is created by somebody who is here, with others who are")
        chat_id = self.next_supergroup_id() if supergroup else self.next_group_id()
        chat = Chat(chat_id, "supergroup" if supergroup else "group", title)
        chat.members = dict.fromkeys(member_ids, "member")
        chat.members[member_ids[0]] = "creator"
        self.chats[chat_id] = chat
        notice = "supergroup_chat_created" if supergroup else "group_chat_created"
        self._notice(chat, member_ids[0], {notice: True})
        self.set_status(chat_id, self.bot.id, "member", by=member_ids[0])
        return chat

    def set_status(self, chat_id: int, user_id: int, status: Status, by: int | None = None) -> None:
        """Change what somebody is in a group: let in, promote, demote, remove.

        ``by`` is who does it, by default the creator.
        """
        chat = self._group(chat_id)
        before = chat.status_of(user_id)
        if before == status:
            return
        doer = by if by is not None else next(iter(chat.members))
        chat.members[user_id] = status
        self._notice_presence(chat, user_id, doer, before)
        self._tell_status(chat, user_id, doer, before)
        self.announce("chat", chat_id)

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
        new.polls_allowed = old.polls_allowed
        self.chats[new.id] = new
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
        before = chat.status_of(self.bot.id)
        if before != status:
            chat.members[self.bot.id] = status
            self._tell_status(chat, self.bot.id, person_id, before)
            self.announce("chat", person_id)

    def _group(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None or chat.type == "private":
            raise ActRefusedError(f"there is no group {chat_id}")
        return chat

    def _notice(self, chat: Chat, sender_id: int, service: render.Json) -> None:
        message = self.post(chat, sender_id, Content(service=service))
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

    def _tell_status(self, chat: Chat, user_id: int, doer: int, before: Status) -> None:
        if user_id == self.bot.id:
            kind = "my_chat_member"
        elif chat.is_administered_by(self.bot.id):
            kind = "chat_member"
        else:
            return
        person = self.people[user_id]
        body = {
            "chat": self.render_chat(chat),
            "from": render.user(self.people[doer]),
            "date": render.stamp(self.now()),
            "old_chat_member": render.member(person, before),
            "new_chat_member": render.member(person, chat.status_of(user_id)),
        }
        self.put_update(kind, body)
