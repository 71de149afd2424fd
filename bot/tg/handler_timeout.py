"""Breaks off plain code that runs too long: a story that never ends would stop all that waits behind it."""

import ctypes
import inspect
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import FrameType, TracebackType

# A batch of 200 takes a twentieth of a second; this is far beyond any slow disk.
LONGEST_SECONDS = 10.0
# On a server, which itself ends a transaction that stands still after 4 s (bot/store): what hangs must be told before.
LONGEST_AT_SERVER_SECONDS = 3.0
# Code that swallows the error meets it again after so many seconds.
AGAIN_SECONDS = 1.0


class HandlerTimeoutError(Exception):
    """Code ran longer than allowed."""


class HandlerTimeout:
    """A limit of time for plain code, to be called as a context around it.

    In the main thread it works by SIGALRM, elsewhere by a second thread that watches. Code that does not come back to
    Python, such as a library written in C, is broken off when it does. Of other threads it limits one at a time.
    """

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self._seconds = seconds
        self._is_running = False
        self._guard = _Guard(seconds)

    def __call__(self) -> AbstractContextManager[None]:
        """Limit the code inside. Raises HandlerTimeoutError there."""
        return self._alarm() if threading.current_thread() is threading.main_thread() else self._guard

    @contextmanager
    def _alarm(self) -> Iterator[None]:
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
            raise _hangs(self._seconds)


def _hangs(seconds: float) -> HandlerTimeoutError:
    return HandlerTimeoutError(f"it ran longer than {seconds:g} s")


@dataclass(slots=True)
class _Inside:
    """Code under the limit: its thread, the frame that holds the context, and when the error is due."""

    thread: int
    frame: FrameType | None
    due: float


class _Guard(AbstractContextManager[None]):
    """The limit where no signal reaches: a thread that raises the error in another (Python/C API, "Async exceptions").

    The error may come up anywhere in the other thread, so also on the way out of the context. After the way out, at the
    latest where it is taken a second time, none is under way: both threads do what concerns it under one lock.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._is_needed = threading.Event()
        self._inside: _Inside | None = None
        self._watch: threading.Thread | None = None
        # Python raises a class, with no words; one made for these seconds has them.
        self._error = type("HandlerTimeoutError", (HandlerTimeoutError,), {"__init__": lambda one: _say(one, seconds)})

    def __enter__(self) -> None:
        caller = inspect.currentframe()
        frame = caller.f_back if caller else None
        if self._watch is None:
            self._watch = threading.Thread(target=self._look, name="time limit", daemon=True)
            self._watch.start()
        with self._lock:
            self._is_needed.set()
            self._inside = _Inside(threading.get_ident(), frame, time.monotonic() + self._seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Two steps: should the error come up in the first, there is a second before the next is due.
        try:
            self._let_out()
        finally:
            self._let_out()

    def _let_out(self) -> None:
        with self._lock:
            self._inside = None
            # One that was sent and has not come up yet must not come up outside.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(threading.get_ident()), None)

    def _look(self) -> None:
        while True:
            self._is_needed.wait()
            time.sleep(self._send_if_due())

    def _send_if_due(self) -> float:
        """Send the error to whoever is inside too long; give the seconds until the next look."""
        with self._lock:
            inside = self._inside
            if inside is None or not _is_under_way(inside):
                self._inside = None
                self._is_needed.clear()
                return 0.0
            left = inside.due - time.monotonic()
            if left > 0:
                return left
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(inside.thread), ctypes.py_object(self._error))
            inside.due = time.monotonic() + AGAIN_SECONDS
            return AGAIN_SECONDS


def _say(error: Exception, seconds: float) -> None:
    error.args = _hangs(seconds).args


def _is_under_way(inside: _Inside) -> bool:
    """Say whether a thread still runs what holds the context; an error may have thrown it out before its way out."""
    frame = sys._current_frames().get(inside.thread)  # noqa: SLF001 - the documented way to see another thread's stack
    while frame is not None and frame is not inside.frame:
        frame = frame.f_back
    return frame is not None
