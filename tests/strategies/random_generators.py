"""Random generators with a fixed seed."""

from random import Random


def seeded_rng(seed: int = 0) -> Random:
    """Return a random generator with this seed."""
    return Random(seed)  # noqa: S311 - shuffling options is no secret
