"""The Bot API without a transport: checks the token, injected faults, flood limits and parameters, runs the method."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.errors import BotApiError
from bot.playground.faults import Fault, Faults
from bot.playground.flood_limits import FloodLimits, too_many_requests
from bot.playground.method import Method, Result, Values
from bot.playground.methods import METHODS
from bot.playground.polling import LongPolling
from bot.playground.webhook_delivery import WebhookDelivery
from bot.playground.world import World

# The official server takes method names in any case.
_BY_NAME = {method.name.lower(): method for method in METHODS}
_HTML_ERROR = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """The answer to one call.

    Attributes:
        delivery: ``whole``, or how the transport must fail: ``reset`` breaks the connection, ``lost`` never answers.
    """

    status: int
    body: bytes
    is_json: bool = True
    delivery: Literal["whole", "reset", "lost"] = "whole"


class BotApi:
    """The Bot API of one bot in one world.

    Attributes:
        faults: faults to inject.
        flood_limits: Telegram's limits on sending; off until ``flood_limits.is_on`` is set.
        webhook_delivery: sends updates to the webhook while one is set.
    """

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        self.faults = Faults()
        self.flood_limits = FloodLimits(world.now)
        self.polling = LongPolling(world)
        self.webhook_delivery = WebhookDelivery(world)

    async def call(self, token: str, method_name: str, raw: Mapping[str, object]) -> ApiResponse:
        """Run one call; return its result or its error as a response."""
        if token != self.token:
            return error_response(BotApiError(401, "Unauthorized"))
        method = _BY_NAME.get(method_name.lower())
        if method is None:
            return error_response(BotApiError(404, "Not Found"))
        fault = self.faults.next_fault(method.name)
        if fault is not None and fault.kind != "lost":
            return _fault_response(fault)
        try:
            reply = _json(200, {"ok": True, "result": await self._run(method, raw)})
        except BotApiError as refusal:
            reply = error_response(refusal)
        return reply if fault is None else ApiResponse(reply.status, reply.body, delivery="lost")

    def file(self, token: str, path: str) -> ApiResponse:
        """Return the content of a file by getFile's ``file_path``."""
        if token != self.token:
            return error_response(BotApiError(401, "Unauthorized"))
        stored = self.world.files.by_path(path)
        if stored is None:
            return error_response(BotApiError(404, "Not Found"))
        return ApiResponse(200, stored.content, is_json=False)

    def close(self) -> None:
        """End the pending getUpdates and the delivery to a webhook."""
        self.polling.close()
        self.webhook_delivery.close()

    async def _run(self, method: Method, raw: Mapping[str, object]) -> Result:
        values: Values = method.read(raw)
        if method.counts_as is not None:
            self.flood_limits.count(
                values["chat_id"], method.counts_as, is_paid=values.get("allow_paid_broadcast", False)
            )
        if method.name == "getUpdates":
            return await self._get_updates(method, values)
        result = method.run(self.world, values)
        if method.name in ("setWebhook", "deleteWebhook"):
            self._apply_webhook()
        return result

    def _apply_webhook(self) -> None:
        """Apply a changed webhook: start or stop delivery, and end a pending getUpdates if a webhook is set."""
        if self.world.webhook:
            self.polling.end_for_webhook()
        self.webhook_delivery.apply_webhook()

    async def _get_updates(self, method: Method, values: Values) -> Result:
        # An offset confirms only updates that are pending at the call, not those that arrive while it waits.
        later = {**values, "offset": 0}
        return await self.polling.wait_for(
            lambda: method.run(self.world, values),
            lambda: method.run(self.world, later),
            values.get("timeout", 0),
        )


def _fault_response(fault: Fault) -> ApiResponse:
    if fault.kind == "flood":
        return error_response(too_many_requests(fault.retry_after))
    if fault.kind == "gateway":
        return ApiResponse(502, _HTML_ERROR, is_json=False)
    if fault.kind == "reset":
        return ApiResponse(0, b"", delivery="reset")
    return error_response(BotApiError(500, "Internal Server Error"))


def error_response(refusal: BotApiError) -> ApiResponse:
    """Build the response for an error."""
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return _json(refusal.code, body)


def _json(status: int, body: dict[str, Any]) -> ApiResponse:
    # A lone surrogate in a text cannot be encoded in UTF-8; it becomes "?", so that the bot gets the rest.
    return ApiResponse(status, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))
