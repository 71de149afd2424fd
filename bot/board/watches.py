"""All watched boards, and how their screens share a limited number of streams.

The shares are fair by board (max-min fairness), never by address: a whole school has one.
"""

from collections.abc import Callable
from typing import Literal

from bot.board import watch
from bot.board.boards import Boards
from bot.board.watch import Frame, Watch

# Why a screen cannot watch a board.
Refusal = Literal["gone", "screens", "unreadable"]


class Watcher:
    """One screen that watches a board."""

    def __init__(self, watched: Watch, leave: Callable[["Watcher"], None]) -> None:
        self._watch = watched
        self._leave = leave
        self._goes_on = True

    async def frame_after(self, seen: Frame | None) -> Frame | None:
        """Wait for a picture newer than the one seen, and return the newest; None once there will be none."""
        return await self._watch.frame_after(seen, lambda: self._goes_on)

    def leave(self) -> None:
        """Watch no more."""
        self._leave(self)

    def end(self) -> None:
        """End the stream of this screen, and no other."""
        self._goes_on = False
        self._watch.tell()


class _Board:
    """One board with its screens, in the order in which they came; ``joining`` counts those that do not know it yet."""

    def __init__(self, watched: Watch) -> None:
        self.watch = watched
        self.joining = 0
        self.watchers: dict[Watcher, None] = {}


class Watches:
    """All watched boards.

    Args:
        poll_seconds: how often the stamp of a watched board is read.
        most: how many screens may watch all boards, should that be fewer than usual.
        on_refusal: called with ``screens`` whenever a screen is refused, or gives way to one of a smaller board.
    """

    def __init__(self, boards: Boards, poll_seconds: float, most: int, on_refusal: Callable[[str], None]) -> None:
        self._boards = boards
        self._poll_seconds = poll_seconds
        self._most = most
        self._on_refusal = on_refusal
        self._watched: dict[str, _Board] = {}
        self._in_all = 0
        self._closed = False

    def is_watched(self, key: str) -> bool:
        """Return whether somebody watches this board already, so that it is known to exist."""
        board = self._watched.get(key)
        return board is not None and bool(board.watchers) and not board.watch.is_gone

    def is_full(self, key: str) -> bool:
        """Return whether no screen more can watch this board: there are too many, or the server stops."""
        if self._closed or self._count(key) >= watch.MOST_WATCHERS:
            return True
        return self._is_full_in_all() and self._largest_above(key) is None

    async def join(self, key: str) -> Watcher | Refusal:
        """Watch a board once it was read.

        Where all boards together are full, a screen of the board with the most gives way, as long as that board keeps
        no fewer than this one gets. The newest gives way: the projector comes before the pupils' own screens.
        """
        if self.is_full(key):
            return self._refuse("screens")
        board = self._watched.get(key)
        if board is None or board.watch.is_gone:
            board = self._watched[key] = _Board(Watch(self._boards, key, self._poll_seconds))
        board.joining += 1
        try:
            await board.watch.first_look()
            return self._add(key, board)
        finally:
            board.joining -= 1
            self._drop_unwatched(key, board)

    def _add(self, key: str, board: _Board) -> Watcher | Refusal:
        """Add a screen to a board that was read."""
        if board.watch.is_gone:
            return "gone"
        if board.watch.is_failing and not board.watchers:
            return self._refuse("unreadable")
        if self.is_full(key):
            return self._refuse("screens")
        if self._is_full_in_all() and (largest := self._largest_above(key)):
            self._evict(largest)
        watcher = Watcher(board.watch, lambda one: self._leave(key, board, one))
        board.watchers[watcher] = None
        self._in_all += 1
        return watcher

    def _refuse(self, why: Refusal) -> Refusal:
        self._on_refusal(why)
        return why

    def close(self) -> None:
        """End every watch; the server stops."""
        self._closed = True
        for board in self._watched.values():
            board.watch.end()

    def _is_full_in_all(self) -> bool:
        return self._in_all >= min(watch.MOST_WATCHERS_IN_ALL, self._most)

    def _count(self, key: str) -> int:
        board = self._watched.get(key)
        return len(board.watchers) if board else 0

    def _largest_above(self, key: str) -> str | None:
        """Return the board with the most screens, if it has two more than this one; else None."""
        largest = max(self._watched, key=self._count, default=None)
        return largest if largest is not None and self._count(largest) > self._count(key) + 1 else None

    def _evict(self, key: str) -> None:
        """End the newest stream of a board."""
        board = self._watched[key]
        watcher = next(reversed(board.watchers))
        self._on_refusal("screens")
        self._leave(key, board, watcher)
        watcher.end()

    def _leave(self, key: str, board: _Board, watcher: Watcher) -> None:
        """Remove a screen, unless it was removed before; with the last one the board is read no more."""
        if watcher in board.watchers:
            del board.watchers[watcher]
            self._in_all -= 1
            self._drop_unwatched(key, board)

    def _drop_unwatched(self, key: str, board: _Board) -> None:
        """Read a board no more that nobody watches."""
        if board.watchers or board.joining:
            return
        board.watch.end()
        if self._watched.get(key) is board:
            del self._watched[key]
