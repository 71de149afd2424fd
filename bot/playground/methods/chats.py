"""getChat, getChatMember, getChatAdministrators, leaveChat, pinChatMessage, unpinChatMessage."""

from bot.playground.errors import bad_request
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Integer, Parameter
from bot.playground.send_parameters import CHAT_ID, MESSAGE_ID
from bot.playground.world import World

# Bot API, ChatFullInfo: required fields that have no meaning here.
_FIXED = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


def _get_chat(world: World, values: Values) -> Result:
    chat = world.find_chat(values["chat_id"])
    shown = world.render_chat(chat) | _FIXED
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    return shown if pinned is None else shown | {"pinned_message": world.render_message(pinned)}


def _get_member(world: World, values: Values) -> Result:
    chat = world.find_chat(values["chat_id"])
    person = world.people.get(values["user_id"])
    if person is None:
        raise bad_request("invalid user_id specified")
    if person.id not in chat.members:
        raise bad_request("member not found")
    return world.render_member(chat, person.id)


def _get_administrators(world: World, values: Values) -> Result:
    chat = world.find_chat(values["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [world.render_member(chat, user_id) for user_id in chat.members if chat.is_administered_by(user_id)]


def _leave(world: World, values: Values) -> Result:
    world.leave(world.find_chat(values["chat_id"]))
    return True


def _pin(world: World, values: Values) -> Result:
    world.pin(world.find_writable_chat(values["chat_id"]), values["message_id"])
    return True


def _unpin(world: World, values: Values) -> Result:
    world.unpin(world.find_writable_chat(values["chat_id"]), values.get("message_id"))
    return True


_USER_ID = Parameter("user_id", Integer(1), required=True, missing="invalid user_id specified")

METHODS = (
    Method("getChat", (CHAT_ID,), _get_chat),
    Method("getChatMember", (CHAT_ID, _USER_ID), _get_member),
    Method("getChatAdministrators", (CHAT_ID, Parameter("return_bots", Boolean())), _get_administrators),
    Method("leaveChat", (CHAT_ID,), _leave),
    Method("pinChatMessage", (CHAT_ID, MESSAGE_ID, Parameter("disable_notification", Boolean())), _pin),
    Method("unpinChatMessage", (CHAT_ID, Parameter("message_id", Integer(1))), _unpin),
)
