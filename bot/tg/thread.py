"""The one thread in which all stories run: plain code beside the event loop, one transaction after another."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

R = TypeVar("R")


class StoryThread:
    """Runs functions one after another in a thread of their own, in the order in which they were given."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="stories")

    async def call(self, function: Callable[..., R], *arguments: object) -> R:
        """Run a function there and give what it gives."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)

    def close(self) -> None:
        """End the thread when what it was given is done."""
        self._executor.shutdown()


async def finished(work: Coroutine[Any, Any, None]) -> None:
    """Wait for work to end, even when cancelled meanwhile: what reached the thread cannot be called back."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
