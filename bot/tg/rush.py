"""Tells a rush from what a process works off by itself. Counts what comes in, and asks no database."""

# About what one process works off in this time; shared, less would make more work than it is.
MANY, SECONDS = 1000, 1.0


class Rush:
    """Counts what comes in."""

    def __init__(self) -> None:
        self._began = 0.0
        self._count = 0

    def goes_on(self, more: int, now: float) -> bool:
        """Count what came now, in seconds; say, at each time that so many came in so short a time, that they did."""
        if now - self._began > SECONDS:
            self._began, self._count = now, 0
        self._count += more
        if self._count < MANY:
            return False
        self._began, self._count = now, 0
        return True
