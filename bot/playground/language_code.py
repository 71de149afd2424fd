"""The parameter ``language_code`` of the methods that register texts of the bot."""

import re
from dataclasses import dataclass

from bot.playground.errors import bad_request
from bot.playground.parameters import Parameter, ParameterType

_CODE = re.compile(r"(?:[a-z]{2})?")


@dataclass(frozen=True, slots=True)
class LanguageCode(ParameterType):
    """A two-letter ISO 639-1 code, or nothing for everybody else."""

    def read(self, name: str, raw: object) -> str:
        """Read the code."""
        if not isinstance(raw, str) or not _CODE.fullmatch(raw):
            raise bad_request(f"invalid {name} specified")
        return raw


LANGUAGE = Parameter("language_code", LanguageCode())
