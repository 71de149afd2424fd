"""The world as one class: tests and the chat page act for people directly, the bot acts through the Bot API methods."""

from bot.playground.world.bot_actions import BotActions
from bot.playground.world.group_actions import GroupActions
from bot.playground.world.person_actions import PersonActions


class World(PersonActions, GroupActions, BotActions):
    """A simulated Telegram with one bot. Synchronous and single-threaded; clock and random generator are passed in."""
