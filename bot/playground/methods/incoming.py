"""getUpdates and the webhook's methods. Waiting is not done here: a call gives what there is."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Integer, Parameter, Structure, Text
from bot.playground.structures import read_list, read_word
from bot.playground.world import World

# Bot API, Update: every kind there is; one that this world never makes may still be asked for.
_KINDS = frozenset((
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
))  # fmt: skip
_ALLOWED = Parameter("allowed_updates", Structure(read_list("allowed_updates", read_word, len(_KINDS))))
_DROP = Parameter("drop_pending_updates", Boolean())


def _get_updates(world: World, values: Values) -> Result:
    if "allowed_updates" in values:
        _allow(world, values["allowed_updates"])
    return world.updates.take(values.get("offset", 0), values.get("limit", 100))


def _allow(world: World, kinds: tuple[str, ...]) -> None:
    strange = [kind for kind in kinds if kind not in _KINDS]
    if strange:
        raise bad_request(f'there is no kind of update "{strange[0]}" (refused by the playground)')
    world.updates.allow(kinds)


def _set_webhook(world: World, values: Values) -> Result:
    if values["url"]:
        raise bad_request("bad webhook: the playground serves getUpdates only")
    return _delete_webhook(world, values)


def _delete_webhook(world: World, values: Values) -> Result:
    if values.get("drop_pending_updates"):
        world.updates.drop()
    return True


def _get_webhook_info(world: World, _values: Values) -> Result:
    shown: dict[str, Any] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    allowed = world.updates.allowed
    return shown | {"allowed_updates": list(allowed)} if allowed else shown


METHODS = (
    Method(
        "getUpdates",
        (
            Parameter("offset", Integer()),
            Parameter("limit", Integer(1, 100)),
            Parameter("timeout", Integer(0)),
            _ALLOWED,
        ),
        _get_updates,
    ),
    Method("setWebhook", (Parameter("url", Text(), required=True), _ALLOWED, _DROP), _set_webhook),
    Method("deleteWebhook", (_DROP,), _delete_webhook),
    Method("getWebhookInfo", (), _get_webhook_info),
)
