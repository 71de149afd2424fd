"""The viewers of all boards, and how boards share a limited number of streams.

Streams are shared fairly between boards (max-min fairness), not between IP addresses: a school often has only one.
"""

from collections.abc import Callable
from typing import Literal

from bot.board import board_poller
from bot.board.board_poller import BoardEvent, BoardPoller
from bot.board.board_source import BoardSource

# Why a screen cannot watch a board: it does not exist, there are too many screens, or it cannot be read.
Refusal = Literal["gone", "screens", "unreadable"]


class Viewer:
    """One screen, which shows a board."""

    def __init__(self, poller: BoardPoller, leave: Callable[["Viewer"], None]) -> None:
        self._poller = poller
        self._leave = leave
        self._watching = True

    async def next_event(self, seen: BoardEvent | None) -> BoardEvent | None:
        """Wait for an event newer than ``seen`` and return the newest; return None at the end of the stream."""
        return await self._poller.next_event(seen, lambda: self._watching)

    def leave(self) -> None:
        """Stop watching."""
        self._leave(self)

    def end(self) -> None:
        """End the stream of this screen only."""
        self._watching = False
        self._poller.wake_waiters()


class _WatchedBoard:
    """A board with its viewers in the order of joining; ``joining`` counts those for which it is being read."""

    def __init__(self, poller: BoardPoller) -> None:
        self.poller = poller
        self.joining = 0
        self.viewers: dict[Viewer, None] = {}


class Viewers:
    """The viewers of all boards.

    Args:
        poll_seconds: the interval at which the etag of a watched board is read.
        max_viewers: the limit of viewers in total, if it is lower than MAX_VIEWERS_IN_TOTAL.
        on_refusal: called with the reason when a screen is refused, or is removed in favour of a smaller board's.
    """

    def __init__(
        self, boards: BoardSource, poll_seconds: float, max_viewers: int, on_refusal: Callable[[str], None]
    ) -> None:
        self._source = boards
        self._poll_seconds = poll_seconds
        self._max_viewers = max_viewers
        self._on_refusal = on_refusal
        self._boards: dict[str, _WatchedBoard] = {}
        self._total = 0
        self._closed = False

    def has_viewers(self, key: str) -> bool:
        """Return whether this board has viewers, so that it is known to exist."""
        board = self._boards.get(key)
        return board is not None and bool(board.viewers) and not board.poller.is_gone

    def is_full(self, key: str) -> bool:
        """Return whether this board can have no more viewers: there are too many, or the server is stopping."""
        if self._closed or self._count(key) >= board_poller.MAX_VIEWERS:
            return True
        return self._is_total_full() and self._larger_board(key) is None

    async def join(self, key: str) -> Viewer | Refusal:
        """Read a board and add a viewer to it; return the viewer, or the reason why it is refused.

        If the total is full, the newest viewer of the board with the most viewers is removed, as long as that board
        keeps at least as many as this one gets. The newest, because the projector usually comes before pupils' screens.
        """
        if self.is_full(key):
            return self._refuse("screens")
        board = self._boards.get(key)
        if board is None or board.poller.is_gone:
            board = self._boards[key] = _WatchedBoard(BoardPoller(self._source, key, self._poll_seconds))
        board.joining += 1
        try:
            await board.poller.wait_until_read()
            return self._add(key, board)
        finally:
            board.joining -= 1
            self._drop_unwatched(key, board)

    def _add(self, key: str, board: _WatchedBoard) -> Viewer | Refusal:
        """Add a viewer to a board that was read."""
        if board.poller.is_gone:
            return "gone"
        if board.poller.is_failing and not board.viewers:
            return self._refuse("unreadable")
        if self.is_full(key):
            return self._refuse("screens")
        if self._is_total_full() and (largest := self._larger_board(key)):
            self._evict(largest)
        viewer = Viewer(board.poller, lambda one: self._leave(key, board, one))
        board.viewers[viewer] = None
        self._total += 1
        return viewer

    def _refuse(self, why: Refusal) -> Refusal:
        self._on_refusal(why)
        return why

    def close(self) -> None:
        """End all streams because the server stops."""
        self._closed = True
        for board in self._boards.values():
            board.poller.stop()

    def _is_total_full(self) -> bool:
        return self._total >= min(board_poller.MAX_VIEWERS_IN_TOTAL, self._max_viewers)

    def _count(self, key: str) -> int:
        board = self._boards.get(key)
        return len(board.viewers) if board else 0

    def _larger_board(self, key: str) -> str | None:
        """Return the board with the most viewers if it has at least two more than this one, else None."""
        largest = max(self._boards, key=self._count, default=None)
        return largest if largest is not None and self._count(largest) > self._count(key) + 1 else None

    def _evict(self, key: str) -> None:
        """Remove the newest viewer of a board."""
        board = self._boards[key]
        viewer = next(reversed(board.viewers))
        self._on_refusal("screens")
        self._leave(key, board, viewer)
        viewer.end()

    def _leave(self, key: str, board: _WatchedBoard, viewer: Viewer) -> None:
        """Remove a viewer, if it has not been removed yet; after the last one, stop polling the board."""
        if viewer in board.viewers:
            del board.viewers[viewer]
            self._total -= 1
            self._drop_unwatched(key, board)

    def _drop_unwatched(self, key: str, board: _WatchedBoard) -> None:
        """Stop polling a board if it has no viewers."""
        if board.viewers or board.joining:
            return
        board.poller.stop()
        if self._boards.get(key) is board:
            del self._boards[key]
