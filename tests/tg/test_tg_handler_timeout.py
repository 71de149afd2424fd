"""Code that runs too long is broken off, and nothing else is."""

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from random import Random
from typing import TypeVar

import pytest

from bot.tg.handler_timeout import HandlerTimeout, HandlerTimeoutError

R = TypeVar("R")


def test_code_that_never_ends_is_broken_off() -> None:
    """An endless loop ends with an error where it runs."""
    with pytest.raises(HandlerTimeoutError, match=r"longer than 0\.02 s"), HandlerTimeout(0.02)():
        for _ in count():
            pass


def test_code_that_swallows_the_error_meets_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catching everything does not make a hang last for ever."""
    monkeypatch.setattr("bot.tg.handler_timeout.AGAIN_SECONDS", 0.02)
    caught = 0
    with HandlerTimeout(0.02)():
        while caught < 3:
            try:
                for _ in count():
                    pass
            except HandlerTimeoutError:
                caught += 1
    assert caught == 3


def test_afterwards_no_alarm_is_left() -> None:
    """Whether the code ended or was broken off, no timer runs on and the signal is as it was before."""
    before = signal.getsignal(signal.SIGALRM)
    with HandlerTimeout(5)():
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    with pytest.raises(LookupError), HandlerTimeout(5)():
        raise LookupError
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def in_thread(function: Callable[[], R]) -> R:
    """Run plain code as the stories of a bot on a server run."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(function).result()


def spin(seconds: float) -> None:
    """Run a busy loop in Python code for this many seconds."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def hang() -> None:
    """Run into a short limit."""
    with HandlerTimeout(0.02)():
        spin(60)


def test_in_a_thread_code_that_never_ends_is_broken_off() -> None:
    """Where no signal reaches, an endless loop ends with the same error."""
    with pytest.raises(HandlerTimeoutError, match=r"longer than 0\.02 s"):
        in_thread(hang)


def test_in_a_thread_code_that_swallows_the_error_meets_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catching everything does not make a hang last for ever there, either."""
    monkeypatch.setattr("bot.tg.handler_timeout.AGAIN_SECONDS", 0.02)

    def swallow() -> int:
        caught = 0
        with HandlerTimeout(0.02)():
            while caught < 3:
                try:
                    spin(60)
                except HandlerTimeoutError:
                    caught += 1
        return caught

    assert in_thread(swallow) == 3


def test_in_a_thread_nothing_is_raised_after_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that ends just when the limit comes meets the error inside or never; so does what follows at once."""
    monkeypatch.setattr("bot.tg.handler_timeout.AGAIN_SECONDS", 0.001)
    limit, rng = HandlerTimeout(0.002), Random(5)  # noqa: S311 - no secrets here
    ended = {"in time": 0, "too late": 0}

    def once() -> None:
        try:
            with limit():
                spin(rng.uniform(0.0015, 0.0025))
        except HandlerTimeoutError:
            ended["too late"] += 1
        else:
            ended["in time"] += 1

    def often() -> None:
        for _ in range(300):
            once()
            spin(0.0005)

    in_thread(often)
    assert sum(ended.values()) == 300
    assert ended["too late"]


def test_in_a_thread_the_limit_begins_anew_each_time() -> None:
    """Many that are short are no hang, however long they last together."""
    limit = HandlerTimeout(0.2)

    def many() -> None:
        for _ in range(12):
            with limit():
                spin(0.03)

    in_thread(many)
