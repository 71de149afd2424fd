"""Waiting times after wrong class codes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.guess_limit import FORGOTTEN_AFTER, FREE_GUESSES, LONGEST_WAIT, count_guess, wait_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "seconds"), [(0, 0), (1, 0), (9, 0), (10, 30), (11, 60), (12, 120), (14, 480), (15, 600), (10**9, 600)]
)
def test_a_wait_grows_after_ten_wrong_codes(wrong: int, seconds: int) -> None:
    """There is no wait before the tenth wrong code; from then on it doubles with each, up to ten minutes."""
    assert wait_after(wrong, NOW, NOW) == timedelta(seconds=seconds)


def test_a_wait_passes() -> None:
    """The time since the last wrong code is part of the wait."""
    assert wait_after(10, NOW, NOW + timedelta(seconds=20)) == timedelta(seconds=10)
    assert wait_after(10, NOW, NOW + timedelta(seconds=30)) == timedelta(0)


def test_wrong_codes_are_forgotten() -> None:
    """After an hour without a wrong code the count restarts."""
    assert count_guess(0, None, NOW) == 1
    assert count_guess(9, NOW, NOW + timedelta(minutes=59)) == 10
    assert count_guess(15, NOW, NOW + FORGOTTEN_AFTER) == 1
    assert wait_after(15, NOW, NOW + FORGOTTEN_AFTER) == timedelta(0)


@given(st.lists(st.integers(0, 3600), max_size=60))
def test_the_rate_of_guesses_is_limited(pauses: list[int]) -> None:
    """In any sequence of guesses, ten minutes allow ten of them and those after the waits."""
    wrong, last, now, read = 0, None, NOW, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if not wait_after(wrong, last, now):
            wrong, last = count_guess(wrong, last, now), now
            read.append(now)
    for start in read:
        assert sum(start <= one < start + LONGEST_WAIT for one in read) <= FREE_GUESSES + 5
