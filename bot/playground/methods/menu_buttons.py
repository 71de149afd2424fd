"""setChatMenuButton and getChatMenuButton."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.json_values import read_object
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import ChatId, Choice, JsonValue, Parameter, Text
from bot.playground.world import World


def _read_button(raw: object) -> dict[str, Any]:
    fields = {
        "type": Choice(("default", "commands", "web_app"), "unsupported menu button type"),
        "text": Text(1),
        "web_app": JsonValue(lambda app: read_object("WebAppInfo", app, {"url": Text(1)}, ("url",))),
    }
    button = read_object("MenuButton", raw, fields, ("type",))
    needed = {"type", "text", "web_app"} if button["type"] == "web_app" else {"type"}
    if set(button) != needed:
        raise bad_request(f"menu button {button['type']} needs exactly: {', '.join(sorted(needed))}")
    return button


def _private_chat(world: World, values: Values) -> int | None:
    if "chat_id" not in values:
        return None
    chat = world.find_chat(values["chat_id"])
    if chat.type != "private":
        raise bad_request("the menu button belongs to private chats")
    return chat.id


def _set(world: World, values: Values) -> Result:
    chat_id = _private_chat(world, values)
    world.profile.set_menu_button(chat_id, values.get("menu_button", {"type": "default"}))
    world.publish("profile")
    return True


def _get(world: World, values: Values) -> Result:
    return world.profile.menu_button(_private_chat(world, values))


_CHAT = Parameter("chat_id", ChatId())

METHODS = (
    Method("setChatMenuButton", (_CHAT, Parameter("menu_button", JsonValue(_read_button))), _set),
    Method("getChatMenuButton", (_CHAT,), _get),
)
