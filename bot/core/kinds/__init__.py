"""The kinds of question, one a file. A new kind is a file and a line here."""

from bot.core.kind import Kind

KINDS: tuple[type[Kind], ...] = ()
