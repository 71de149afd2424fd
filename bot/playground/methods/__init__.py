"""The Bot API methods, one group per file; groups do not import each other. A new method is an entry in METHODS."""

from bot.playground.method import Method
from bot.playground.methods import (
    callback_queries,
    chats,
    commands,
    descriptions,
    editing,
    identity,
    media,
    menu_buttons,
    messages,
    polls,
    reactions,
    updates,
)

GROUPS = (
    identity,
    updates,
    messages,
    polls,
    media,
    editing,
    reactions,
    callback_queries,
    chats,
    commands,
    descriptions,
    menu_buttons,
)
METHODS: tuple[Method, ...] = tuple(method for group in GROUPS for method in group.METHODS)
