"""Types of the parameters of Bot API methods: each reads a value or raises BotApiError. Independent of the methods.

Callers pass JSON values or, in forms, query strings and python-telegram-bot, strings; both are accepted.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.world.entities import utf16_length

# A 64-bit number has at most 19 digits.
_DIGITS = re.compile(r"-?[0-9]{1,19}")


class ParameterType(ABC):
    """The type of a parameter."""

    @abstractmethod
    def read(self, name: str, raw: object) -> object:
        """Return the value, or raise BotApiError."""


@dataclass(frozen=True, slots=True)
class Integer(ParameterType):
    """An integer between ``least`` and ``most``, both included."""

    least: int | None = None
    most: int | None = None

    def read(self, name: str, raw: object) -> int:
        """Read an integer, or a string of digits."""
        value = _read_integer(raw)
        if value is None:
            raise bad_request(f'parameter "{name}" must be an integer')
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            least, most = ("any" if bound is None else bound for bound in (self.least, self.most))
            raise bad_request(f'parameter "{name}" must be between {least} and {most}')
        return value


@dataclass(frozen=True, slots=True)
class Boolean(ParameterType):
    """True or false; the strings ``true``, ``yes`` and ``1`` are true."""

    def read(self, name: str, raw: object) -> bool:
        """Read a boolean as the official server does from forms, but refuse anything else."""
        if isinstance(raw, bool):
            return raw
        word = str(raw).lower() if isinstance(raw, str | int) else ""
        if word in ("true", "yes", "1"):
            return True
        if word in ("false", "no", "0"):
            return False
        raise bad_request(f'parameter "{name}" must be a boolean')


@dataclass(frozen=True, slots=True)
class Text(ParameterType):
    """A string of ``least`` to ``most`` characters.

    Attributes:
        empty, long: Telegram's error for a string that is too short or too long; without it a general one is used.
    """

    least: int = 0
    most: int | None = None
    empty: str = ""
    long: str = ""

    def read(self, name: str, raw: object) -> str:
        """Read a string; an integer is converted to its digits, as in a form."""
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise bad_request(f'parameter "{name}" must be a string')
        value = str(raw)
        if not is_valid_unicode(value):
            raise bad_request("strings must be encoded in UTF-8")
        if utf16_length(value) < self.least:
            raise bad_request(self.empty or f'parameter "{name}" must be non-empty')
        if self.most is not None and utf16_length(value) > self.most:
            raise bad_request(self.long or f'parameter "{name}" must not exceed {self.most} characters')
        return value


@dataclass(frozen=True, slots=True)
class Choice(ParameterType):
    """One of several strings; ``wrong`` is Telegram's error for any other."""

    choices: tuple[str, ...]
    wrong: str = ""

    def read(self, name: str, raw: object) -> str:
        """Read one of the choices."""
        if raw not in self.choices:
            raise bad_request(self.wrong or f'parameter "{name}" must be one of {", ".join(self.choices)}')
        return str(raw)


@dataclass(frozen=True, slots=True)
class ChatId(ParameterType):
    """The id of a chat. Usernames of channels are not supported."""

    def read(self, name: str, raw: object) -> int:
        """Read the id."""
        if raw == "":
            raise bad_request(f"{name} is empty")
        value = _read_integer(raw)
        if value is None:
            raise bad_request("chat not found")
        return value


@dataclass(frozen=True, slots=True)
class JsonValue(ParameterType):
    """A JSON object or list that ``reader`` checks and converts."""

    reader: Callable[[Any], object]

    def read(self, name: str, raw: object) -> object:
        """Read JSON, serialized or already parsed."""
        if not isinstance(raw, str):
            return self.reader(raw)
        try:
            parsed = json.loads(raw)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
        return self.reader(parsed)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded with the request."""

    name: str
    content: bytes
    mime_type: str


def attach_uploads(raw: Mapping[str, object], uploads: Mapping[str, Upload]) -> dict[str, object]:
    """Return the parameters with the uploads: each under its own name, or where ``attach://name`` refers to it."""
    attached = {f"attach://{name}": name for name in uploads}
    pointed = {name: attached[value] for name, value in raw.items() if isinstance(value, str) and value in attached}
    placed = {name: uploads[part] for name, part in pointed.items()}
    alone = {name: upload for name, upload in uploads.items() if name not in pointed.values()}
    return {**raw, **alone, **placed}


@dataclass(frozen=True, slots=True)
class InputFile(ParameterType):
    """An uploaded file, or the ``file_id`` of a file that exists already."""

    def read(self, name: str, raw: object) -> Upload | str:
        """Return the upload or the id."""
        if isinstance(raw, Upload):
            if not raw.content:
                raise bad_request("file must be non-empty")
            return raw
        if isinstance(raw, str) and raw:
            return raw
        raise bad_request(f"there is no {name} in the request")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method.

    Attributes:
        missing: Telegram's error if it is missing; without it a general one is used.
    """

    name: str
    type: ParameterType
    required: bool = False
    missing: str = ""


def is_valid_unicode(text: str) -> bool:
    """Return whether a text is free of lone surrogates, which JSON can contain and UTF-8 cannot."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _read_integer(raw: object) -> int | None:
    if isinstance(raw, str):
        return int(raw) if _DIGITS.fullmatch(raw) else None
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None
