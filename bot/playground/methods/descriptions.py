"""setMyName, setMyDescription, setMyShortDescription and their getters."""

from bot.playground.language_code import LANGUAGE
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Parameter, Text
from bot.playground.world import World
from bot.playground.world.profile import ProfileText


def _setter(method: str, field: ProfileText, most: int) -> Method:
    def set_text(world: World, values: Values) -> Result:
        world.profile.set_text(field, values.get("language_code", ""), values.get(field, ""))
        world.publish("profile")
        return True

    return Method(method, (Parameter(field, Text(0, most)), LANGUAGE), set_text)


def _getter(method: str, field: ProfileText) -> Method:
    def get_text(world: World, values: Values) -> Result:
        return {field: world.profile.text(field, values.get("language_code", ""))}

    return Method(method, (LANGUAGE,), get_text)


# The maximal lengths are in the Bot API's descriptions of the setters.
METHODS = (
    _setter("setMyName", "name", 64),
    _getter("getMyName", "name"),
    _setter("setMyDescription", "description", 512),
    _getter("getMyDescription", "description"),
    _setter("setMyShortDescription", "short_description", 120),
    _getter("getMyShortDescription", "short_description"),
)
