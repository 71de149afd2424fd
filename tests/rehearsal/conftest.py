"""Fixtures of the rehearsal tests."""

from pathlib import Path

import pytest

from bot.bank import load
from bot.core.question import Bank


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bundled question bank."""
    return load(Path(__file__).parents[2] / "questions.yaml")
