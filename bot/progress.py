"""Shows how far a long command is: on a terminal one line that is written over, elsewhere a line for each stage."""

from collections.abc import Callable
from typing import Self, TextIO

_TO_THE_END = "\x1b[K"
"""Clears a terminal's line from here on (ECMA-48, "EL")."""


class ProgressLine:
    """One line about one piece of work.

    Args:
        out: where it goes, such as standard error.
        seconds: a clock that only ever goes on.
    """

    def __init__(self, out: TextIO, seconds: Callable[[], float]) -> None:
        self._out = out
        self._seconds = seconds
        self._is_terminal = out.isatty()
        self._stage = ""
        self._done = 0
        self._first, self._began = 0, 0.0

    def show(self, stage: str, done: int, of: int) -> None:
        """Say which stage it is, and how much is done of how much."""
        now = self._seconds()
        if done <= self._done or not self._stage:
            self._first, self._began = done, now
        if self._is_terminal:
            self._out.write(f"\r{stage}  {_share(done, of)}{self._pace(done, of, now)}{_TO_THE_END}")
        elif stage != self._stage:
            self._out.write(f"{stage}  {_share(done, of)}\n")
        self._out.flush()
        self._stage, self._done = stage, done

    def _pace(self, done: int, of: int, now: float) -> str:
        """Say how fast it goes, and how long it takes yet at that pace."""
        if done == self._first or now <= self._began:
            return ""
        pace = (done - self._first) / (now - self._began)
        minutes, seconds = divmod(round((of - done) / pace), 60)
        return f"  {pace:,.0f} rows/s  {minutes}:{seconds:02} left"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        """Leave the line as it is, and let what follows begin on a new one."""
        if self._is_terminal and self._stage:
            self._out.write("\n")
            self._out.flush()


def _share(done: int, of: int) -> str:
    return f"{done / of if of else 1:4.0%}  {done:,} of {of:,} rows"
