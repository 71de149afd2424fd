"""The progress of a long command: on a terminal one line that is overwritten, elsewhere a line per stage."""

from collections.abc import Callable
from typing import Self, TextIO

_TO_THE_END = "\x1b[K"
"""Clears the rest of a terminal's line (ECMA-48, "EL")."""


class ProgressLine:
    """The progress line of one command.

    Args:
        out: the output, such as standard error.
        seconds: a monotonic clock.
    """

    def __init__(self, out: TextIO, seconds: Callable[[], float]) -> None:
        self._out = out
        self._seconds = seconds
        self._is_terminal = out.isatty()
        self._stage = ""
        self._done = 0
        self._first, self._began = 0, 0.0

    def show(self, stage: str, done: int, of: int) -> None:
        """Show the stage, and how many of its rows are done."""
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
        """Format the rate, and the remaining time at this rate."""
        if done == self._first or now <= self._began:
            return ""
        pace = (done - self._first) / (now - self._began)
        minutes, seconds = divmod(round((of - done) / pace), 60)
        return f"  {pace:,.0f} rows/s  {minutes}:{seconds:02} left"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        """End the line, so that later output begins on a new one."""
        if self._is_terminal and self._stage:
            self._out.write("\n")
            self._out.flush()


def _share(done: int, of: int) -> str:
    return f"{done / of if of else 1:4.0%}  {done:,} of {of:,} rows"
