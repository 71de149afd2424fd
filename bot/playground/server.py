"""HTTP server of the playground with the Bot API's addresses. For this computer only, not for the internet."""

import asyncio
import json
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.playground.bot_api import ApiResponse, BotApi, error_response
from bot.playground.errors import BotApiError, bad_request
from bot.playground.parameters import Upload, attach_uploads
from bot.playground.world import World


def create_app(world: World, token: str, extra_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Create the web application of one bot in one world.

    ``app.state.api`` is the BotApi. ``app.state.closers`` are called before the server stops, to end responses that are
    still waiting; callers that add such routes append to them.
    """
    api = BotApi(world, token)
    endpoint = _Endpoint(api)
    routes = [
        Route("/bot{token}/{method}", endpoint.call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", endpoint.file),
        *extra_routes,
    ]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False  # A redirect would use the Host header.
    app.state.api = api
    closers: list[Callable[[], None]] = [api.close, endpoint.closing.set]
    app.state.closers = closers
    return app


class _Endpoint:
    """The two endpoints of a bot: methods and files."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self.closing = asyncio.Event()

    async def call(self, request: Request) -> Response:
        try:
            raw = await _read(request)
        except BotApiError as refusal:
            return _response(error_response(refusal))
        path = request.path_params
        reply = await self._api.call(path["token"], path["method"], raw)
        if reply.delivery == "lost":
            await self._wait_for_disconnect(request)
        return _response(reply) if reply.delivery == "whole" else _BrokenOff()

    async def file(self, request: Request) -> Response:
        path = request.path_params
        return _response(self._api.file(path["token"], path["path"]))

    async def _wait_for_disconnect(self, request: Request) -> None:
        gone = asyncio.ensure_future(_disconnected(request))
        closing = asyncio.ensure_future(self.closing.wait())
        _, left = await asyncio.wait({gone, closing}, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()


class _BrokenOff(Response):
    """A response that announces a body and ends without it, so that the server breaks the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": True})


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _read(request: Request) -> dict[str, object]:
    """Read parameters from the query string and from a body of any of the three types that the Bot API accepts."""
    raw: dict[str, object] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return raw | await _read_multipart(request)
    body = await request.body()
    if kind == "application/json" and body:
        return raw | _read_json(body)
    return raw | dict(parse_qsl(_decoded(body), keep_blank_values=True))


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _read_json(body: bytes) -> dict[str, object]:
    try:
        read = json.loads(body)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise bad_request("can't parse request body JSON object")
    return read


async def _read_multipart(request: Request) -> dict[str, object]:
    raw: dict[str, object] = {}
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, part in form.multi_items():
            if isinstance(part, UploadFile):
                kind = part.content_type or "application/octet-stream"
                uploads[name] = Upload(part.filename or name, await part.read(), kind)
            else:
                raw[name] = part
    return attach_uploads(raw, uploads)


def _response(reply: ApiResponse) -> Response:
    kind = "application/json" if reply.is_json else "application/octet-stream"
    return Response(reply.body, reply.status, media_type=kind)
