"""Waiting times after wrong class codes, so that codes cannot be guessed."""

from datetime import datetime, timedelta

# A pupil who reads a code from a wall needs two or three attempts.
FREE_GUESSES = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(hours=1)
_MOST_DOUBLINGS = 8


def count_guess(wrong: int, last: datetime | None, now: datetime) -> int:
    """Return the number of wrong codes after another one; the count restarts after an hour without any."""
    is_forgotten = last is None or now - last >= FORGOTTEN_AFTER
    return 1 if is_forgotten else wrong + 1


def wait_after(wrong: int, last: datetime | None, now: datetime) -> timedelta:
    """Return the time until the next code is read: 30 s after ten wrong codes, doubled with each further one."""
    if last is None or wrong < FREE_GUESSES or now - last >= FORGOTTEN_AFTER:
        return timedelta(0)
    wait = FIRST_WAIT * (1 << min(wrong - FREE_GUESSES, _MOST_DOUBLINGS))
    return max(last + min(wait, LONGEST_WAIT) - now, timedelta(0))
