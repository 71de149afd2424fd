"""Reads what the chat page asks for. Refuses in words what cannot be read; knows nothing of the rules of the world."""

import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.playground.errors import ActionRefusedError
from bot.playground.world import Person, World

# Bot API, "Sending files": bots can fetch files of up to 20 MB.
_LARGEST_UPLOAD = 20 * 1024 * 1024
_NUMBER_DIGITS = 19
_Kind = TypeVar("_Kind", int, str, bool)
_KINDS = {int: "a whole number", str: "a text", bool: "true or false"}
_Asked = ParamSpec("_Asked")
_Result = TypeVar("_Result")


async def read_json(request: Request) -> dict[str, Any]:
    """Read a JSON object."""
    try:
        body = json.loads(await read_body(request))
    except ValueError:
        raise HTTPException(400, "The body is no JSON.") from None
    if not isinstance(body, dict):
        raise HTTPException(400, "The body is a JSON object.")
    return body


async def read_body(request: Request) -> bytes:
    """Read the body as bytes, up to what a bot could fetch."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _LARGEST_UPLOAD:
            raise HTTPException(413, f"A file has at most {_LARGEST_UPLOAD // 1024 // 1024} MB.")
    return bytes(content)


def field(body: dict[str, Any], name: str, kind: type[_Kind]) -> _Kind:
    """Take a field of exactly this kind out of a JSON object."""
    value = body.get(name)
    if type(value) is not kind:
        raise HTTPException(400, f"The field {name} is {_KINDS[kind]}.")
    return value


def optional_field(body: dict[str, Any], name: str, kind: type[_Kind]) -> _Kind | None:
    """Take a field that may be left out or null."""
    return None if body.get(name) is None else field(body, name, kind)


def query_integer(request: Request, name: str) -> int:
    """Take a whole number out of the query string."""
    value = request.query_params.get(name, "")
    if not value.removeprefix("-").isdecimal() or len(value) > _NUMBER_DIGITS:
        raise HTTPException(400, f"The parameter {name} is a whole number.")
    return int(value)


def find_person(world: World, person_id: int) -> Person:
    """Find somebody who can be played."""
    person = world.people.get(person_id)
    if person is None or person.is_bot:
        raise HTTPException(404, f"There is nobody with the id {person_id}.")
    return person


def perform(act: Callable[_Asked, _Result], *args: _Asked.args, **kwargs: _Asked.kwargs) -> _Result:
    """Let a person do something; the world's refusal becomes an answer with status 409."""
    try:
        return act(*args, **kwargs)
    except ActionRefusedError as refusal:
        raise HTTPException(409, _sentence(str(refusal))) from None


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."
