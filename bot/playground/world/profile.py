"""The bot's profile: commands by scope and language, names, descriptions, menu buttons."""

from dataclasses import dataclass, field
from typing import Any, Literal

# What a callback query contains. Default: the message. Inline: an inline_message_id instead, which reveals no chat.
# Auto: an inline_message_id only if the bot cannot access the message.
CALLBACK_QUERY_MODES = ("Default", "Auto", "Inline")
ProfileText = Literal["name", "description", "short_description"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope of commands (Bot API, BotCommandScope); chat_id and user_id only where the type needs them."""

    type: str = "default"
    chat_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One command, without its slash."""

    command: str
    description: str


@dataclass(slots=True)
class BotProfile:
    """Everything that the bot has registered. The texts of language ``""`` are for users of all other languages.

    Attributes:
        callback_query_mode: one of CALLBACK_QUERY_MODES (Bot API 10.5).
    """

    name: str
    callback_query_mode: str = "Default"
    _commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    _texts: dict[tuple[ProfileText, str], str] = field(default_factory=dict)
    _menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def set_commands(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Register commands for a scope and language; an empty tuple deletes them."""
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Return the commands that are registered for exactly this scope and language."""
        return self._commands.get((scope, language), ())

    def commands_for(self, scopes: tuple[Scope, ...], language: str) -> tuple[Command, ...]:
        """Return the commands that a client shows: of the first scope that has any, in its language if possible."""
        for scope in scopes:
            found = self.commands(scope, language[:2]) or self.commands(scope, "")
            if found:
                return found
        return ()

    def set_text(self, what: ProfileText, language: str, text: str) -> None:
        """Set a name or description for a language; an empty text deletes it."""
        if text:
            self._texts[what, language] = text
        else:
            self._texts.pop((what, language), None)

    def text(self, what: ProfileText, language: str) -> str:
        """Return a name or description in a language; without one, the text for all other languages."""
        default = self._texts.get((what, ""), self.name if what == "name" else "")
        return self._texts.get((what, language[:2]), default)

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        """Set the menu button of a private chat, or of all private chats (None)."""
        self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int | None) -> dict[str, Any]:
        """Return the menu button of a private chat, or the default one (None)."""
        default = self._menu_buttons.get(None, {"type": "default"})
        return self._menu_buttons.get(chat_id, default)
