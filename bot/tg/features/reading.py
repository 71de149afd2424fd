"""The reading."""

from bot.app.commands import Read
from bot.tg.feature import Feature, Invocation


def _read(asked: Invocation) -> Read:
    return Read(asked.visitor, asked.press, passage=asked.words[0] if asked.press and asked.words else None)


FEATURE = Feature(slash={"read": _read}, buttons={"read": _read})
