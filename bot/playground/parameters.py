"""How one parameter of a Bot API method is declared, read and refused. Knows no method.

Callers pass JSON values or, in forms, queries and python-telegram-bot, strings; both are read alike.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.world.entities import utf16_length

# As many as a 64-bit number can have.
_DIGITS = re.compile(r"-?[0-9]{1,19}")


class ParameterType(ABC):
    """What values a parameter takes."""

    @abstractmethod
    def read(self, name: str, raw: object) -> object:
        """Give the value, or raise RefusalError."""


@dataclass(frozen=True, slots=True)
class Integer(ParameterType):
    """A whole number between ``least`` and ``most``, both included."""

    least: int | None = None
    most: int | None = None

    def read(self, name: str, raw: object) -> int:
        """Read a number, or a string of digits."""
        value = _whole(raw)
        if value is None:
            raise bad_request(f'parameter "{name}" must be an integer')
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            least, most = ("any" if bound is None else bound for bound in (self.least, self.most))
            raise bad_request(f'parameter "{name}" must be between {least} and {most}')
        return value


@dataclass(frozen=True, slots=True)
class Boolean(ParameterType):
    """True or false; strings ``true``, ``yes`` and ``1`` are true."""

    def read(self, name: str, raw: object) -> bool:
        """Read a flag as the official server reads it from forms, but refuse what is neither."""
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
        empty, long: Telegram's words for one that is too short or too long, where it has some.
    """

    least: int = 0
    most: int | None = None
    empty: str = ""
    long: str = ""

    def read(self, name: str, raw: object) -> str:
        """Read a string; numbers are taken as their digits, as from a form."""
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
    """One of a few words."""

    choices: tuple[str, ...]
    wrong: str = ""

    def read(self, name: str, raw: object) -> str:
        """Read one of the words."""
        if raw not in self.choices:
            raise bad_request(self.wrong or f'parameter "{name}" must be one of {", ".join(self.choices)}')
        return str(raw)


@dataclass(frozen=True, slots=True)
class ChatId(ParameterType):
    """A chat's number. Usernames of channels are not served here."""

    def read(self, name: str, raw: object) -> int:
        """Read the number."""
        if raw == "":
            raise bad_request(f"{name} is empty")
        value = _whole(raw)
        if value is None:
            raise bad_request("chat not found")
        return value


@dataclass(frozen=True, slots=True)
class JsonValue(ParameterType):
    """A JSON object or list that ``reader`` checks and turns into a value."""

    reader: Callable[[Any], object]

    def read(self, name: str, raw: object) -> object:
        """Read JSON, as text or as it is."""
        if not isinstance(raw, str):
            return self.reader(raw)
        try:
            parsed = json.loads(raw)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
        return self.reader(parsed)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes
    mime_type: str


def attach_uploads(raw: Mapping[str, object], uploads: Mapping[str, Upload]) -> dict[str, object]:
    """Put uploads where they belong: under their own name, or where ``attach://name`` points to them."""
    attached = {f"attach://{name}": name for name in uploads}
    pointed = {name: attached[value] for name, value in raw.items() if isinstance(value, str) and value in attached}
    placed = {name: uploads[part] for name, part in pointed.items()}
    alone = {name: upload for name, upload in uploads.items() if name not in pointed.values()}
    return {**raw, **alone, **placed}


@dataclass(frozen=True, slots=True)
class InputFile(ParameterType):
    """A file that is uploaded, or the id of one that is here already."""

    def read(self, name: str, raw: object) -> Upload | str:
        """Give the upload or the id."""
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
        missing: Telegram's words for its absence, where it has some of its own.
    """

    name: str
    type: ParameterType
    required: bool = False
    missing: str = ""


def is_valid_unicode(text: str) -> bool:
    """Say whether a text is free of lone surrogates, which JSON can carry and UTF-8 cannot."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _whole(raw: object) -> int | None:
    if isinstance(raw, str):
        return int(raw) if _DIGITS.fullmatch(raw) else None
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None
