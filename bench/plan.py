"""How much is measured, and what several scenarios do alike. Prints nothing."""

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
    """How much to measure.

    Attributes:
        seconds: length of each measured window.
        learners: how many take quizzes side by side in the solo loop and in the paced run.
        people: how many votes pour in at once, one a person.
        far: the simulated distance to Telegram, seconds of round trip.
        rate, busy_rate: answers a second in the paced run, and in the busy one, where four times the learners are.
        hour_answers: how many answers stand for an hour.
        wrong_share: how often learners answer wrong, 0 to 1.
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
        """Give the fake's options for so many learners."""
        return ("--learners", str(count), "--wrong-share", str(self.wrong_share))


class Scenario(NamedTuple):
    """Something to measure, and who can be measured in it."""

    measure: Callable[[Target, Plan, Path], Measured]
    suits: Callable[[Target], bool] = lambda _target: True


def open_everywhere(stage: Stage, people: int) -> None:
    """Put a question before everybody, and let it stand there."""
    stage.order("begin", 1)
    stage.wait(f"a question before each of {people} people", lambda now: bool(now["open"] >= people), SETUP_LIMIT)


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Give the p50 and p99 of at least two durations, in ms."""
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[98] * 1000
