"""Answers one Bot API call: token, ordered troubles, flood limits, reading, refusing, doing. No transport here."""

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
    """What goes back to the caller.

    Attributes:
        delivery: ``whole``, or how the transport shall fail: ``reset`` breaks the connection, ``lost`` never answers.
    """

    status: int
    body: bytes
    is_json: bool = True
    delivery: Literal["whole", "reset", "lost"] = "whole"


class BotApi:
    """The Bot API of one bot in one world.

    Attributes:
        faults: troubles to order.
        flood: flood limits; ``flood.is_on = True`` switches them on.
        posting: delivers updates while a webhook is set.
    """

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        self.faults = Faults()
        self.flood_limits = FloodLimits(world.now)
        self.polling = LongPolling(world)
        self.webhook_delivery = WebhookDelivery(world)

    async def call(self, token: str, method_name: str, raw: Mapping[str, object]) -> ApiResponse:
        """Carry out one call, whatever becomes of it."""
        if token != self.token:
            return error_response(BotApiError(401, "Unauthorized"))
        method = _BY_NAME.get(method_name.lower())
        if method is None:
            return error_response(BotApiError(404, "Not Found"))
        fault = self.faults.next_fault(method.name)
        if fault is not None and fault.kind != "lost":
            return _trouble(fault)
        try:
            reply = _json(200, {"ok": True, "result": await self._carry_out(method, raw)})
        except BotApiError as refusal:
            reply = error_response(refusal)
        return reply if fault is None else ApiResponse(reply.status, reply.body, delivery="lost")

    def file(self, token: str, path: str) -> ApiResponse:
        """Give a file by the path that getFile told."""
        if token != self.token:
            return error_response(BotApiError(401, "Unauthorized"))
        stored = self.world.files.by_path(path)
        if stored is None:
            return error_response(BotApiError(404, "Not Found"))
        return ApiResponse(200, stored.content, is_json=False)

    def close(self) -> None:
        """End the call that waits for updates, and deliver no more."""
        self.polling.close()
        self.webhook_delivery.close()

    async def _carry_out(self, method: Method, raw: Mapping[str, object]) -> Result:
        values: Values = method.read(raw)
        if method.counts_as is not None:
            self.flood_limits.count(
                values["chat_id"], method.counts_as, is_paid=values.get("allow_paid_broadcast", False)
            )
        if method.name == "getUpdates":
            return await self._get_updates(method, values)
        result = method.run(self.world, values)
        if method.name in ("setWebhook", "deleteWebhook"):
            self._renew_posting()
        return result

    def _renew_posting(self) -> None:
        """Post updates to where they are wanted now, if anywhere; nobody may wait for them any more then."""
        if self.world.webhook:
            self.polling.end_for_webhook()
        self.webhook_delivery.renew()

    async def _get_updates(self, method: Method, values: Values) -> Result:
        # An offset confirms what waits at the call, never what comes while it is waiting.
        later = {**values, "offset": 0}
        return await self.polling.wait_for(
            lambda: method.run(self.world, values),
            lambda: method.run(self.world, later),
            values.get("timeout", 0),
        )


def _trouble(fault: Fault) -> ApiResponse:
    if fault.kind == "flood":
        return error_response(too_many_requests(fault.retry_after))
    if fault.kind == "gateway":
        return ApiResponse(502, _HTML_ERROR, is_json=False)
    if fault.kind == "reset":
        return ApiResponse(0, b"", delivery="reset")
    return error_response(BotApiError(500, "Internal Server Error"))


def error_response(refusal: BotApiError) -> ApiResponse:
    """Give the answer that refuses."""
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return _json(refusal.code, body)


def _json(status: int, body: dict[str, Any]) -> ApiResponse:
    # What people typed may hold half a character, which must not keep the bot from the rest: it becomes "?".
    return ApiResponse(status, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))
