"""The state of the world and the basic operations that all actions use. Checks no permissions."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from bot.playground.world import render
from bot.playground.world.callback_queries import CallbackQuery
from bot.playground.world.chats import Chat
from bot.playground.world.events import EventKind, WorldEvent
from bot.playground.world.files import FileStore
from bot.playground.world.messages import Content, Message
from bot.playground.world.people import Person
from bot.playground.world.polls import Poll
from bot.playground.world.profile import BotProfile
from bot.playground.world.updates import UpdateQueue
from bot.playground.world.webhook import Webhook

Subscriber = Callable[[WorldEvent], None]
# Telegram's user ids have ten digits nowadays; ids of this form look real.
_FIRST_PERSON_ID = 5_000_000_001
_FIRST_GROUP_ID = -4_000_000_001
_FIRST_SUPERGROUP_ID = -1_002_000_000_001


class WorldState:
    """The whole state of the world. Single-threaded.

    Attributes:
        bot: the bot as a user.
        people: all users by id, including the bot.
        chats, polls, queries: by id; ``queries`` are the callback queries.
        groups: the chats that are not private, in order of creation.
        files, profile, updates: all files, the bot's profile, the updates pending for the bot.
        webhook: the webhook that gets the updates; None while the bot uses getUpdates.
    """

    def __init__(  # noqa: PLR0913 - two dependencies; the rest are keywords with defaults
        self,
        now: Callable[[], datetime],
        rng: Random,
        *,
        bot_id: int = 7_000_000_001,
        bot_name: str = "Quiz",
        bot_username: str = "playground_quiz_bot",
        first_update_id: int = 1,
    ) -> None:
        self.now = now
        self.rng = rng
        self.bot = Person(bot_id, bot_name, username=bot_username, is_bot=True)
        self.people: dict[int, Person] = {bot_id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.groups: list[Chat] = []
        self.polls: dict[str, Poll] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.files = FileStore(rng)
        self.profile = BotProfile(bot_name)
        self.updates = UpdateQueue(now, first_update_id)
        self.webhook: Webhook | None = None
        self._subscribers: list[Subscriber] = []
        self._open_timed_polls: dict[str, Poll] = {}

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call ``subscriber`` synchronously at every event; return a function that unsubscribes it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def publish(self, kind: EventKind, chat_id: int = 0, message_id: int = 0, reference: str = "") -> None:
        """Send an event to every subscriber."""
        event = WorldEvent(chat_id, message_id, kind, reference)
        for subscriber in tuple(self._subscribers):
            subscriber(event)

    def queue_update(self, kind: str, body: dict[str, Any]) -> None:
        """Queue an update for the bot if it wants this kind, and publish that."""
        if self.updates.add(kind, body):
            self.publish("update")

    def render_message(self, message: Message) -> dict[str, Any]:
        """Render a Message as the bot sees it."""
        return render.message(message, self.chats[message.chat_id], self.people, self.polls)

    def render_chat(self, chat: Chat) -> dict[str, Any]:
        """Render the Chat of a message."""
        return render.chat(chat, self.people)

    def render_member(self, chat: Chat, user_id: int) -> dict[str, Any]:
        """Render the ChatMember of a user in a chat."""
        return render.member(self.people[user_id], chat.status_of(user_id), anonymous=user_id in chat.anonymous_admins)

    def add_message(
        self,
        chat: Chat,
        sender_id: int,
        content: Content,
        *,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Add a message to a chat; the caller sets further fields and publishes it."""
        chat.last_message_id += 1
        message = Message(chat.last_message_id, chat.id, sender_id, self.now(), content, reply_to=reply_to)
        message.thread_id = thread_id
        chat.messages[message.id] = message
        return message

    def add_chat(self, chat: Chat) -> None:
        """Add a new chat."""
        self.chats[chat.id] = chat
        if chat.type != "private":
            self.groups.append(chat)

    def add_poll(self, poll: Poll, chat_id: int, message_id: int) -> None:
        """Add a poll that this message contains."""
        poll.sent_in = (chat_id, message_id)
        self.polls[poll.id] = poll
        if poll.closes_at is not None and not poll.is_closed:
            self._open_timed_polls[poll.id] = poll

    def close_poll(self, poll: Poll) -> None:
        """Close a poll for good and publish that."""
        poll.is_closed = True
        self._open_timed_polls.pop(poll.id, None)
        self.publish_poll(poll)

    def publish_poll(self, poll: Poll) -> None:
        """Publish that a poll changed, once for each message that contains it."""
        for place in poll.locations:
            self.publish("poll", *place)

    def close_due_polls(self) -> None:
        """Close the polls whose time has run out. The bot gets no update: Telegram does not promise one."""
        now = self.now()
        for poll in [poll for poll in self._open_timed_polls.values() if poll.is_overdue(now)]:
            self.close_poll(poll)

    def next_person_id(self) -> int:
        """Return the next free id of a person."""
        return next(number for number in count(_FIRST_PERSON_ID + len(self.people) - 1) if number not in self.people)

    def next_group_id(self) -> int:
        """Return the next free id of a group."""
        return _FIRST_GROUP_ID - len(self.chats)

    def next_supergroup_id(self) -> int:
        """Return the next free id of a supergroup."""
        return _FIRST_SUPERGROUP_ID - len(self.chats)

    def random_id(self) -> str:
        """Return a random id of digits for a poll or callback query; it cannot be guessed."""
        return str(self.rng.getrandbits(62) | 1 << 60)
