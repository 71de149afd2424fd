"""Actions of a PERSON in a Telegram client: send, press, vote, edit, delete, react, read. Raise ActionRefusedError."""

from dataclasses import replace

from bot.playground.errors import ActionRefusedError
from bot.playground.world import render
from bot.playground.world.callback_queries import CallbackQuery
from bot.playground.world.chats import Chat
from bot.playground.world.entities import FormattedText, trimmed, utf16_length, with_detected_entities
from bot.playground.world.files import Document, Photo, Sticker, picture_size
from bot.playground.world.messages import Content, Message
from bot.playground.world.people import Person
from bot.playground.world.polls import Poll, PollView
from bot.playground.world.reactions import REACTIONS
from bot.playground.world.state import WorldState

# Bot API, sendMessage: people have the same limit.
_LONGEST_TEXT = 4096


class PersonActions(WorldState):
    """Actions of people. Every person has a private chat with the bot from the start."""

    def add_person(
        self,
        first_name: str,
        username: str = "",
        language_code: str = "en",
        last_name: str = "",
        person_id: int | None = None,
    ) -> Person:
        """Create a person and their private chat with the bot; without ``person_id`` the next free id is used."""
        chosen_id = person_id or self.next_person_id()
        if chosen_id in self.people:
            raise ActionRefusedError(f"a person with the id {chosen_id} exists already")
        person = Person(chosen_id, first_name, last_name, username, language_code)
        self.people[chosen_id] = person
        self.add_chat(Chat(chosen_id, "private", members={chosen_id: "member", self.bot.id: "member"}))
        self.publish("person", chosen_id)
        return person

    def send_text(  # noqa: PLR0913 - three positional parameters; the options are keywords
        self,
        person_id: int,
        chat_id: int,
        text: str,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """Send a text message; commands, links, mentions and the like become entities.

        ``thread_id`` is the forum topic; None for the topic of the message replied to, else General. With ``anonymous``
        an administrator sends this message as the group itself; ``set_anonymous`` sets that for all messages.
        """
        content = Content(text=_format_typed(text))
        return self._send(person_id, chat_id, content, thread_id=thread_id, reply_to=reply_to, anonymous=anonymous)

    def send_photo(
        self, person_id: int, chat_id: int, content: bytes, caption: str = "", *, thread_id: int | None = None
    ) -> Message:
        """Send a PNG or JPEG picture."""
        size = picture_size(content)
        if size is None:
            raise ActionRefusedError("the file is not a PNG or JPEG picture")
        stored = self.files.add(content, "photo.jpg", "photos", "image/jpeg")
        under = with_detected_entities(FormattedText(caption)) if caption else None
        return self._send(person_id, chat_id, Content(photo=Photo(stored, *size), caption=under), thread_id=thread_id)

    def send_sticker(self, person_id: int, chat_id: int, emoji: str, *, thread_id: int | None = None) -> Message:
        """Send a sticker with an emoji."""
        stored = self.files.add(emoji.encode(), "sticker.webp", "stickers", "image/webp")
        return self._send(person_id, chat_id, Content(sticker=Sticker(stored, emoji)), thread_id=thread_id)

    def send_document(
        self, person_id: int, chat_id: int, name: str, content: bytes, *, thread_id: int | None = None
    ) -> Message:
        """Send a file as a document."""
        stored = self.files.add(content, name, "documents", "application/octet-stream")
        return self._send(person_id, chat_id, Content(document=Document(stored)), thread_id=thread_id)

    def forward(
        self, person_id: int, chat_id: int, message_id: int, to_chat_id: int, *, names_sender: bool = True
    ) -> Message:
        """Forward a message to another chat, or copy it there without its sender's name; a poll remains the same poll.

        Raises ActionRefusedError if the message is protected: clients do not forward, copy or save such messages.
        """
        message = self.visible_message(person_id, chat_id, message_id)
        if message.protected:
            raise ActionRefusedError("the message is protected: it can be neither forwarded nor copied")
        if message.content.service is not None:
            raise ActionRefusedError("a service message cannot be forwarded")
        forwarded = self._send(
            person_id, to_chat_id, message.content, origin=message.sender_id if names_sender else None
        )
        if poll := self.polls.get(message.content.poll_id or ""):
            poll.copies.append((to_chat_id, forwarded.id))
        return forwarded

    def edit_message(self, person_id: int, chat_id: int, message_id: int, text: str) -> Message:
        """Edit the text of the person's own message; the bot gets an update."""
        message = self.visible_message(person_id, chat_id, message_id)
        if message.sender_id != person_id or message.content.text is None:
            raise ActionRefusedError("a person can edit only their own text messages")
        message.content = replace(message.content, text=_format_typed(text))
        message.edit_date = self.now()
        self.publish("edited", chat_id, message_id)
        if self._bot_receives(self.chats[chat_id], message):
            self.queue_update("edited_message", self.render_message(message))
        return message

    def delete_own_message(self, person_id: int, chat_id: int, message_id: int) -> None:
        """Delete any message in a private chat, or the person's own in a group. The bot gets no update."""
        message = self.visible_message(person_id, chat_id, message_id)
        if person_id not in {chat_id, message.sender_id}:
            raise ActionRefusedError("a person can delete only their own messages")
        del self.chats[chat_id].messages[message_id]
        self.publish("deleted", chat_id, message_id)

    def press_button(self, person_id: int, chat_id: int, message_id: int, data: str) -> CallbackQuery:
        """Press the inline button with this ``data``; the bot's answer appears in the result's ``answer``.

        The callback query names the person, even an anonymous administrator.
        """
        message = self.visible_message(person_id, chat_id, message_id)
        buttons = [button for row in message.inline_keyboard for button in row]
        if not any(button.get("callback_data") == data for button in buttons):
            raise ActionRefusedError(f"the message has no button with the data {data!r}")
        query = CallbackQuery(self.random_id(), person_id, chat_id, message_id, data, self.now())
        self.queries[query.id] = query
        is_inline = self.profile.callback_query_mode == "Inline"
        under = None if is_inline else self.render_message(message)
        self.queue_update("callback_query", render.callback_query(query, self.people[person_id], under))
        return query

    def vote(self, person_id: int, poll_id: str, option_ids: list[int], *, anonymous: bool = False) -> None:
        """Vote for options, numbered in the order in which the BOT sent them, not in which the client shows them.

        With ``anonymous`` an administrator votes as the group itself; ``set_anonymous`` sets that for all votes.
        """
        poll, chat = self._visible_poll(person_id, poll_id)
        as_chat = self._acts_as_chat(chat, person_id, anonymous=anonymous)
        poll.vote(person_id, tuple(option_ids))
        (poll.voters_as_chat.add if as_chat else poll.voters_as_chat.discard)(person_id)
        self._publish_vote(poll, person_id, chat)

    def retract_vote(self, person_id: int, poll_id: str) -> None:
        """Retract a vote if the poll allows it."""
        poll, chat = self._visible_poll(person_id, poll_id)
        poll.retract(person_id)
        self._publish_vote(poll, person_id, chat)

    def react(self, person_id: int, chat_id: int, message_id: int, emoji: str) -> None:
        """React to a message with an emoji; an empty string removes the reaction."""
        message = self.visible_message(person_id, chat_id, message_id)
        if emoji and emoji not in REACTIONS:
            raise ActionRefusedError(f"{emoji} is not an available reaction")
        before = message.reactions.get(person_id, ())
        message.reactions[person_id] = (emoji,) if emoji else ()
        self.publish("reaction", chat_id, message_id)
        chat = self.chats[chat_id]
        if chat.type == "private" or chat.is_administered_by(self.bot.id):
            self.queue_update("message_reaction", self._render_reaction(message, person_id, before))

    def messages(self, chat_id: int, viewer_id: int) -> list[Message]:
        """Return the messages of a chat, oldest first. Raises ActionRefusedError if the person is not a member."""
        self.close_due_polls()
        return list(self._find_chat_with(viewer_id, chat_id).messages.values())

    def chats_of(self, person_id: int) -> list[Chat]:
        """Return the chats of a person: the private one first, then groups in order of creation."""
        groups = [chat for chat in self.groups if chat.has_member(person_id) and chat.migrated_to is None]
        return [self.chats[person_id], *groups]

    def poll_view(self, poll_id: str, viewer_id: int) -> PollView:
        """Return a poll as one person sees it."""
        poll, _ = self._visible_poll(viewer_id, poll_id)
        return poll.view_for(viewer_id)

    def visible_message(self, person_id: int, chat_id: int, message_id: int) -> Message:
        """Find a message that a person can see. Raises ActionRefusedError if there is none."""
        message = self._find_chat_with(person_id, chat_id).messages.get(message_id)
        if message is None:
            raise ActionRefusedError(f"this chat has no message {message_id}")
        return message

    def _find_chat_with(self, person_id: int, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None or not chat.has_member(person_id):
            raise ActionRefusedError(f"{person_id} is not in the chat {chat_id}")
        return chat

    def _visible_poll(self, person_id: int, poll_id: str) -> tuple[Poll, Chat]:
        """Find a poll and the chat in which a person sees it: the original message's, or that of a forwarded copy."""
        self.close_due_polls()
        poll = self.polls.get(poll_id)
        if poll is None:
            raise ActionRefusedError(f"there is no poll {poll_id}")
        for chat_id, message_id in poll.locations:
            chat = self.chats[chat_id]
            if chat.has_member(person_id) and message_id in chat.messages:
                return poll, chat
        self.visible_message(person_id, *poll.sent_in)
        raise AssertionError(f"the poll {poll_id} is seen where it was sent")

    def _send(  # noqa: PLR0913 - as ``send_text``
        self,
        person_id: int,
        chat_id: int,
        content: Content,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        origin: int | None = None,
    ) -> Message:
        chat = self._find_chat_with(person_id, chat_id)
        if chat.migrated_to is not None:
            raise ActionRefusedError(f"the group has become the supergroup {chat.migrated_to}")
        if chat.type == "private" and chat.status_of(self.bot.id) == "kicked":
            raise ActionRefusedError("the bot is blocked: unblock it first")
        if thread_id is not None and thread_id not in (chat.topics or {}):
            raise ActionRefusedError(f"this chat has no topic {thread_id}")
        as_chat = self._acts_as_chat(chat, person_id, anonymous=anonymous)
        if reply_to is not None:
            thread_id = thread_id or self.visible_message(person_id, chat_id, reply_to).thread_id
        chat.started = True
        message = self.add_message(chat, person_id, content, reply_to=reply_to, thread_id=thread_id)
        message.sent_as_chat, message.forwarded_from = as_chat, origin
        self.publish("sent", chat_id, message.id)
        if self._bot_receives(chat, message):
            self.queue_update("message", self.render_message(message))
        return message

    @staticmethod
    def _acts_as_chat(chat: Chat, person_id: int, *, anonymous: bool) -> bool:
        if anonymous and (chat.type == "private" or not chat.is_administered_by(person_id)):
            raise ActionRefusedError("only an administrator of a group can act as the group")
        return anonymous or person_id in chat.anonymous_admins

    def _bot_receives(self, chat: Chat, message: Message) -> bool:
        """Return whether the bot gets an update about a message.

        Privacy mode: in groups a bot that is not an administrator gets commands, replies to it and service messages.
        """
        if not chat.has_member(self.bot.id):
            return False
        if chat.type == "private" or chat.is_administered_by(self.bot.id) or message.content.service:
            return True
        answered = chat.messages.get(message.reply_to or 0)
        if answered is not None and answered.sender_id == self.bot.id:
            return True
        said = message.content.text
        first = said.entities[0] if said is not None and said.entities else None
        if said is None or first is None or first.type != "bot_command" or first.offset != 0:
            return False
        addressee = said.text[: first.length].partition("@")[2]
        return addressee.lower() in ("", self.bot.username.lower())

    def _publish_vote(self, poll: Poll, person_id: int, chat: Chat) -> None:
        self.publish_poll(poll)
        if not poll.is_anonymous:
            voter_chat = self.render_chat(chat) if person_id in poll.voters_as_chat else None
            self.queue_update("poll_answer", render.poll_answer(poll, self.people[person_id], voter_chat))
        if self.updates.wants("poll"):
            self.queue_update("poll", render.poll(poll))

    def _render_reaction(self, message: Message, person_id: int, before: tuple[str, ...]) -> render.Json:
        def listed(emoji: tuple[str, ...]) -> list[render.Json]:
            return [{"type": "emoji", "emoji": one} for one in emoji]

        chat = self.render_chat(self.chats[message.chat_id])
        as_chat = person_id in self.chats[message.chat_id].anonymous_admins
        return {
            "chat": chat,
            "message_id": message.id,
            **({"actor_chat": chat} if as_chat else {"user": render.user(self.people[person_id])}),
            "date": render.unix_time(self.now()),
            "old_reaction": listed(before),
            "new_reaction": listed(message.reactions[person_id]),
        }


def _format_typed(text: str) -> FormattedText:
    said = with_detected_entities(trimmed(FormattedText(text)))
    if not 1 <= utf16_length(said.text) <= _LONGEST_TEXT:
        raise ActionRefusedError(f"a message has 1 to {_LONGEST_TEXT} characters")
    return said
