"""The Bot API methods, one group a file, none knowing another. A new method is an entry in a group's METHODS."""

from bot.playground.method import Method
from bot.playground.methods import (
    chats,
    commands,
    editing,
    identity,
    incoming,
    media,
    menus,
    polls,
    presses,
    reactions,
    texts,
    wordings,
)

GROUPS = (identity, incoming, texts, polls, media, editing, reactions, presses, chats, commands, wordings, menus)
METHODS: tuple[Method, ...] = tuple(method for group in GROUPS for method in group.METHODS)
