"""What the bot says about itself: commands by scope and language, names, descriptions, menu buttons."""

from dataclasses import dataclass, field
from typing import Any, Literal

# Default: with the message. Inline: with an id of the message that tells no chat. Auto: so where the bot cannot see it.
CALLBACK_QUERY_MODES = ("Default", "Auto", "Inline")
ProfileText = Literal["name", "description", "short_description"]


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom commands are meant (Bot API, BotCommandScope); chat and user where the type asks for them."""

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
    """Everything the bot has registered. Language ``""`` is for everybody else.

    Attributes:
        callback_query_mode: how presses come, one of MODES (Bot API 10.5).
    """

    name: str
    callback_query_mode: str = "Default"
    _commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    _texts: dict[tuple[ProfileText, str], str] = field(default_factory=dict)
    _menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def set_commands(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Register commands for a scope and language; none deletes them."""
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Give what is registered for exactly this scope and language."""
        return self._commands.get((scope, language), ())

    def commands_for(self, scopes: tuple[Scope, ...], language: str) -> tuple[Command, ...]:
        """Give the commands that a client shows: the first scope that has any, its language before the rest."""
        for scope in scopes:
            found = self.commands(scope, language[:2]) or self.commands(scope, "")
            if found:
                return found
        return ()

    def set_text(self, what: ProfileText, language: str, text: str) -> None:
        """Set a name or description for a language; an empty text takes it away."""
        if text:
            self._texts[what, language] = text
        else:
            self._texts.pop((what, language), None)

    def text(self, what: ProfileText, language: str) -> str:
        """Give a name or description in a language, else the one for everybody."""
        usual = self._texts.get((what, ""), self.name if what == "name" else "")
        return self._texts.get((what, language[:2]), usual)

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        """Set the menu button of a private chat, or of all of them for None."""
        self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int | None) -> dict[str, Any]:
        """Give the menu button that shows in a private chat."""
        usual = self._menu_buttons.get(None, {"type": "default"})
        return self._menu_buttons.get(chat_id, usual)
