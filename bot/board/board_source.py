"""The interface through which the projector page reads boards."""

from typing import Protocol

from bot.app.board import BoardView


class BoardSource(Protocol):
    """Source of the boards of all live classes. Each board has a secret key."""

    async def view(self, key: str) -> BoardView | None:
        """Return the current view of a board; None if there is no such board."""

    async def etag(self, key: str) -> str | None:
        """Return a text that changes whenever the view may have changed; None if there is no such board.

        It is polled, so it must be cheap.
        """
