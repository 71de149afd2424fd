"""Reading of the chat page's requests. Malformed ones are answered with 4xx and a sentence; the world has the rules."""

import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.playground.errors import ActionRefusedError
from bot.playground.world import Person, World

# Bot API, getFile: bots can download files of up to 20 MB.
_LARGEST_UPLOAD = 20 * 1024 * 1024
_NUMBER_DIGITS = 19
_Type = TypeVar("_Type", int, str, bool)
_TYPES = {int: "an integer", str: "a string", bool: "true or false"}
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


async def read_json(request: Request) -> dict[str, Any]:
    """Read the body as a JSON object."""
    try:
        body = json.loads(await read_body(request))
    except ValueError:
        raise HTTPException(400, "The body must be JSON.") from None
    if not isinstance(body, dict):
        raise HTTPException(400, "The body must be a JSON object.")
    return body


async def read_body(request: Request) -> bytes:
    """Read the body as bytes, up to the size that a bot can download."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _LARGEST_UPLOAD:
            raise HTTPException(413, f"A file may have at most {_LARGEST_UPLOAD // 1024 // 1024} MB.")
    return bytes(content)


def field(body: dict[str, Any], name: str, kind: type[_Type]) -> _Type:
    """Return a field of a JSON object; it must have exactly this type."""
    value = body.get(name)
    if type(value) is not kind:
        raise HTTPException(400, f"The field {name} must be {_TYPES[kind]}.")
    return value


def optional_field(body: dict[str, Any], name: str, kind: type[_Type]) -> _Type | None:
    """Return a field that may be missing or null."""
    return None if body.get(name) is None else field(body, name, kind)


def query_integer(request: Request, name: str) -> int:
    """Return an integer parameter of the query string."""
    value = request.query_params.get(name, "")
    if not value.removeprefix("-").isdecimal() or len(value) > _NUMBER_DIGITS:
        raise HTTPException(400, f"The parameter {name} must be an integer.")
    return int(value)


def find_person(world: World, person_id: int) -> Person:
    """Find a person who can be played."""
    person = world.people.get(person_id)
    if person is None or person.is_bot:
        raise HTTPException(404, f"There is no person with the id {person_id}.")
    return person


def perform(action: Callable[_Arguments, _Result], *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
    """Run a person's action; if the world refuses it, answer with status 409."""
    try:
        return action(*args, **kwargs)
    except ActionRefusedError as refusal:
        raise HTTPException(409, _sentence(str(refusal))) from None


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."
