"""The order of options: the same for a seed for ever, and each as likely as any other."""

from collections import Counter
from math import factorial, sqrt

import pytest

from bot.core.choices import MOST_OPTIONS, shuffled

SEEDS = 24_000
OPTIONS = 4


@pytest.mark.parametrize(
    ("count", "seed", "order"),
    [
        (0, 1, ()),
        (1, 1, (0,)),
        (4, 1001, (0, 1, 3, 2)),
        (4, 1002, (1, 2, 0, 3)),
        (MOST_OPTIONS, 7, (8, 2, 4, 7, 10, 0, 6, 9, 11, 3, 1, 5)),
    ],
)
def test_the_order_never_changes(count: int, seed: int, order: tuple[int, ...]) -> None:
    """A question that is open while the bot is upgraded is marked as it was put: change no line here."""
    assert shuffled(count, seed) == order


def test_every_order_is_as_likely() -> None:
    """No place tells what is right: among many rounds each order comes as often, within five standard deviations."""
    found = Counter(shuffled(OPTIONS, seed) for seed in range(SEEDS))
    expected = SEEDS / factorial(OPTIONS)
    assert len(found) == factorial(OPTIONS)
    assert all(abs(count - expected) < 5 * sqrt(expected) for count in found.values())
