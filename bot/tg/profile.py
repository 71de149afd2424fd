"""Profile of the bot in Telegram: its command menu, name and descriptions, by language.

Telegram limits these calls strictly, so fields that are already right are not set.
"""

import logging
from collections.abc import Sequence

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts
from bot.tg.bot_api.client import ApiClient, Parameters
from bot.tg.features import FEATURES

log = logging.getLogger(__name__)

# Bot API methods as (getter, setter, field, text).
_WORDS = (
    ("getMyName", "setMyName", "name", "bot.name"),
    ("getMyShortDescription", "setMyShortDescription", "short_description", "bot.about"),
    ("getMyDescription", "setMyDescription", "description", "bot.description"),
)

# The menus of a private chat and of a group, where /start does the same as /help.
MENU = tuple(name for feature in FEATURES for name in feature.slash)
GROUP_MENU = tuple(name for feature in FEATURES for name in feature.group if name != "start")


async def register(api: ApiClient) -> None:
    """Set the commands, name and descriptions in every language; a failure is logged and harms nothing."""
    for texts in LANGUAGES.values():
        # The default language is set without a code, for people with any other language.
        code = "" if texts.code == DEFAULT_LANGUAGE else texts.code
        try:
            await _register(api, texts, code)
        except Exception as error:  # noqa: BLE001 - no menu is no reason to end
            log.warning("Could not set the bot's menu and description (%s): %r", texts.code, error)


async def _register(api: ApiClient, texts: Texts, code: str) -> None:
    for menu, scope in ((MENU, "default"), (GROUP_MENU, "all_group_chats")):
        await _register_menu(api, texts, menu, {"language_code": code, "scope": {"type": scope}})
    for get, put, field, text in _WORDS:
        wanted = texts.plain(text)
        if (await api.call(get, {"language_code": code})).get(field) != wanted:
            await api.call(put, {field: wanted, "language_code": code})


async def _register_menu(api: ApiClient, texts: Texts, menu: Sequence[str], place: Parameters) -> None:
    commands = [{"command": name, "description": texts.plain(f"command.{name}")} for name in menu]
    if await api.call("getMyCommands", place) != commands:
        await api.call("setMyCommands", {"commands": commands, **place})
