"""The order of options: fixed for each seed, and uniformly distributed."""

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
def test_the_order_of_a_seed_never_changes(count: int, seed: int, order: tuple[int, ...]) -> None:
    """The order of a seed stays the same, since open questions are marked by it after an upgrade: change no row."""
    assert shuffled(count, seed) == order


def test_every_order_is_equally_likely() -> None:
    """Over many rounds each order occurs equally often, within five standard deviations."""
    found = Counter(shuffled(OPTIONS, seed) for seed in range(SEEDS))
    expected = SEEDS / factorial(OPTIONS)
    assert len(found) == factorial(OPTIONS)
    assert all(abs(count - expected) < 5 * sqrt(expected) for count in found.values())
