"""setMyCommands, getMyCommands, deleteMyCommands."""

import re
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.json_values import read_list, read_object
from bot.playground.language_code import LANGUAGE
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Choice, Integer, JsonValue, Parameter, Text
from bot.playground.world import Command, Scope, World

# Bot API, BotCommand and setMyCommands.
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256
_MOST_COMMANDS = 100
# Bot API, BotCommandScope: the fields that each type needs.
_FIELDS_OF = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def _read_command(raw: object) -> Command:
    fields: dict[str, Any] = read_object(
        "BotCommand", raw, {"command": Text(), "description": Text()}, ("command", "description")
    )
    name = fields["command"].removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(fields["description"].strip()) <= _LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return Command(name, fields["description"].strip())


def _read_scope(raw: object) -> Scope:
    fields = {
        "type": Choice(tuple(_FIELDS_OF), "unsupported type specified"),
        "chat_id": Integer(),
        "user_id": Integer(1),
    }
    scope: dict[str, Any] = read_object("BotCommandScope", raw, fields, ("type",))
    if set(scope) - {"type"} != set(_FIELDS_OF[scope["type"]]):
        raise bad_request(f"scope {scope['type']} needs exactly: {', '.join(_FIELDS_OF[scope['type']]) or 'its type'}")
    return Scope(**scope)


def _read_scope_and_language(world: World, values: Values) -> tuple[Scope, str]:
    scope: Scope = values.get("scope", Scope())
    if scope.chat_id is not None:
        world.find_chat(scope.chat_id)
    return scope, values.get("language_code", "")


def _set(world: World, values: Values) -> Result:
    world.profile.set_commands(*_read_scope_and_language(world, values), values["commands"])
    world.publish("profile")
    return True


def _get(world: World, values: Values) -> Result:
    listed = world.profile.commands(*_read_scope_and_language(world, values))
    return [{"command": one.command, "description": one.description} for one in listed]


def _delete(world: World, values: Values) -> Result:
    world.profile.set_commands(*_read_scope_and_language(world, values), ())
    world.publish("profile")
    return True


_LIST = JsonValue(read_list("bot commands", _read_command, _MOST_COMMANDS, "BOT_COMMANDS_TOO_MUCH"))
_SCOPE = Parameter("scope", JsonValue(_read_scope))

METHODS = (
    Method("setMyCommands", (Parameter("commands", _LIST, required=True), _SCOPE, LANGUAGE), _set),
    Method("getMyCommands", (_SCOPE, LANGUAGE), _get),
    Method("deleteMyCommands", (_SCOPE, LANGUAGE), _delete),
)
