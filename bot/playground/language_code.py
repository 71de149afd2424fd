"""The parameter ``language_code`` of the methods that set the bot's commands, names and descriptions."""

import re
from dataclasses import dataclass

from bot.playground.errors import bad_request
from bot.playground.parameters import Parameter, ParameterType

_CODE = re.compile(r"(?:[a-z]{2})?")


@dataclass(frozen=True, slots=True)
class LanguageCode(ParameterType):
    """A two-letter ISO 639-1 code, or an empty string for all other languages."""

    def read(self, name: str, raw: object) -> str:
        """Read the language code."""
        if not isinstance(raw, str) or not _CODE.fullmatch(raw):
            raise bad_request(f"invalid {name} specified")
        return raw


LANGUAGE = Parameter("language_code", LanguageCode())
