"""getMe and setMySettings."""

from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Choice, Parameter
from bot.playground.world import World, render
from bot.playground.world.profile import CALLBACK_QUERY_MODES


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
        "callback_query_mode": world.profile.callback_query_mode,
    }


def _set_my_settings(world: World, values: Values) -> Result:
    """Set the settings that are passed; leave the others unchanged."""
    world.profile.callback_query_mode = values.get("callback_query_mode", world.profile.callback_query_mode)
    world.publish("profile")
    return True


METHODS = (
    Method("getMe", (), _get_me),
    Method("setMySettings", (Parameter("callback_query_mode", Choice(CALLBACK_QUERY_MODES)),), _set_my_settings),
)
