"""Dice that fall as a seed says."""

from random import Random


def dice(seed: int = 0) -> Random:
    """Give dice that fall as the seed says."""
    return Random(seed)  # noqa: S311 - shuffling options is no secret
