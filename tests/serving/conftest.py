"""Runs every test here on asyncio's own event loop and on uvloop, which the bot uses where it is available."""

import asyncio
from collections.abc import Callable

import pytest
import uvloop


def pytest_asyncio_loop_factories(
    config: pytest.Config,  # noqa: ARG001 - the hook's signature
    item: pytest.Item,  # noqa: ARG001 - the same
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Return the factories of event loops by name."""
    return {"asyncio": asyncio.SelectorEventLoop, "uvloop": uvloop.new_event_loop}
