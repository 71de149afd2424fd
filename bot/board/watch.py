"""Looks at boards for everybody who watches them: one look for all who watch the same one, and none for nobody."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.app.board import BoardView
from bot.board.boards import Boards
from bot.board.picture import picture_of

_LOG = logging.getLogger(__name__)

# A class has one projector and perhaps its pupils' own screens; in all, what one process serves with ease.
MOST_WATCHERS = 100
MOST_WATCHERS_IN_ALL = 1000


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture as it is sent. ``id`` is the same for the same stamp, after a restart of the server as well."""

    id: str
    data: str


def frame_of(stamp: str, view: BoardView) -> Frame:
    """Picture a view whose stamp was taken before it."""
    data = json.dumps(picture_of(view), ensure_ascii=False)
    return Frame(hashlib.sha256(stamp.encode()).hexdigest()[:16], data)


class Watch:
    """One board that is watched.

    Attributes:
        watchers: how many watch it.
        is_gone: whether there is no such board, or no more.
    """

    def __init__(self, boards: Boards, key: str, poll_seconds: float) -> None:
        self.watchers = 0
        self.is_gone = False
        self._boards = boards
        self._key = key
        self._poll_seconds = poll_seconds
        self._stamp: str | None = None
        self._frame: Frame | None = None
        self._ended = False
        self._news = asyncio.Event()
        self._looking = asyncio.create_task(self._look_on())

    async def frame_after(self, seen: Frame | None) -> Frame | None:
        """Wait for a picture newer than the one seen, and give the newest; None once there will be none."""
        while not self._ended and self._frame is seen:
            await self._news.wait()
        return None if self._ended else self._frame

    def end(self) -> None:
        """Look no more, and let everybody who waits go."""
        self._looking.cancel()
        self._finish()

    async def _look_on(self) -> None:
        """Look until the board is gone. What fails is tried again at the next look, and told once."""
        failing = False
        while not self.is_gone:
            try:
                await self._look()
                failing = False
            except Exception:  # noqa: BLE001 - a projector must outlive a database that stumbles
                if not failing:
                    _LOG.exception("A board cannot be read; it is tried again.")
                failing = True
            await asyncio.sleep(self._poll_seconds)

    async def _look(self) -> None:
        stamp = await self._boards.stamp(self._key)
        if stamp is not None and stamp == self._stamp:
            return
        view = await self._boards.view(self._key) if stamp is not None else None
        if stamp is None or view is None:
            self.is_gone = True
            self._finish()
            return
        self._frame = frame_of(stamp, view)
        self._stamp = stamp
        self._tell()

    def _finish(self) -> None:
        self._ended = True
        self._tell()

    def _tell(self) -> None:
        """Wake everybody who waits; who comes later waits for the next time."""
        self._news.set()
        self._news = asyncio.Event()


class Watches:
    """All boards that are watched."""

    def __init__(self, boards: Boards, poll_seconds: float) -> None:
        self._boards = boards
        self._poll_seconds = poll_seconds
        self._watches: dict[str, Watch] = {}
        self._closed = False

    def is_full(self, key: str) -> bool:
        """Say whether nobody more can watch this board, for there are too many, or the server stops."""
        watch = self._watches.get(key)
        in_all = sum(watch.watchers for watch in self._watches.values())
        return self._closed or in_all >= MOST_WATCHERS_IN_ALL or (watch is not None and watch.watchers >= MOST_WATCHERS)

    def join(self, key: str) -> tuple[Watch, Callable[[], None]]:
        """Watch a board; the second value is to be called once, when one has seen enough."""
        watch = self._watches.get(key)
        if watch is None or watch.is_gone:
            watch = self._watches[key] = Watch(self._boards, key, self._poll_seconds)
        watch.watchers += 1
        return watch, lambda: self._leave(key, watch)

    def close(self) -> None:
        """End every watch; the server stops."""
        self._closed = True
        for watch in self._watches.values():
            watch.end()

    def _leave(self, key: str, watch: Watch) -> None:
        watch.watchers -= 1
        if watch.watchers:
            return
        watch.end()
        if self._watches.get(key) is watch:
            del self._watches[key]
