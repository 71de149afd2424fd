"""Rehearsals on the product's own bank."""

from pathlib import Path

import pytest

from bot.bank import load
from bot.core.question import Bank


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The product's own bank."""
    return load(Path(__file__).parents[2] / "questions.yaml")
