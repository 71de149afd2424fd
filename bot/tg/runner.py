"""Runs the stories: plain code beside the event loop, one transaction after another."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

R = TypeVar("R")

# Longer than a usual transaction, and too short for anybody to feel.
LONGEST_BREATH = 0.02


class EndedError(RuntimeError):
    """Nothing is run any more: the bot ends."""


class HandlerRunner:
    """Runs functions one after another, in the order in which they were given.

    Args:
        in_thread: True where the database is elsewhere, so that waiting for it holds up nothing else. SQLite is worked
            in the loop itself: it lets go of Python's lock at every row, and a thread beside the loop then loses a
            quarter of the time in taking turns (measured by bench/run.py).
    """

    def __init__(self, *, in_thread: bool) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="stories") if in_thread else None

    async def call(self, function: Callable[..., R], *arguments: object) -> R:
        """Run a function and return what it returns.

        Raises:
            EndedError: the runner was closed.
            RuntimeError: the function let a cancellation out; else whatever the function raises.
        """
        if self._executor is None:
            await asyncio.sleep(0)
            return run_contained(function, *arguments)
        try:
            running = asyncio.get_running_loop().run_in_executor(self._executor, run_contained, function, *arguments)
        except RuntimeError as error:
            raise EndedError("the bot has ended") from error
        return await running

    async def beat(self) -> None:
        """Return once a story could have run: what hangs lets nobody return."""
        await self.call(_rest)

    def close(self) -> None:
        """End when what was given is done."""
        if self._executor:
            self._executor.shutdown()


def _rest() -> None:
    """Do nothing."""


def run_contained(function: Callable[..., R], *arguments: object) -> R:
    """Call a function whose faults must be nothing but errors.

    A CancelledError out of plain code would pass for the end of the whole part of the program that awaits it, and end
    that without a word.
    """
    try:
        return function(*arguments)
    except asyncio.CancelledError as error:
        raise RuntimeError("a cancellation came out of plain code") from error


async def run_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for work to end, even when cancelled meanwhile: what reached the database cannot be called back.

    Raises what the work raises; but who was cancelled hears of that alone, or it might not end.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()
        raise


async def take_breath(began: float) -> None:
    """Rest as long as the work took that began then: what comes meanwhile is worked together.

    A transaction costs much the same whether it is about one update or twenty.

    Args:
        began: as the event loop tells time.
    """
    await asyncio.sleep(min(LONGEST_BREATH, asyncio.get_running_loop().time() - began))
