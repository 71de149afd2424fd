"""Reading of JSON objects and lists inside parameters: checks structure and types, not meaning."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.playground.errors import bad_request
from bot.playground.parameters import ParameterType

T = TypeVar("T")


def read_list(what: str, item: Callable[[Any], T], most: int, long: str = "") -> Callable[[Any], tuple[T, ...]]:
    """Create a reader for a list of up to ``most`` items; ``long`` is Telegram's error for more."""

    def read(raw: object) -> tuple[T, ...]:
        if not isinstance(raw, list):
            raise bad_request(f"can't parse {what}: expected an Array")
        if len(raw) > most:
            raise bad_request(long or f"too many {what}: at most {most} are allowed")
        return tuple(item(one) for one in raw)

    return read


def read_object(
    what: str, raw: object, fields: dict[str, ParameterType], required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Read an object with declared fields; raise BotApiError for unknown, missing and mistyped ones."""
    if not isinstance(raw, dict):
        raise bad_request(f"can't parse {what}: expected an Object")
    unknown = [name for name in raw if name not in fields]
    if unknown:
        raise bad_request(f'can\'t parse {what}: unknown field "{unknown[0]}" (refused by the playground)')
    missing = [name for name in required if raw.get(name) is None]
    if missing:
        raise bad_request(f"can't parse {what}: Can't find field \"{missing[0]}\"")
    return {name: fields[name].read(name, value) for name, value in raw.items() if value is not None}


def read_integer(raw: object) -> int:
    """Read an integer in a list."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise bad_request("expected an Integer")
    return raw


def read_string(raw: object) -> str:
    """Read a string in a list."""
    if not isinstance(raw, str):
        raise bad_request("expected a String")
    return raw
