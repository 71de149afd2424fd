"""Reads boards for everybody who watches them: once for all screens of a board, and never for none."""

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
        is_gone: whether there is no such board, or no more.
        is_failing: whether it could not be read the last time.
    """

    def __init__(self, boards: Boards, key: str, poll_seconds: float) -> None:
        self.is_gone = False
        self.is_failing = False
        self._boards = boards
        self._key = key
        self._poll_seconds = poll_seconds
        self._stamp: str | None = None
        self._frame: Frame | None = None
        self._ended = False
        self._news = asyncio.Event()
        self._looking = asyncio.create_task(self._look_on())

    async def frame_after(self, seen: Frame | None, goes_on: Callable[[], bool] = lambda: True) -> Frame | None:
        """Wait for a picture newer than the one seen, and return the newest; None once there will be none.

        ``goes_on`` says whether the caller still wants one; who changes that calls ``tell``.
        """
        while not self._ended and goes_on() and self._frame is seen:
            await self._news.wait()
        return self._frame if goes_on() and not self._ended else None

    async def first_look(self) -> None:
        """Wait until the board was read, is found not to exist, or cannot be read."""
        while self._frame is None and not self._ended and not self.is_failing:
            await self._news.wait()

    def end(self) -> None:
        """End; nobody waits any more."""
        self._looking.cancel()
        self._finish()

    async def _look_on(self) -> None:
        """Read until the board is gone. What fails is tried again at the next look, and logged once."""
        while not self.is_gone:
            try:
                await self._look()
                self.is_failing = False
            except Exception:  # noqa: BLE001 - a projector must outlive a database that stumbles
                # Before the first picture nobody watches yet: whoever wants to is refused, which is logged as such.
                if self._frame and not self.is_failing:
                    _LOG.exception("A board cannot be read; it is tried again.")
                self.is_failing = True
                self.tell()
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
        self.tell()

    def _finish(self) -> None:
        self._ended = True
        self.tell()

    def tell(self) -> None:
        """Wake everybody who waits; a later caller waits for the next time."""
        self._news.set()
        self._news = asyncio.Event()
