"""Polls a board once for all of its viewers, and only while it has viewers."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.app.board import BoardView
from bot.board.board_source import BoardSource
from bot.board.snapshot import board_snapshot

_LOG = logging.getLogger(__name__)

# Per board: a projector and perhaps a screen for each pupil. In total: a load that one process serves easily.
MAX_VIEWERS = 100
MAX_VIEWERS_IN_TOTAL = 1000


@dataclass(frozen=True, slots=True)
class BoardEvent:
    """A snapshot as it is sent. Equal etags have equal ids, also after a restart of the server."""

    id: str
    data: str


def board_event(etag: str, view: BoardView) -> BoardEvent:
    """Create the event for a view. The etag must have been read before the view."""
    data = json.dumps(board_snapshot(view), ensure_ascii=False)
    return BoardEvent(hashlib.sha256(etag.encode()).hexdigest()[:16], data)


class BoardPoller:
    """Poller of one board.

    Attributes:
        is_gone: whether the board does not exist, or no longer exists.
        is_failing: whether the last attempt to read it failed.
    """

    def __init__(self, boards: BoardSource, key: str, poll_seconds: float) -> None:
        self.is_gone = False
        self.is_failing = False
        self._boards = boards
        self._key = key
        self._poll_seconds = poll_seconds
        self._etag: str | None = None
        self._event: BoardEvent | None = None
        self._stopped = False
        self._changed = asyncio.Event()
        self._polling = asyncio.create_task(self._poll())

    async def next_event(
        self, seen: BoardEvent | None, is_watching: Callable[[], bool] = lambda: True
    ) -> BoardEvent | None:
        """Wait for an event newer than ``seen`` and return the newest; return None at the end of the stream.

        ``is_watching`` returns whether the caller still waits; after a change of it, call ``wake_waiters``.
        """
        while not self._stopped and is_watching() and self._event is seen:
            await self._changed.wait()
        return self._event if is_watching() and not self._stopped else None

    async def wait_until_read(self) -> None:
        """Wait until the board was read, does not exist, or cannot be read."""
        while self._event is None and not self._stopped and not self.is_failing:
            await self._changed.wait()

    def stop(self) -> None:
        """Stop polling and wake all waiters."""
        self._polling.cancel()
        self._finish()

    async def _poll(self) -> None:
        """Read the board repeatedly until it is gone. Retry failures; log only the first of them."""
        while not self.is_gone:
            try:
                await self._read()
                self.is_failing = False
            except Exception:  # noqa: BLE001 - a projector must survive a failure of the database
                # Before the first snapshot there are no viewers; new ones are refused, which is logged elsewhere.
                if self._event and not self.is_failing:
                    _LOG.exception("Reading a board failed; retrying.")
                self.is_failing = True
                self.wake_waiters()
            await asyncio.sleep(self._poll_seconds)

    async def _read(self) -> None:
        etag = await self._boards.etag(self._key)
        if etag is not None and etag == self._etag:
            return
        view = await self._boards.view(self._key) if etag is not None else None
        if etag is None or view is None:
            self.is_gone = True
            self._finish()
            return
        self._event = board_event(etag, view)
        self._etag = etag
        self.wake_waiters()

    def _finish(self) -> None:
        self._stopped = True
        self.wake_waiters()

    def wake_waiters(self) -> None:
        """Wake all callers that wait now; later callers wait for the next change."""
        self._changed.set()
        self._changed = asyncio.Event()
