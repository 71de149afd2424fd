"""Actions of the BOT in chats, with Telegram's errors. The methods have checked lengths and types before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.playground.errors import BotApiError, bad_request, forbidden
from bot.playground.world import render
from bot.playground.world.callback_queries import ANSWER_TIME, CallbackAnswer
from bot.playground.world.chats import Chat
from bot.playground.world.messages import Content, Message, Quote
from bot.playground.world.polls import Poll
from bot.playground.world.state import WorldState

# Bot API, deleteMessage: "if it was sent less than 48 hours ago".
_DELETABLE = timedelta(hours=48)
# The same: "service messages about a supergroup, channel, or forum topic creation can't be deleted".
_UNDELETABLE_NOTICES = ("supergroup_chat_created", "forum_topic_created")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@dataclass(frozen=True, slots=True)
class SendOptions:
    """The options of a message to be sent; its content is separate.

    Attributes:
        reply_markup: a checked keyboard, or None.
        reply_to: id of the message replied to, or None.
        reply_required: whether sending fails if that message does not exist.
        quote: the part of that message that is quoted, or None.
        protected: ``protect_content``: the message cannot be forwarded.
        effect_id: ``message_effect_id``, or None.
        thread_id: the forum topic to send to; None for the topic of the message replied to, else General.
    """

    reply_markup: Mapping[str, Any] | None
    reply_to: int | None
    reply_required: bool
    quote: Quote | None
    protected: bool
    effect_id: str | None
    thread_id: int | None = None


class BotActions(WorldState):
    """Actions of the bot. Each raises BotApiError where Telegram would answer with an error."""

    def find_chat(self, chat_id: int) -> Chat:
        """Find a chat that the bot has access to, whether or not it may write there."""
        self.close_due_polls()
        chat = self.chats.get(chat_id)
        if chat is None or (chat.type == "private" and not chat.started and not self._shares_group(chat_id)):
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            raise BotApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
        if chat.type != "private" and not chat.has_member(self.bot.id):
            kicked = chat.status_of(self.bot.id) == "kicked"
            reason = "bot was kicked from" if kicked else "bot is not a member of"
            raise forbidden(f"{reason} the {chat.type} chat")
        return chat

    def find_writable_chat(self, chat_id: int) -> Chat:
        """Find a chat that the bot may send messages to."""
        chat = self.find_chat(chat_id)
        if chat.type == "private" and chat.status_of(self.bot.id) == "kicked":
            raise forbidden("bot was blocked by the user")
        if chat.type == "private" and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def check_thread(self, chat: Chat, thread_id: int | None) -> int | None:
        """Return ``thread_id`` if it is a topic of this chat or None (General); raise BotApiError otherwise."""
        if thread_id is not None and thread_id not in (chat.topics or {}):
            raise bad_request("message thread not found")
        return thread_id

    def send(self, chat: Chat, content: Content, options: SendOptions) -> Message:
        """Send a message."""
        reply_to, thread_id = self._resolve_reply(chat, options)
        message = self.add_message(chat, self.bot.id, content, reply_to=reply_to, thread_id=thread_id)
        message.quote = options.quote
        message.reply_markup, message.protected, message.effect_id = (
            options.reply_markup,
            options.protected,
            options.effect_id,
        )
        self.publish("sent", chat.id, message.id)
        return message

    def send_poll(self, chat: Chat, poll: Poll, options: SendOptions) -> Message:
        """Send a poll. In groups whose members may not send polls the bot must be an administrator."""
        if not chat.polls_allowed and not chat.is_administered_by(self.bot.id):
            raise bad_request("not enough rights to send polls to the chat")
        self._resolve_reply(chat, options)
        self.add_poll(poll, chat.id, chat.last_message_id + 1)
        return self.send(chat, Content(poll_id=poll.id), options)

    def stop_poll(self, chat: Chat, message_id: int, markup: Mapping[str, Any] | None) -> Poll:
        """Close a poll early; ``markup`` replaces the message's keyboard."""
        message = chat.messages.get(message_id)
        if message is None or message.content.poll_id is None:
            raise bad_request("message with poll to stop not found")
        if message.sender_id != self.bot.id:
            raise bad_request("poll can't be stopped")
        poll = self.polls[message.content.poll_id]
        if poll.is_closed:
            raise bad_request("poll has already been closed")
        message.reply_markup = markup
        self.close_poll(poll)
        if self.updates.wants("poll"):
            self.queue_update("poll", render.poll(poll))
        return poll

    def find_editable_message(self, chat: Chat, message_id: int) -> Message:
        """Find a message that the bot may edit."""
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request("message to edit not found")
        with_other_keyboard = message.reply_markup and "inline_keyboard" not in message.reply_markup
        if message.sender_id != self.bot.id or message.content.service is not None or with_other_keyboard:
            raise bad_request("message can't be edited")
        return message

    def edit(self, message: Message, markup: Mapping[str, Any] | None, **changed: object) -> Message:
        """Replace the named fields of the content, and the inline keyboard (None removes it)."""
        content = replace(message.content, **changed)  # type: ignore[arg-type] # fields are named by our methods
        if content == message.content and (markup or {}) == (message.reply_markup or {}):
            raise bad_request(_NOT_MODIFIED)
        if content != message.content:
            message.edit_date = self.now()
        message.content, message.reply_markup = content, markup
        self.publish("edited", message.chat_id, message.id)
        return message

    def delete(self, chat: Chat, message_id: int) -> None:
        """Delete a message: one of the bot's own, any in a private chat, or, as an administrator, any in a group."""
        if message_id not in chat.messages:
            raise bad_request("message to delete not found")
        self.delete_many(chat, (message_id,))

    def delete_many(self, chat: Chat, message_ids: tuple[int, ...]) -> None:
        """Delete all of these messages or none; missing ones are skipped (Bot API, deleteMessages)."""
        found = [chat.messages[message_id] for message_id in dict.fromkeys(message_ids) if message_id in chat.messages]
        if not all(self._may_delete(chat, message) for message in found):
            raise bad_request("message can't be deleted for everyone")
        for message in found:
            del chat.messages[message.id]
            self.publish("deleted", chat.id, message.id)

    def set_reaction(self, chat: Chat, message_id: int, emoji: tuple[str, ...]) -> None:
        """Set the bot's reaction to a message; an empty tuple removes it."""
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request("message to react not found")
        message.reactions[self.bot.id] = emoji
        self.publish("reaction", chat.id, message_id)

    def pin(self, chat: Chat, message_id: int) -> None:
        """Pin a message in the chat."""
        self._check_pin_rights(chat)
        if message_id not in chat.messages:
            raise bad_request("message to pin not found")
        chat.pinned = [*(pinned for pinned in chat.pinned if pinned != message_id), message_id]
        self.publish("pinned", chat.id, message_id)

    def unpin(self, chat: Chat, message_id: int | None) -> None:
        """Unpin a message; None unpins the one pinned last."""
        self._check_pin_rights(chat)
        unpinned = message_id if message_id is not None else (chat.pinned or [0])[-1]
        if unpinned not in chat.pinned:
            raise bad_request("message to unpin not found")
        chat.pinned.remove(unpinned)
        self.publish("pinned", chat.id, unpinned)

    def answer_callback_query(self, query_id: str, answer: CallbackAnswer) -> None:
        """Answer a callback query, once and within the time that Telegram allows."""
        query = self.queries.get(query_id)
        if query is None or query.answer is not None or self.now() - query.pressed_at > ANSWER_TIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer
        self.publish("callback", query.chat_id, query.message_id, query.id)

    def leave(self, chat: Chat) -> None:
        """Leave a group."""
        if chat.type == "private":
            raise bad_request("chat can't be left")
        chat.members[self.bot.id] = "left"
        notice = {"left_chat_member": render.user(self.bot)}
        message = self.add_message(chat, self.bot.id, Content(service=notice))
        self.publish("sent", chat.id, message.id)
        self.publish("chat", chat.id)

    def _resolve_reply(self, chat: Chat, options: SendOptions) -> tuple[int | None, int | None]:
        """Return the ids of the message replied to and of the topic; a reply goes to the topic of that message."""
        thread_id = self.check_thread(chat, options.thread_id)
        answered = None if options.reply_to is None else chat.messages.get(options.reply_to)
        if answered is not None:
            return answered.id, thread_id or answered.thread_id
        if options.reply_to is not None and options.reply_required:
            raise bad_request("message to be replied not found")
        return None, thread_id

    def _may_delete(self, chat: Chat, message: Message) -> bool:
        service = message.content.service or {}
        undeletable = any(name in service for name in _UNDELETABLE_NOTICES)
        own = message.sender_id == self.bot.id or chat.type == "private" or chat.is_administered_by(self.bot.id)
        return own and not undeletable and self.now() - message.date <= _DELETABLE

    def _check_pin_rights(self, chat: Chat) -> None:
        if chat.type != "private" and not chat.is_administered_by(self.bot.id):
            raise bad_request("not enough rights to manage pinned messages in the chat")

    def _shares_group(self, person_id: int) -> bool:
        return any(chat.has_member(person_id) and chat.has_member(self.bot.id) for chat in self.groups)
