"""What the page needs of the rest of the program: two questions about a board."""

from typing import Protocol

from bot.app.board import BoardView


class Boards(Protocol):
    """The boards of all live classes, each under a key that nobody can guess."""

    async def view(self, key: str) -> BoardView | None:
        """Give what a board shows now; None where there is no such board."""

    async def stamp(self, key: str) -> str | None:
        """Give a text that differs whenever the view could differ, cheaply; None where there is no such board."""
