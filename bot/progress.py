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
        self._began = (0, seconds())

    def show(self, stage: str, done: int, of: int) -> None:
        """Say which stage it is, and how much is done of how much."""
        if done <= self._began[0] or not self._stage:
            self._began = done, self._seconds()
        if self._is_terminal:
            self._out.write(f"\r{stage}  {_share(done, of)}{self._pace(done, of)}{_TO_THE_END}")
        elif stage != self._stage:
            self._out.write(f"{stage}  {_share(done, of)}\n")
        self._out.flush()
        self._stage = stage

    def _pace(self, done: int, of: int) -> str:
        """Say how fast it goes, and how long it takes yet at that pace."""
        first, moment = self._began
        passed = self._seconds() - moment
        if done == first or passed <= 0:
            return ""
        pace = (done - first) / passed
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
