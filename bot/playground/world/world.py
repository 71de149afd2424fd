"""The whole world behind one name: persons act on it directly, the bot through the Bot API methods."""

from bot.playground.world.bot_actions import BotActions
from bot.playground.world.group_actions import GroupActions
from bot.playground.world.person_actions import PersonActions


class World(PersonActions, GroupActions, BotActions):
    """A Telegram with one bot. Synchronous, used from one thread; time and chance come from outside."""
