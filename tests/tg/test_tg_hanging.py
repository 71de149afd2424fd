"""Code that runs too long is broken off, and nothing else is."""

import signal
from itertools import count

import pytest

from bot.tg.hanging import HangsError, TimeLimit


def test_code_that_never_ends_is_broken_off() -> None:
    """An endless loop ends with an error where it runs."""
    with pytest.raises(HangsError, match=r"longer than 0\.02 s"), TimeLimit(0.02)():
        for _ in count():
            pass


def test_code_that_swallows_the_error_meets_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catching everything does not make a hang last for ever."""
    monkeypatch.setattr("bot.tg.hanging.AGAIN_SECONDS", 0.02)
    caught = 0
    with TimeLimit(0.02)():
        while caught < 3:
            try:
                for _ in count():
                    pass
            except HangsError:
                caught += 1
    assert caught == 3


def test_afterwards_no_alarm_is_left() -> None:
    """Whether the code ended or was broken off, no timer runs on and the signal is as it was before."""
    before = signal.getsignal(signal.SIGALRM)
    with TimeLimit(5)():
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    with pytest.raises(LookupError), TimeLimit(5)():
        raise LookupError
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before
