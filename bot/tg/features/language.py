"""The language that the bot speaks."""

from bot.app.commands import ChooseLanguage
from bot.tg.feature import Feature, Invocation


def _language(asked: Invocation) -> ChooseLanguage:
    return ChooseLanguage(asked.visitor, asked.press, language=asked.words[0].lower() if asked.words else None)


FEATURE = Feature(slash={"language": _language}, buttons={"language": _language})
