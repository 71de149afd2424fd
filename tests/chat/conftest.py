"""A conversation with the bot, on the product's own bank."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from talk import Talk

from bot.bank import load
from bot.core.question import Bank


@pytest.fixture(scope="session")
def bank() -> Bank:
    return load(Path(__file__).parents[2] / "questions.yaml")


@pytest.fixture
async def talk(bank: Bank, tmp_path: Path) -> AsyncIterator[Talk]:
    conversation = Talk(bank, f"sqlite:///{tmp_path}/bot.sqlite3")
    await conversation.start()
    yield conversation
    await conversation.stop()
    conversation.close()
