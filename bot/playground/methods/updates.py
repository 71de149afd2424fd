"""getUpdates and the methods of webhooks. Calls do not wait here: see ``polling.py`` and ``webhook_delivery.py``."""

import re
from urllib.parse import urlsplit

from bot.playground.errors import BotApiError, bad_request
from bot.playground.json_values import read_list, read_string
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Integer, JsonValue, Parameter, Text
from bot.playground.world import Webhook, World

# Bot API, Update: all kinds; ``allowed_updates`` may also list those that this world never creates.
_KINDS = frozenset((
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
))  # fmt: skip
_ALLOWED = Parameter("allowed_updates", JsonValue(read_list("allowed_updates", read_string, len(_KINDS))))
_DROP = Parameter("drop_pending_updates", Boolean())
# Bot API, setWebhook, secret_token.
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def _get_updates(world: World, values: Values) -> Result:
    if world.webhook:
        raise BotApiError(409, _CONFLICT)
    if "allowed_updates" in values:
        _allow(world, values["allowed_updates"])
    return world.updates.fetch(values.get("offset", 0), values.get("limit", 100))


def _allow(world: World, kinds: tuple[str, ...]) -> None:
    unknown = [kind for kind in kinds if kind not in _KINDS]
    if unknown:
        raise bad_request(f'there is no kind of update "{unknown[0]}" (refused by the playground)')
    world.updates.allow(kinds)


def _set_webhook(world: World, values: Values) -> Result:
    """Set the webhook. Any port and plain HTTP are allowed (Bot API, Using a Local Bot API Server)."""
    if not values["url"]:
        return _delete_webhook(world, values)
    webhook = Webhook(values["url"], values.get("secret_token", ""), values.get("max_connections", 40))
    if urlsplit(webhook.url).scheme not in ("http", "https") or not urlsplit(webhook.url).hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if not _SECRET.fullmatch(webhook.secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in values:
        _allow(world, values["allowed_updates"])
    _drop(world, values)
    # Setting an equal webhook again keeps the old one, with its last error.
    world.webhook = world.webhook if world.webhook == webhook else webhook
    return True


def _delete_webhook(world: World, values: Values) -> Result:
    _drop(world, values)
    world.webhook = None
    return True


def _drop(world: World, values: Values) -> None:
    if values.get("drop_pending_updates"):
        world.updates.clear()


def _get_webhook_info(world: World, _values: Values) -> Result:
    shown = world.webhook.to_json() if world.webhook else {"url": ""}
    shown |= {"has_custom_certificate": False, "pending_update_count": len(world.updates)}
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
    Method(
        "setWebhook",
        (
            Parameter("url", Text(), required=True),
            Parameter("max_connections", Integer(1, 100)),
            Parameter("secret_token", Text(0, 256)),
            _ALLOWED,
            _DROP,
        ),
        _set_webhook,
    ),
    Method("deleteWebhook", (_DROP,), _delete_webhook),
    Method("getWebhookInfo", (), _get_webhook_info),
)
