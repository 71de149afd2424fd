"""answerCallbackQuery: shows a toast or an alert to the person who pressed a button."""

from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Integer, Parameter, Text
from bot.playground.world import CallbackAnswer, World


def _answer(world: World, values: Values) -> Result:
    answer = CallbackAnswer(values.get("text", ""), values.get("show_alert", False), values.get("url", ""))
    world.answer_callback_query(values["callback_query_id"], answer)
    return True


METHODS = (
    Method(
        "answerCallbackQuery",
        (
            Parameter("callback_query_id", Text(), required=True),
            Parameter("text", Text(0, 200, long="MESSAGE_TOO_LONG")),
            Parameter("show_alert", Boolean()),
            Parameter("url", Text()),
            Parameter("cache_time", Integer(0)),
        ),
        _answer,
    ),
)
