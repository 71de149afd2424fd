"""The simulated Telegram: people, chats, messages, polls, pending updates. Pure: no clock, network, disk or asyncio."""

from bot.playground.world.callback_queries import CallbackAnswer as CallbackAnswer
from bot.playground.world.callback_queries import CallbackQuery as CallbackQuery
from bot.playground.world.chats import Chat as Chat
from bot.playground.world.entities import Entity as Entity
from bot.playground.world.entities import FormattedText as FormattedText
from bot.playground.world.events import WorldEvent as WorldEvent
from bot.playground.world.messages import Content as Content
from bot.playground.world.messages import Message as Message
from bot.playground.world.people import Person as Person
from bot.playground.world.polls import Poll as Poll
from bot.playground.world.polls import PollView as PollView
from bot.playground.world.profile import BotProfile as BotProfile
from bot.playground.world.profile import Command as Command
from bot.playground.world.profile import Scope as Scope
from bot.playground.world.updates import PendingUpdate as PendingUpdate
from bot.playground.world.webhook import Webhook as Webhook
from bot.playground.world.world import World as World
