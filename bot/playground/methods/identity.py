"""getMe: who the bot is."""

from bot.playground.method import Method, Result, Values
from bot.playground.world import World, render


def _get_me(world: World, _values: Values) -> Result:
    return render.user(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


METHODS = (Method("getMe", (), _get_me),)
