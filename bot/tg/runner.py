"""Runner of handlers: synchronous code beside the event loop, one transaction after another."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

R = TypeVar("R")

# Longer than a usual transaction, and too short to be noticed.
LONGEST_BREATH = 0.02


class EndedError(RuntimeError):
    """The runner is closed because the bot stops."""


class HandlerRunner:
    """Runner that executes functions one after another, in the order of the calls.

    Args:
        in_thread: True for a remote database, so that waiting for it blocks nothing else. SQLite is used in the event
            loop itself: it releases the GIL at every row, and a thread beside the loop would lose a quarter of the
            time in switching (measured by bench/run.py).
    """

    def __init__(self, *, in_thread: bool) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="stories") if in_thread else None

    async def call(self, function: Callable[..., R], *arguments: object) -> R:
        """Run a function and return its result.

        Raises:
            EndedError: the runner was closed.
            RuntimeError: the function raised CancelledError; any other exception of the function is passed on.
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
        """Return once a function could have run; a function that hangs delays this."""
        await self.call(_rest)

    def close(self) -> None:
        """Close after the submitted functions have ended."""
        if self._executor:
            self._executor.shutdown()


def _rest() -> None:
    """Do nothing."""


def run_contained(function: Callable[..., R], *arguments: object) -> R:
    """Call a function, and convert cancellations that it raises into errors.

    A CancelledError from synchronous code would silently cancel the task that awaits it.
    """
    try:
        return function(*arguments)
    except asyncio.CancelledError as error:
        raise RuntimeError("a cancellation came out of plain code") from error


async def run_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for a coroutine to end, even when cancelled: what reached the database cannot be undone.

    Raises its exception, except after a cancellation: then only CancelledError, so that the task ends.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()
        raise


async def rest_after_work(began: float) -> None:
    """Sleep as long as the work since ``began`` took: updates that arrive meanwhile are handled together.

    A transaction costs about the same for one update as for twenty.

    Args:
        began: a time of the event loop's clock.
    """
    await asyncio.sleep(min(LONGEST_BREATH, asyncio.get_running_loop().time() - began))
