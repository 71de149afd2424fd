"""How the edge waits: so that tests can let an hour pass in no time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True)
class Timing:
    """A clock that only goes forward, in seconds, and a way to let seconds pass."""

    now: Callable[[], float] = _loop_time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
