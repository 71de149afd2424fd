"""Time limit for synchronous code: a handler that never ends would stop everything behind it."""

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

# A batch of 200 takes 0.05 s; this is far longer, even on a slow disk.
LONGEST_SECONDS = 10.0
# With a server, which itself ends an idle transaction after 4 s (bot/store): the error must come first.
LONGEST_AT_SERVER_SECONDS = 3.0
# Code that suppresses the error gets it again after this many seconds.
AGAIN_SECONDS = 1.0


class HandlerTimeoutError(Exception):
    """The code ran longer than allowed."""


class HandlerTimeout:
    """Time limit for synchronous code, used as a context manager around it.

    In the main thread it uses SIGALRM, elsewhere a second thread. Code that does not return to Python, such as a C
    library, is interrupted when it does. Outside the main thread it limits one thread at a time.
    """

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self._seconds = seconds
        self._is_running = False
        self._guard = _Guard(seconds)

    def __call__(self) -> AbstractContextManager[None]:
        """Limit the code inside the block; HandlerTimeoutError is raised there."""
        return self._alarm() if threading.current_thread() is threading.main_thread() else self._guard

    @contextmanager
    def _alarm(self) -> Iterator[None]:
        before = signal.signal(signal.SIGALRM, self._ring)
        self._is_running = True
        signal.setitimer(signal.ITIMER_REAL, self._seconds, AGAIN_SECONDS)
        try:
            # Two steps: if the alarm fires between them, the timer is stopped all the same.
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
    """Code under the limit: its thread, the frame of the block, and when the error is due."""

    thread: int
    frame: FrameType | None
    due: float


class _Guard(AbstractContextManager[None]):
    """Limit outside the main thread: a thread that raises the error in another (Python/C API, "Async exceptions").

    The error may be raised anywhere in the other thread, even while the block is left. Once it has been left, no error
    is pending: both threads change the state under one lock.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._is_needed = threading.Event()
        self._inside: _Inside | None = None
        self._watch: threading.Thread | None = None
        # Python raises a class, without arguments; a class created for this limit has the message.
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
        # Two steps: if the error is raised in the first, the next one is a second away.
        try:
            self._let_out()
        finally:
            self._let_out()

    def _let_out(self) -> None:
        with self._lock:
            self._inside = None
            # An error that was sent and not raised yet must not be raised outside the block.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(threading.get_ident()), None)

    def _look(self) -> None:
        while True:
            self._is_needed.wait()
            time.sleep(self._send_if_due())

    def _send_if_due(self) -> float:
        """Raise the error in a thread that is inside for too long; return the seconds until the next check."""
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
    """Return whether a thread still runs the frame of the block; an error may have left it earlier."""
    frame = sys._current_frames().get(inside.thread)  # noqa: SLF001 - the documented way to see another thread's stack
    while frame is not None and frame is not inside.frame:
        frame = frame.f_back
    return frame is not None
