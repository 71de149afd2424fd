"""Records how long the texts are that patterns and parsers of the bot read, module by module."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from bot.core.nicknames import BannedWords

READERS = ("bot.core", "bot.app", "bot.tg", "bot.i18n")
# Which argument of a function holds the text that is read; of all others the first.
_TEXT_AT = {"sub": 1, "subn": 1}


class Lengths:
    """The longest text that each module had read."""

    def __init__(self) -> None:
        self.longest: dict[str, int] = defaultdict(int)

    def note(self, reader: str, text: object) -> None:
        """Note what is read; only texts count."""
        if isinstance(text, str):
            self.longest[reader] = max(self.longest[reader], len(text))


class Recorded:
    """Stands for an object; whatever is called on it is noted first."""

    def __init__(self, real: Any, reader: str, lengths: Lengths, skipped: int = 0) -> None:  # noqa: ANN401 - any
        self._real, self._reader, self._lengths, self._skipped = real, reader, lengths, skipped

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is
        found = getattr(self._real, name)
        if not callable(found) or isinstance(found, type):
            return found
        place = _TEXT_AT.get(name, 0) + self._skipped

        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
            for text in args[place:]:
                self._lengths.note(self._reader, text)
            return found(*args, **named)

        return call


def _recorded_type(real: type, reader: str, lengths: Lengths) -> type:
    """Return what stands for a type that parses texts, such as ``int``; instances of the type are its instances."""

    class Meta(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, real)

    class Parser(metaclass=Meta):
        def __new__(cls, *args: Any) -> Any:  # noqa: ANN401 - an instance of the real type
            lengths.note(reader, args[0] if args else None)
            return real(*args)

    return Parser


def _modules() -> Iterator[tuple[str, ModuleType]]:
    yield from ((name, module) for name, module in sorted(sys.modules.items()) if name.startswith(READERS))


def record(patch: pytest.MonkeyPatch) -> Lengths:
    """Record the calls of all patterns and parsers of the bot until the test is over."""
    lengths = Lengths()
    for name, module in _modules():
        for key, value in list(vars(module).items()):
            if isinstance(value, re.Pattern):
                patch.setattr(module, key, Recorded(value, name, lengths))
        for key, skipped in (("re", 1), ("unicodedata", 1), ("OSA", 0)):
            if key in vars(module):
                patch.setattr(module, key, Recorded(vars(module)[key], name, lengths, skipped))
        for kind in (int, Decimal):
            if kind is int or kind.__name__ in vars(module):
                patch.setattr(module, kind.__name__, _recorded_type(kind, name, lengths), raising=False)
    return lengths


def record_refused(refused: BannedWords, lengths: Lengths) -> BannedWords:
    """Return the same refused words, recorded."""
    words, parts = (Recorded(one, "bot.core.nicknames", lengths) for one in (refused.words, refused.parts))
    return replace(refused, words=words, parts=parts)
