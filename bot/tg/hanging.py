"""Breaks off plain code that runs too long: with SQLite the stories run in the event loop, and one would stop all."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# A batch of 200 takes a twentieth of a second; this is far beyond any slow disk.
LONGEST_SECONDS = 10.0
# Code that swallows the error meets it again after so many seconds.
AGAIN_SECONDS = 1.0


class HangsError(Exception):
    """Code ran longer than allowed."""


class TimeLimit:
    """A limit of time for plain code, to be called as a context around it.

    It works by SIGALRM, so in the main thread alone: elsewhere code has as long as it takes. Code that never comes back
    to Python, such as a library written in C, is broken off when it does.
    """

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self._seconds = seconds
        self._is_running = False

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Limit the code inside. Raises HangsError there."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGALRM, self._ring)
        self._is_running = True
        signal.setitimer(signal.ITIMER_REAL, self._seconds, AGAIN_SECONDS)
        try:
            # Two steps: should it ring between them, the timer is stopped all the same.
            try:
                yield
            finally:
                self._is_running = False
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_running:
            raise HangsError(f"it ran longer than {self._seconds:g} s")
