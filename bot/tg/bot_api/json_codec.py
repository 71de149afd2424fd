"""JSON from and to Telegram: a fast reader for valid input, an iterative one for everything else."""

import json
import re
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json

from bot.tg.bot_api.iterative_json import read_patiently, whole_number, write_patiently

# Maximum nesting of an update that is handled: the limit of the fast reader. Telegram uses some twenty levels.
MOST_LEVELS = 200
# The replacement for characters that PostgreSQL accepts in no text.
_STAND_IN = "?"
_NUL = "\\u0000"
# NUL as JSON escapes it; after an escaped backslash the same letters are plain text.
_ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def read_json(text: str | bytes, *, patient: bool = True) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Parse JSON, however deep it is nested; unless ``patient``, very deep nesting is refused at once.

    A lone surrogate, which UTF-8 and databases cannot hold, becomes "?"; a whole number too long for Python becomes a
    text of its digits. Raises ValueError if it is not JSON.
    """
    try:
        return from_json(text)
    except ValueError:
        told = text if isinstance(text, str) else text.decode(errors="replace")
    try:
        read = json.loads(told, parse_int=whole_number, strict=False)
        return json.loads(json.dumps(read, ensure_ascii=False).encode(errors="replace"))
    except RecursionError:
        if not patient:
            raise ValueError("it is nested too deeply") from None
        return read_patiently(told)


def read_update(body: str) -> Any:  # noqa: ANN401 - the same
    """Parse a stored update; NUL, which PostgreSQL accepts in no text, becomes "?".

    Raises ValueError if it is not JSON, or nested too deeply to be handled.
    """
    update = read_json(_ESCAPED_NUL.sub(rf"\1{_STAND_IN}", body) if _NUL in body else body)
    if body.count("[") + body.count("{") > MOST_LEVELS and _is_deeper(update, MOST_LEVELS):
        raise ValueError(f"it is nested more than {MOST_LEVELS} levels deep")
    return update


def _is_deeper(value: object, levels: int) -> bool:
    """Return whether lists and objects are nested more deeply than the limit."""
    level = [value]
    for _ in range(levels):
        level = [one for container in level for one in _parts(container)]
        if not level:
            return False
    return any(isinstance(one, list | dict) for one in level)


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def write_json(value: object) -> str:
    """Write a value of any content and depth as JSON."""
    try:
        return to_json(value).decode()
    except (PydanticSerializationError, RecursionError, ValueError):
        return write_patiently(value)
