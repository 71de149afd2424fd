"""Sizes of the measurements, and functions that several scenarios share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from stage import Stage
from targets import Target

Measured = dict[str, float]
SETUP_LIMIT = 180.0


@dataclass(frozen=True)
class Plan:
    """Sizes of the measurements.

    Attributes:
        seconds: length of each measured window.
        learners: number of learners with concurrent quizzes in the solo and paced scenarios.
        people: number of people who vote at once.
        far: the simulated round trip to Telegram, in seconds.
        rate, busy_rate: answers a second in the paced scenario, and in the busy one with four times the learners.
        hour_answers: number of answers that stand for an hour.
        wrong_share: share of wrong answers, 0 to 1.
    """

    seconds: float
    learners: int
    people: int
    far: float
    rate: float
    busy_rate: float
    hour_answers: int
    wrong_share: float

    def habits(self, count: int) -> tuple[str, ...]:
        """Return the fake's command-line options for this many learners."""
        return ("--learners", str(count), "--wrong-share", str(self.wrong_share))


class Scenario(NamedTuple):
    """A measurement, and a predicate for the targets that it suits."""

    measure: Callable[[Target, Plan, Path], Measured]
    suits: Callable[[Target], bool] = lambda _target: True


def open_everywhere(stage: Stage, people: int) -> None:
    """Start everybody's quiz and wait until everybody has an open question, which stays unanswered."""
    stage.control("start_quizzes", 1)
    stage.wait(f"an open question for each of {people} people", lambda now: bool(now["open"] >= people), SETUP_LIMIT)


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the p50 and p99 of at least two durations, in ms."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[98] * 1000
