"""The whole world behind one name: persons act on it directly, the bot through the Bot API methods."""

from bot.playground.world.bot_actions import BotActs
from bot.playground.world.group_actions import GroupActs
from bot.playground.world.person_actions import PersonActs


class World(PersonActs, GroupActs, BotActs):
    """A Telegram with one bot. Synchronous, used from one thread; time and chance come from outside."""
