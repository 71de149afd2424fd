"""setMessageReaction: at most one emoji per message, which is the limit for bots."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.json_values import read_list, read_object
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Choice, JsonValue, Parameter, Text
from bot.playground.send_parameters import CHAT_ID, MESSAGE_ID
from bot.playground.world import World
from bot.playground.world.reactions import REACTIONS


def _read_reaction(raw: object) -> str:
    fields = {"type": Choice(("emoji",), "REACTION_INVALID"), "emoji": Text(1)}
    reaction: dict[str, Any] = read_object("ReactionType", raw, fields, ("type", "emoji"))
    if reaction["emoji"] not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return str(reaction["emoji"])


def _set_reaction(world: World, values: Values) -> Result:
    chat = world.find_writable_chat(values["chat_id"])
    world.set_reaction(chat, values["message_id"], values.get("reaction", ()))
    return True


METHODS = (
    Method(
        "setMessageReaction",
        (
            CHAT_ID,
            MESSAGE_ID,
            Parameter("reaction", JsonValue(read_list("reactions", _read_reaction, 1, "REACTIONS_TOO_MANY"))),
            Parameter("is_big", Boolean()),
        ),
        _set_reaction,
    ),
)
