"""How long somebody who sent wrong class codes waits before the next one is read, so that codes cannot be guessed."""

from datetime import datetime, timedelta

# A pupil who reads a code from a wall is right at the second or third try.
FREE_GUESSES = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(hours=1)
_MOST_DOUBLINGS = 8


def count_guess(wrong: int, last: datetime | None, now: datetime) -> int:
    """Return how many wrong codes count once another one came; those before an hour without any are forgotten."""
    is_forgotten = last is None or now - last >= FORGOTTEN_AFTER
    return 1 if is_forgotten else wrong + 1


def wait_after(wrong: int, last: datetime | None, now: datetime) -> timedelta:
    """Return how long no code is read yet: after ten wrong ones half a minute, then twice as long each time."""
    if last is None or wrong < FREE_GUESSES or now - last >= FORGOTTEN_AFTER:
        return timedelta(0)
    wait = FIRST_WAIT * (1 << min(wrong - FREE_GUESSES, _MOST_DOUBLINGS))
    return max(last + min(wait, LONGEST_WAIT) - now, timedelta(0))
