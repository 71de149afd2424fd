"""What Telegram shows of the bot before it says anything: its menu of commands, name and descriptions, by language.

Telegram limits these calls strictly, so what is right already is left alone.
"""

import logging

from bot.i18n import LANGUAGES, REFERENCE, Texts
from bot.tg.api import Api
from bot.tg.features import FEATURES

log = logging.getLogger(__name__)

# Methods of the Bot API as (what to ask, what to set, the field, the text).
_WORDS = (
    ("getMyName", "setMyName", "name", "bot.name"),
    ("getMyShortDescription", "setMyShortDescription", "short_description", "bot.about"),
    ("getMyDescription", "setMyDescription", "description", "bot.description"),
)


async def register(api: Api) -> None:
    """Tell Telegram the commands, name and descriptions in every language; failing is logged and harms nothing."""
    for texts in LANGUAGES.values():
        # The reference is what people of every other language see, so it goes without a code.
        code = "" if texts.code == REFERENCE else texts.code
        try:
            await _register(api, texts, code)
        except Exception as error:  # noqa: BLE001 - no menu is no reason to end
            log.warning("The bot's menu and description (%s) could not be set: %r", texts.code, error)


async def _register(api: Api, texts: Texts, code: str) -> None:
    commands = [
        {"command": name, "description": texts.plain(f"command.{name}")}
        for feature in FEATURES
        for name in feature.slash
    ]
    if await api.call("getMyCommands", {"language_code": code}) != commands:
        await api.call("setMyCommands", {"commands": commands, "language_code": code})
    for get, put, field, text in _WORDS:
        wanted = texts.plain(text)
        if (await api.call(get, {"language_code": code})).get(field) != wanted:
            await api.call(put, {field: wanted, "language_code": code})
